-- All that led to the old story leads to the new one at once: nobody has to follow a chain.
update story s set merged_into = m.new_id
  from (values %s) as m (old_id, new_id)
 where s.story_id = m.old_id or s.merged_into = m.old_id
returning s.story_id
