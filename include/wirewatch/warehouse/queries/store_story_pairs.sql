insert into story_pair (left_id, right_id, score) values %s
on conflict (left_id, right_id) do update set score = excluded.score
returning left_id
