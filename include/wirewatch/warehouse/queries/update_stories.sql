update story s
   set origin_id = u.origin_id, articles = u.articles, sources = u.sources, independent_sources = u.independent_sources
  from (values %s) as u (story_id, origin_id, articles, sources, independent_sources)
 where s.story_id = u.story_id
   and (s.origin_id, s.articles, s.sources, s.independent_sources)
       is distinct from (u.origin_id, u.articles, u.sources, u.independent_sources)
returning s.story_id
