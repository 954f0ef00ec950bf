select a.canonical_url, a.article_id, a.address_id, a.version, a.content_hash, v.body
  from article a
  join article_version v using (article_id, version)
 where a.source = %(source)s
   and (a.canonical_url = any(%(canonical_urls)s) or a.address_id = any(%(address_ids)s))
   for update of a
