select article_id, article_day(published_at, first_seen_at) - date '1970-01-01' as day
  from article
 where article_id = any(%(article_ids)s)
 order by day, article_id
