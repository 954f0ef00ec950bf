-- One fetch: its row, and what its address must remember of it. Parts of one statement see the tables as they were
-- before it, so an unchanged page finds the record of the bytes it still has.
with kept as (
    insert into "fetch" (run_id, source, address_id, purpose, url, final_url, redirects, fetched_at, elapsed_ms,
                         outcome, status, note, etag, last_modified, sha256, archive_path, archive_offset,
                         archive_length)
    select %(run_id)s, %(source)s, %(address_id)s, %(purpose)s, %(url)s, %(final_url)s, %(redirects)s, %(fetched_at)s,
           %(elapsed_ms)s, %(outcome)s, %(status)s, %(note)s, %(etag)s, %(last_modified)s,
           coalesce(%(sha256)s, before.sha256), coalesce(%(archive_path)s, before.archive_path),
           coalesce(%(archive_offset)s, before.archive_offset), coalesce(%(archive_length)s, before.archive_length)
      from (select 1) as one
      left join address a on a.address_id = %(address_id)s and %(outcome)s = 'unchanged'
      left join "fetch" before on before.fetch_id = a.archived_fetch
    returning fetch_id),
remembered as (
    update address
       set last_outcome = %(outcome)s, last_day = %(day)s, last_fetched_at = %(fetched_at)s,
           attempts = case when %(outcome)s in ('new', 'unchanged') then 0 else attempts + 1 end,
           etag = case when %(outcome)s = 'new' then %(etag)s else etag end,
           last_modified = case when %(outcome)s = 'new' then %(last_modified)s else last_modified end,
           sha256 = case when %(outcome)s = 'new' then %(sha256)s else sha256 end,
           archived_fetch = case when %(outcome)s = 'new' then kept.fetch_id else archived_fetch end
      from kept
     where address_id = %(address_id)s)
select fetch_id from kept
