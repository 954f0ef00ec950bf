insert into match_change (match_id, change_id) values %s
returning change_id
