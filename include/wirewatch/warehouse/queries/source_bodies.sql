-- The newest articles of a source but these.
select v.body
  from article a
  join article_version v using (article_id, version)
 where a.source = %(source)s and a.article_id <> all(%(but)s)
 order by a.first_seen_at desc, a.article_id desc
 limit %(limit)s
