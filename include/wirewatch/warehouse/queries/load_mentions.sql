-- Two names of a concept may begin at one place, where one is that of a concept that implies it: the longer one is kept.
insert into mention (article_id, version, concept, field, start_at, end_at, surface, name, attributes)
select distinct on (a.article_id, a.version, m.concept, m.field, m.start_at)
       a.article_id, a.version, m.concept, m.field, m.start_at, m.end_at, m.surface, m.name, m.attributes
  from incoming_mention m
  join incoming i using (canonical_url)
  join article a on a.source = %(source)s and a.canonical_url = m.canonical_url and a.content_hash = i.content_hash
 order by a.article_id, a.version, m.concept, m.field, m.start_at, m.end_at desc, m.name
on conflict do nothing
