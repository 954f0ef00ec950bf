-- Versions that were not compared yet, after a place, with their texts.
select v.article_id, v.version, v.text_hash, v.body, s.text_hash is not null as signed
  from article_version v
  left join text_signature s on s.text_hash = v.text_hash and s.method = %(method)s
 where v.link_due and (v.article_id, v.version) > (%(article_id)s, %(version)s)
 order by v.article_id, v.version
 limit %(limit)s
