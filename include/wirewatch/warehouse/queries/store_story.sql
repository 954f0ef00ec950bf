insert into story (story_key, origin_id) values %s
on conflict (story_key) do update set origin_id = excluded.origin_id
returning story_id, story_key
