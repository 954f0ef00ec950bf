insert into story_change (change, old_id, new_id, changed_at) values %s
returning story_change_id
