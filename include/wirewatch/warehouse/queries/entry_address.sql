insert into address (source, purpose, url_key, url, first_run_id)
values (%(source)s, 'entry', %(url_key)s, %(url)s, %(run_id)s)
on conflict (source, purpose, url_key) do update set url = excluded.url
returning address_id, etag, last_modified, sha256
