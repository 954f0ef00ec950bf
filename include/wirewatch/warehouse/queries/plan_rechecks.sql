-- Articles that no plan has looked at → when they are asked again. A stage that was over when an article was first seen
-- is left out. A page that states a day alone, or a time still to come, is counted from when it was first seen.
with unplanned as (
    select article_id from article where not recheck_planned order by article_id for update skip locked),
planned as (
    update article a set recheck_planned = true
      from unplanned u
     where a.article_id = u.article_id
    returning a.article_id, a.source, a.version, a.address_id, a.first_seen_at,
              case when a.published_precision in ('second', 'minute') then least(a.published_at, a.first_seen_at)
                   else a.first_seen_at end as published),
added as (
    insert into recheck (article_id, stage, source, due_at, watched)
    select p.article_id, s.stage, p.source, p.published + s.later,
           exists (select from mention m where m.article_id = p.article_id and m.version = p.version)
      from planned p
      join address d using (address_id)
      join run r on r.run_id = d.first_run_id
     cross join (values ('1h', interval '1 hour'), ('24h', interval '24 hours'), ('7d', interval '7 days'))
           as s (stage, later)
     where not r.backfill and p.published + s.later > p.first_seen_at
    on conflict do nothing
    returning 1)
select (select count(*) from planned)::int as articles, (select count(*) from added)::int as rechecks
