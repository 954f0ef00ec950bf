-- What a backfill listed first becomes news when a daily run lists it too: it then belongs to that run.
insert into address (source, purpose, url_key, url, title, listed_at, first_run_id, listed_titles) values %s
on conflict (source, purpose, url_key) do update
   set title = coalesce(excluded.title, address.title), listed_at = coalesce(excluded.listed_at, address.listed_at),
       listed_titles = address.listed_titles || excluded.listed_titles,
       first_run_id = case when (select backfill from run where run_id = address.first_run_id)
                           then excluded.first_run_id else address.first_run_id end
 where (excluded.title is not null and excluded.title is distinct from address.title)
    or (excluded.listed_at is not null and excluded.listed_at is distinct from address.listed_at)
    or not address.listed_titles @> excluded.listed_titles
    or ((select backfill from run where run_id = address.first_run_id)
        and not (select backfill from run where run_id = excluded.first_run_id))
returning address_id
