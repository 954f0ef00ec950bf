-- What publishers do to articles after publication: rechecks, edits, withdrawals.

alter table run add column job text not null default 'daily' check (job in ('daily', 'recheck'));
comment on table run is 'One row a run of the daily job, or of the one that asks after articles again.';
comment on column run.job is 'daily, or recheck: it asks for known articles only, and sources are not judged by it.';

alter table "fetch" add column presence text
    check (presence in ('there', 'gone', 'soft-404', 'home', 'emptied', 'denied', 'silent'));
comment on column "fetch".presence is 'Of a known article''s address: there, the form in which it is not there, or silent (a block or an outage tells neither); null: not judged.';

-- Articles that are older than this table are not asked again: their hour and their day are over.
alter table article add column recheck_planned boolean not null default true;
alter table article alter column recheck_planned set default false;
comment on column article.recheck_planned is 'Its rows of recheck were made, or it needs none.';
comment on column article.gone_at is 'When it was first seen to be withdrawn, once a second run has confirmed it; null while it is there.';
create index article_recheck_unplanned on article (article_id) where not recheck_planned;

create table recheck (
    article_id bigint not null references article on delete cascade,
    stage      text not null check (stage in ('1h', '24h', '7d', 'now')),
    source     text not null references source,
    due_at     timestamptz not null,
    watched    boolean not null default false,
    done_at    timestamptz,
    tries      integer not null default 0,
    outcome    text,
    last_fetch bigint,
    primary key (article_id, stage)
);
comment on table recheck is 'When an article is asked again after its publication, and how that went.';
comment on column recheck.stage is 'About that long after publication; now: something made it suspicious.';
comment on column recheck.watched is 'It mentioned a watched concept when it was planned: such articles are asked first.';
comment on column recheck.done_at is 'When it was asked and answered, or given up; null: to be done.';
comment on column recheck.tries is 'Times it was asked without an answer that says anything.';
comment on column recheck.outcome is 'there, the form of absence, or silent: what the last answer was.';
comment on column recheck.last_fetch is 'The fetch that was counted last, so that none is counted twice; it may be gone from the log.';
create index recheck_due on recheck (source, due_at) where done_at is null;

create table article_absence (
    article_id      bigint primary key references article on delete cascade,
    absence         text not null check (absence in ('gone', 'soft-404', 'home', 'emptied', 'denied')),
    first_seen_at   timestamptz not null,
    first_fetch     bigint references "fetch" on delete set null,
    first_run       bigint not null references run,
    confirmed_at    timestamptz,
    confirmed_fetch bigint references "fetch" on delete set null
);
comment on table article_absence is 'Articles that were not there when last asked; a row ends when the article is there again.';
comment on column article_absence.absence is 'In which form, when last seen or confirmed.';
comment on column article_absence.confirmed_at is 'When another run, half an hour later or more, found it absent too; null: a suspicion.';
create index article_absence_first_fetch on article_absence (first_fetch);
create index article_absence_confirmed_fetch on article_absence (confirmed_fetch);

create table article_change (
    change_id  bigint generated always as identity primary key,
    article_id bigint not null references article on delete cascade,
    version    integer not null,
    kind       text not null check (kind in ('headline', 'edited', 'number', 'concept-added', 'concept-removed',
                   'withdrawn', 'restored')),
    before     text,
    after      text,
    concept    text,
    paragraph  integer,
    passage    text not null default '',
    absence    text check (absence in ('gone', 'soft-404', 'home', 'emptied', 'denied')),
    where_seen text not null default 'page' check (where_seen in ('page', 'listing')),
    seen_at    timestamptz not null,
    fetch_id   bigint references "fetch",
    change_key text not null,
    matched_at timestamptz,
    unique (article_id, version, change_key)
);
comment on table article_change is 'One row a thing that a publisher changed in an article; never what our own code reads otherwise.';
comment on column article_change.version is 'The version after the change; of a withdrawal, a return and a title on a listing the version there was.';
comment on column article_change.before is 'The words, the number or the headline as they were; null: nothing stood there.';
comment on column article_change.after is 'As they are now; null: nothing stands there.';
comment on column article_change.paragraph is 'From 1, of the version that has the words; null: the headline, or the whole article.';
comment on column article_change.passage is 'The sentence around it, of the version that has the words.';
comment on column article_change.absence is 'Of a withdrawal: the form of it.';
comment on column article_change.where_seen is 'listing: the title changed there; the page was not asked.';
comment on column article_change.seen_at is 'When the bytes that show it were fetched.';
comment on column article_change.fetch_id is 'The fetch that shows it; its bytes are kept.';
comment on column article_change.change_key is 'Hash of what changed, so that a rerun adds nothing.';
comment on column article_change.matched_at is 'When rules were tried on it; null: they are due.';
create index article_change_unmatched on article_change (change_id) where matched_at is null;
create index article_change_by_time on article_change (seen_at desc, change_id desc);
create index article_change_by_fetch on article_change (fetch_id);

alter table address add column listed_titles jsonb not null default '{}';
comment on column address.listed_titles is 'The title as each entry point (by a hash of its address) listed it last: each has its own way to shorten.';

alter table article_version drop constraint article_version_cause_check;
alter table article_version add constraint article_version_cause_check
    check (cause in ('published', 'edited', 'reread', 'furniture'));
comment on column article_version.cause is 'published: the first text; edited: the publisher changed it; furniture: nothing but counters, stamps, "read also" and their like; reread: our code or source file changed, the page''s text did not.';

create view change_current as
select c.change_id, c.article_id, c.version, c.kind, c.before, c.after, c.concept, c.paragraph, c.passage, c.absence,
       c.where_seen, c.seen_at, c.fetch_id, c.matched_at, a.source, s.name as source_name, s.country, a.url, a.title,
       a.language, a.published_at, a.first_seen_at, a.story_id, a.gone_at, a.version as current_version
  from article_change c
  join article a using (article_id)
  join source s on s.slug = a.source;
comment on view change_current is 'What publishers changed, each with its article as it is now.';

create or replace view source_daily as
select r.day, rs.source, s.name, s.country, s.kind,
       (array_agg(rs.health order by r.run_id desc) filter (where rs.health is not null))[1] as health,
       (array_agg(rs.note order by r.job, r.run_id desc))[1] as note,
       count(*) filter (where r.job = 'daily') as runs, sum(rs.fetched) as fetched, sum(rs.new) as new,
       sum(rs.changed) as changed, sum(rs.not_article) as not_article, sum(rs.quarantined) as quarantined
  from run_source rs
  join run r using (run_id)
  join source s on s.slug = rs.source
 where not r.backfill
 group by 1, 2, 3, 4, 5;
