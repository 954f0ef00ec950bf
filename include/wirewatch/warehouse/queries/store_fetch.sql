insert into "fetch" (run_id, source, address_id, purpose, url, final_url, redirects, fetched_at, elapsed_ms, outcome,
                     status, note, etag, last_modified, sha256, archive_path, archive_offset, archive_length)
select %(run_id)s, %(source)s, %(address_id)s, %(purpose)s, %(url)s, %(final_url)s, %(redirects)s, %(fetched_at)s,
       %(elapsed_ms)s, %(outcome)s, %(status)s, %(note)s, %(etag)s, %(last_modified)s,
       coalesce(%(sha256)s, kept.sha256), coalesce(%(archive_path)s, kept.archive_path),
       coalesce(%(archive_offset)s, kept.archive_offset), coalesce(%(archive_length)s, kept.archive_length)
  from (select 1) as one
  left join address a on a.address_id = %(address_id)s and %(outcome)s = 'unchanged'
  left join "fetch" kept on kept.fetch_id = a.archived_fetch
returning fetch_id
