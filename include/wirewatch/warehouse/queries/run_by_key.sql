select run_id, run_key, day, backfill, finished_at from run where run_key = %(run_key)s
