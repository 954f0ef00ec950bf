select a.article_id, a.version, article_day(a.published_at, a.first_seen_at) - date '1970-01-01' as day, a.language,
       v.title, v.body, v.text_hash
  from article a
  join article_version v using (article_id, version)
 where a.article_id = any(%(article_ids)s)
 order by a.article_id
