select id, label, active, content_hash, history_hash, retagged_at from concept order by id
