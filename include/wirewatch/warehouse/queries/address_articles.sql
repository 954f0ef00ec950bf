-- The articles that addresses own, with their current texts.
select distinct on (a.address_id) a.address_id, a.article_id, a.title, v.body
  from article a
  join article_version v using (article_id, version)
 where a.source = %(source)s and a.address_id = any(%(address_ids)s)
 order by a.address_id, a.article_id desc
