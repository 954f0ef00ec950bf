insert into source (slug, name, country, kind, home, languages, active) values %s
on conflict (slug) do update
   set name = excluded.name, country = excluded.country, kind = excluded.kind, home = excluded.home,
       languages = excluded.languages, active = true, updated_at = now()
 where (source.name, source.country, source.kind, source.home, source.languages, source.active)
       is distinct from (excluded.name, excluded.country, excluded.kind, excluded.home, excluded.languages, true)
returning slug
