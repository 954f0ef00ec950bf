select run_id, run_key, day, backfill from run where run_id = %(run_id)s
