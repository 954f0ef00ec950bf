-- The page of an entry point that was read last in this run.
update "fetch" set leads = %(leads)s, read_note = %(problem)s,
       fresh = (select count(*) from address
                 where source = %(source)s and purpose = 'article' and url_key = any(%(keys)s) and first_run_id = %(run_id)s)
 where fetch_id = (select max(fetch_id) from "fetch"
                    where run_id = %(run_id)s and source = %(source)s and purpose = 'entry')
   and (outcome = 'new' or (outcome = 'unchanged' and %(leads)s > 0)) -- unchanged pages are read where others follow
