-- history_hash: a warehouse without articles has no history that could be older than the file; and once a run works
-- with another file than the last one did, its articles and those before it were tagged by two files.
insert into concept (id, label, content_hash, history_hash)
select v.id, v.label, v.content_hash, case when not exists (select from article) then v.content_hash end
  from (values %s) as v(id, label, content_hash)
on conflict (id) do update
   set label = excluded.label, active = true, updated_at = now(), content_hash = excluded.content_hash,
       history_hash = coalesce(excluded.history_hash,
                               case when concept.content_hash = excluded.content_hash then concept.history_hash end)
 where (concept.label, concept.active, concept.content_hash) is distinct from (excluded.label, true, excluded.content_hash)
returning id
