with failed as (
    update run_source set state = 'failed', finished_at = now(),
           note = coalesce(note, 'its task ended unexpectedly; read the task''s log in Airflow')
     where run_id = %(run_id)s and state <> 'done')
update run set finished_at = now() where run_id = %(run_id)s
