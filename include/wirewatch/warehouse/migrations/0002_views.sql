-- Views for people and for Grafana or Metabase.

create view article_current as
select a.article_id, a.source, s.name as source_name, s.country, s.kind as source_kind, a.canonical_url, a.url,
       a.version, a.title, v.body, a.language, a.authors, a.section, a.published_at, a.published_precision,
       a.first_seen_at, a.changed_at, a.gone_at, a.story_id, a.copy_of, v.fetch_id
  from article a
  join article_version v using (article_id, version)
  join source s on s.slug = a.source;
comment on view article_current is 'Each article with its current text.';

create view mention_current as
select m.*
  from mention m
  join article a using (article_id, version);
comment on view mention_current is 'Mentions in the current versions.';

create view mention_daily as
select (coalesce(a.published_at, a.first_seen_at) at time zone 'UTC')::date as day, m.concept, c.label, a.source, a.language,
       count(distinct a.article_id) as articles, count(distinct a.story_id) as stories, count(*) as mentions
  from mention m
  join article a using (article_id, version)
  left join concept c on c.id = m.concept
 group by 1, 2, 3, 4, 5;
comment on view mention_daily is 'Articles, stories and mentions by day (UTC, of publication where stated), concept, source and language.';

create view source_daily as
select r.day, rs.source, s.name, s.country, s.kind,
       (array_agg(rs.health order by r.run_id desc) filter (where rs.health is not null))[1] as health,
       (array_agg(rs.note order by r.run_id desc))[1] as note,
       count(*) as runs, sum(rs.fetched) as fetched, sum(rs.new) as new, sum(rs.changed) as changed,
       sum(rs.not_article) as not_article, sum(rs.quarantined) as quarantined
  from run_source rs
  join run r using (run_id)
  join source s on s.slug = rs.source
 where not r.backfill
 group by 1, 2, 3, 4, 5;
comment on view source_daily is 'What each source yielded by day; health is that of the day''s last run.';

create view fetch_daily as
select (fetched_at at time zone 'UTC')::date as day, source, purpose, outcome, count(*) as fetches,
       percentile_cont(0.5) within group (order by elapsed_ms) as median_ms
  from "fetch"
 group by 1, 2, 3, 4;
comment on view fetch_daily is 'Fetches by day, source, purpose and outcome.';
