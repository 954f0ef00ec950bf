-- Superseded: a later answer of the same address was read as an article; older bytes must not come out as the newer text.
select q.quarantine_id, q.reason, f.fetch_id, f.run_id, f.address_id, f.url, d.url_key, f.fetched_at, f.archive_path,
       f.archive_offset, f.archive_length, f.sha256, r.backfill,
       exists (select 1 from "fetch" later where later.address_id = f.address_id and later.fetch_id > f.fetch_id
                                             and later.read_as = 'article') as superseded
  from quarantine q
  join "fetch" f using (fetch_id)
  join address d using (address_id)
  join run r using (run_id)
 where q.source = %(source)s and q.resolved_at is null and q.quarantine_id > %(after_id)s
   and f.fetched_at >= %(since)s::timestamptz and f.fetched_at < %(until)s::timestamptz
 order by q.quarantine_id
 limit %(limit)s
