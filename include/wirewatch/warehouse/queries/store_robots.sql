insert into robots (origin, status, body, fetched_at) values (%(origin)s, %(status)s, %(body)s, %(fetched_at)s)
on conflict (origin) do update set status = excluded.status, body = excluded.body, fetched_at = excluded.fetched_at
