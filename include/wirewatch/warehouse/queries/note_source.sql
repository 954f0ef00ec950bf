update run_source set note = %(note)s where run_id = %(run_id)s and source = %(source)s
