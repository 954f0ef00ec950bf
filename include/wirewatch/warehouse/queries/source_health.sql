select s.slug as source, s.name, s.country, s.kind, coalesce(h.health, 'never') as health, h.note, h.day, h.finished_at,
       n.newest, (select count(*) from article a where a.source = s.slug)::int as articles
  from source s
  left join lateral (
      select rs.health, rs.note, r.day, rs.finished_at from run_source rs join run r using (run_id)
       where rs.source = s.slug and rs.health is not null and not r.backfill order by rs.run_id desc limit 1) h on true
  left join lateral (select max(coalesce(published_at, first_seen_at)) as newest from article a where a.source = s.slug) n on true
 where s.active
 order by s.slug
