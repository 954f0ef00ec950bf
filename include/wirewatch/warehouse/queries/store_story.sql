-- A story that became part of another and parts from it again has its own id back. A key that a standing story holds
-- (its former origin left it) comes back without a row.
insert into story as s (story_key, origin_id, articles, sources, independent_sources) values %s
on conflict (story_key) do update
   set merged_into = null, origin_id = excluded.origin_id, articles = excluded.articles, sources = excluded.sources,
       independent_sources = excluded.independent_sources
 where s.merged_into is not null
returning story_id, story_key
