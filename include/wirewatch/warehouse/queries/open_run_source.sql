insert into run_source (run_id, source) values %s
on conflict (run_id, source) do update
   set state = 'waiting', health = null, note = null, finished_at = null
returning source
