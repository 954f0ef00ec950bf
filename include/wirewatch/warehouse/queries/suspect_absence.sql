insert into article_absence (article_id, absence, first_seen_at, first_fetch, first_run) values %s
on conflict (article_id) do update set absence = excluded.absence where article_absence.confirmed_at is null
returning article_id
