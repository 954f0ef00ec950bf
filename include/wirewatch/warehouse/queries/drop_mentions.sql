delete from mention m
 using (values %s) as gone(article_id, version, concept, field, start_at)
 where (m.article_id, m.version, m.concept, m.field, m.start_at)
     = (gone.article_id, gone.version, gone.concept, gone.field, gone.start_at)
returning m.article_id
