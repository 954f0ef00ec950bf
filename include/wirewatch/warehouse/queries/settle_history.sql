-- All history is tagged by these files now, unless a run is under way that began with another file and may store more.
-- A run that died stays open for ever: after a day it counts no more.
insert into concept (id, label, content_hash, history_hash, retagged_at)
select v.id, v.label, v.content_hash, case when not o.open then v.content_hash end, now()
  from (values %s) as v(id, label, content_hash)
 cross join (select exists (select from run where finished_at is null and started_at > now() - interval '1 day') as open) o
on conflict (id) do update
   set retagged_at = now(),
       content_hash = case when excluded.history_hash is null then concept.content_hash else excluded.content_hash end,
       history_hash = case when excluded.history_hash is null and concept.content_hash is distinct from excluded.content_hash
                           then concept.history_hash else excluded.content_hash end
returning id, history_hash
