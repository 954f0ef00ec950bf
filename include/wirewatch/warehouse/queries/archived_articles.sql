-- In order of fetching, after a place in that order. A re-read adds its version at the place of the one before it, so
-- that it is not met again on the way.
select *
  from article_archived
 where (seen_at, article_id) > (%(after_time)s::timestamptz, %(after_id)s)
   and seen_at < %(until)s::timestamptz
   and (%(sources)s::text[] is null or source = any(%(sources)s))
 order by seen_at, article_id
 limit %(limit)s
