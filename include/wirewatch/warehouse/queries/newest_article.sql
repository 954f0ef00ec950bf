select max(coalesce(listed_at, first_seen_at)) as newest from address where source = %(source)s and purpose = 'article'
