update story s set origin_id = o.origin_id
  from (values %s) as o (story_id, origin_id)
 where s.story_id = o.story_id and s.origin_id is distinct from o.origin_id
returning s.story_id
