update run_source set state = 'done', health = %(health)s, note = %(note)s, finished_at = now()
 where run_id = %(run_id)s and source = %(source)s
