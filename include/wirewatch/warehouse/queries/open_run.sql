insert into run (run_key, day, backfill, job) values (%(run_key)s, %(day)s, %(backfill)s, %(job)s)
on conflict (run_key) do update set finished_at = null
returning run_id, run_key, day, backfill
