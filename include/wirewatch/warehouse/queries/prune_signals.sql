-- Figures of old runs; a source's latest stay, however old: they say how it stands.
with old as materialized (
    select g.run_id, g.source
      from source s
      join source_signal g on g.source = s.slug and g.judged_at < %(before)s
     where exists (select from source_signal n where n.source = s.slug and n.judged_at > g.judged_at)
     limit %(limit)s),
dropped as (
    delete from source_signal g using old where g.run_id = old.run_id and g.source = old.source returning g.run_id)
select count(*)::int as dropped from dropped
