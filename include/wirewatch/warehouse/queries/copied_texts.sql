-- A copy's current text, and every text that the article it copies has or had.
select v.body as copy, (select json_agg(o.body order by o.version) from article_version o
                         join standing_text using (article_id, version) where o.article_id = a.copy_of) as originals
  from article a
  join article_version v using (article_id, version)
 where a.article_id = %(article_id)s and a.copy_of is not null
