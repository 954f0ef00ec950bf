select coalesce(listed_at, first_seen_at) as at from address
 where source = %(source)s and purpose = 'article'
 order by coalesce(listed_at, first_seen_at) desc
 limit 50
