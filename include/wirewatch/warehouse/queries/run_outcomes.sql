select purpose, outcome, count(*)::int as fetches from "fetch"
 where run_id = %(run_id)s and source = %(source)s and purpose <> 'robots'
 group by purpose, outcome
