insert into mention (article_id, version, concept, field, start_at, end_at, surface, name, attributes)
values %s
on conflict (article_id, version, concept, field, start_at) do update
   set end_at = excluded.end_at, surface = excluded.surface, name = excluded.name, attributes = excluded.attributes
returning article_id
