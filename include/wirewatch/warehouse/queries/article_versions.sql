select v.article_id, v.version, v.title, v.body, v.cause, v.seen_at, v.fetch_id
  from article_version v
 where v.article_id = %(article_id)s
 order by v.version
