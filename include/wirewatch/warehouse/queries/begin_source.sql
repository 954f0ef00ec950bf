update run_source set state = %(state)s, started_at = coalesce(started_at, now())
 where run_id = %(run_id)s and source = %(source)s
