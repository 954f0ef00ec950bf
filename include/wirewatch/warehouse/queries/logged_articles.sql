-- What rules were tried on in one call, as it then stood; mentions are today's, so that today's concepts are tried.
select l.article_id, l.version, a.source, s.name as source_name, s.country, l.url, v.title, v.body, l.language,
       l.published_at, l.published_precision, a.first_seen_at, l.story_id, y.story_key, l.due,
       l.independent_sources, l.origin_id,
       coalesce((select json_agg(json_build_array(m.concept, m.field, m.start_at, m.end_at, m.surface, m.name)
                                 order by m.concept, m.field, m.start_at)
                   from mention m where m.article_id = l.article_id and m.version = l.version), '[]'::json) as mentions
  from match_article l
  join article a using (article_id)
  join article_version v on v.article_id = l.article_id and v.version = l.version
  join source s on s.slug = a.source
  join story y on y.story_id = l.story_id
 where l.match_id = %(match_id)s
 order by l.story_id, l.article_id
