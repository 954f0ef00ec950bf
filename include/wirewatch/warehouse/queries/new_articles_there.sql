select count(*)::int as there from "fetch"
 where run_id = %(run_id)s and source = %(source)s and purpose = 'article' and presence is null and read_as = 'article'
