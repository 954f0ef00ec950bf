select count(*)::int as articles
  from article
 where article_id > %(after)s
   and (%(since)s::timestamptz is null or coalesce(published_at, first_seen_at) >= %(since)s::timestamptz)
