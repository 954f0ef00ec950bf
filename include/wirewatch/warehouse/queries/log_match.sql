insert into match_call (run_id, matched_at) values (%(run_id)s, %(now)s) returning match_id
