update article a set reread_as = r.reread_as, reread_at = now()
  from (values %s) as r (article_id, reread_as)
 where a.article_id = r.article_id
returning a.article_id
