-- Texts never change once stored, and a version's mentions are written in the transaction that stores it: nothing has to
-- be locked here. An article that gets a new version meanwhile has the mentions of that one from whoever stores it.
select a.article_id, a.version, v.title, v.body, a.language, s.country,
       coalesce((select json_agg(json_build_array(m.concept, m.field, m.start_at, m.end_at, m.surface, m.name, m.attributes))
                   from mention m
                  where m.article_id = a.article_id and m.version = a.version and m.concept = any(%(concepts)s)),
                '[]'::json) as mentions
  from article a
  join article_version v using (article_id, version)
  join source s on s.slug = a.source
 where a.article_id > %(after)s
   and (%(since)s::timestamptz is null or coalesce(a.published_at, a.first_seen_at) >= %(since)s::timestamptz)
 order by a.article_id
 limit %(limit)s
