select f.fetch_id, f.address_id, f.url, a.url_key, a.listed_at, a.title as listed_title, f.fetched_at, f.run_id,
       f.status, f.final_url,
       f.archive_path, f.archive_offset, f.archive_length, f.sha256
  from "fetch" f
  join address a using (address_id)
 where f.source = %(source)s and f.purpose = 'article' and f.outcome = 'new' and f.read_at is null
 order by f.fetch_id
 limit %(limit)s
