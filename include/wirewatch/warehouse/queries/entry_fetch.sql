select fetch_id, fetched_at from "fetch"
 where run_id = %(run_id)s and source = %(source)s and purpose = 'entry'
 order by fetch_id desc
 limit 1
