-- Answers of known articles' addresses that brought no page to read; of an unchanged one, what its bytes were read as.
select f.fetch_id, f.outcome, f.status, f.url, f.final_url, f.note, f.archive_path, f.archive_offset, f.archive_length,
       f.sha256, b.presence as before, b.read_as as before_read_as, a.title, v.body
  from "fetch" f
  join article a using (address_id)
  join article_version v using (article_id, version)
  join address x using (address_id)
  left join "fetch" b on b.fetch_id = x.archived_fetch and f.outcome = 'unchanged'
 where f.run_id = %(run_id)s and f.source = %(source)s and f.purpose = 'article' and f.outcome <> 'new'
   and f.presence is null
 order by f.fetch_id
