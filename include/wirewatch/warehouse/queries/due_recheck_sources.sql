select source, count(distinct article_id)::int as articles
  from recheck
 where done_at is null and due_at <= %(now)s and source = any(%(sources)s)
 group by source
 order by source
