insert into quarantine (source, url, fetch_id, reason) values %s
on conflict (fetch_id) do update set reason = excluded.reason
returning quarantine_id
