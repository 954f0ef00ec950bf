select m.version, m.concept, m.field, m.start_at, m.end_at, m.surface
  from mention m
 where m.article_id = %(article_id)s and m.version = any(%(versions)s)
 order by m.version, m.field desc, m.start_at, m.concept
