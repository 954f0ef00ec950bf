-- Every article of each story that has a due one, or one of which a change is due: a rule looks at the story whole, whichever copy came last.
select a.article_id, a.version, a.source, s.name as source_name, s.country, a.url, a.title, v.body, a.language,
       a.published_at, a.published_precision, a.first_seen_at, a.story_id, y.story_key, a.matched_at is null as due,
       y.independent_sources, y.origin_id,
       coalesce((select json_agg(json_build_array(m.concept, m.field, m.start_at, m.end_at, m.surface, m.name)
                                 order by m.concept, m.field, m.start_at)
                   from mention m where m.article_id = a.article_id and m.version = a.version), '[]'::json) as mentions
  from article a
  join article_version v using (article_id, version)
  join source s on s.slug = a.source
  join story y using (story_id)
 where a.story_id in (select story_id from article where matched_at is null and story_id is not null
                      union all
                      select b.story_id from article_change c join article b using (article_id)
                       where c.matched_at is null and b.story_id is not null)
 order by a.story_id, a.article_id
