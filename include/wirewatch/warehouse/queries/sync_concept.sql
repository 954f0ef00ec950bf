insert into concept (id, label) values %s
on conflict (id) do update set label = excluded.label, active = true, updated_at = now()
 where (concept.label, concept.active) is distinct from (excluded.label, true)
returning id
