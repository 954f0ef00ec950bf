insert into address (source, purpose, url_key, url, title, listed_at, first_run_id) values %s
on conflict (source, purpose, url_key) do update
   set title = coalesce(excluded.title, address.title), listed_at = coalesce(excluded.listed_at, address.listed_at)
 where (excluded.title is not null and excluded.title is distinct from address.title)
    or (excluded.listed_at is not null and excluded.listed_at is distinct from address.listed_at)
returning address_id
