insert into mention (article_id, version, concept, field, start_at, end_at, surface, name, attributes)
select a.article_id, a.version, m.concept, m.field, m.start_at, m.end_at, m.surface, m.name, m.attributes
  from incoming_mention m
  join incoming i using (canonical_url)
  join article a on a.source = %(source)s and a.canonical_url = m.canonical_url and a.content_hash = i.content_hash
on conflict do nothing
