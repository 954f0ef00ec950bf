select run_id, run_key, day, backfill, finished_at from run where job = 'daily' order by run_id desc limit 1
