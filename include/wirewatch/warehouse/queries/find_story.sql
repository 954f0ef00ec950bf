-- A story by any id it ever had, with its articles in order of publication.
select y.*, coalesce((select json_agg(json_build_object(
                 'article_id', a.article_id, 'source', a.source, 'title', a.title, 'url', a.url, 'language', a.language,
                 'published_at', a.published_at, 'published_precision', a.published_precision,
                 'first_seen_at', a.first_seen_at, 'copy_of', a.copy_of, 'copy_kind', a.copy_kind,
                 'copy_containment', a.copy_containment,
                 'credits', (select coalesce(json_agg(json_build_array(c.publisher, c.phrase) order by c.publisher), '[]')
                               from credit c where c.article_id = a.article_id and c.version = a.version))
                 order by coalesce(a.published_at, a.first_seen_at), a.source, a.canonical_url)
           from article a where a.story_id = y.story_id), '[]'::json) as members,
       coalesce((select json_agg(json_build_object('change', c.change, 'old_id', c.old_id, 'new_id', c.new_id,
                                                   'changed_at', c.changed_at) order by c.story_change_id)
                   from story_change c where y.story_id in (c.old_id, c.new_id)), '[]'::json) as changes
  from story_current y
 where y.story_id = story_now(%(story_id)s)
