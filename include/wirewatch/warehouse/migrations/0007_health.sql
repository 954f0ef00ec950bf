-- How sources do, judged against their own history; and the operator's mail when one fails or works again.

alter table "fetch" add column leads integer, add column fresh integer;
comment on column "fetch".leads is 'Of an entry point that was read: addresses it named; its read_note says why it is not what it should be.';
comment on column "fetch".fresh is 'Of these, the addresses that no run before had known.';

create table source_signal (
    run_id    bigint not null references run on delete cascade,
    source    text not null references source,
    judged_at timestamptz not null,
    state     text not null check (state in ('ok', 'quiet', 'unchanged', 'blocked', 'broken', 'stale', 'unreachable')),
    sign      text,
    reason    text,
    since     timestamptz not null,
    figures   jsonb not null,
    usual     jsonb not null default '{}',
    primary key (run_id, source)
);
comment on table source_signal is 'One row a source and run that asked it (backfills apart): its figures and what they were judged to be. Judging reads these rows, never the archive.';
comment on column source_signal.sign is 'The kind of fault (health/signs.py); null when nothing is wrong.';
comment on column source_signal.since is 'Since when it has failed, or since when it has been fine.';
comment on column source_signal.figures is 'Entry points, articles, shares of pages, lengths of bodies: health/figures.py.';
comment on column source_signal.usual is 'What the figures were compared with, for people.';
create index source_signal_by_time on source_signal (source, judged_at desc);

insert into source_signal (run_id, source, judged_at, state, reason, since, figures)
select rs.run_id, rs.source, rs.finished_at, rs.health, rs.note, rs.finished_at,
       jsonb_build_object('new', rs.new, 'changed', rs.changed)
  from run_source rs
  join run r using (run_id)
 where rs.health is not null and rs.finished_at is not null and not r.backfill;

create table notice (
    notice_id       bigint generated always as identity primary key,
    message_id      text not null unique,
    recipient       text not null,
    subject         text not null,
    lines           text[] not null,
    state           text not null default 'pending' check (state in ('pending', 'sent', 'quarantined')),
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null,
    last_error      text,
    created_at      timestamptz not null,
    sent_at         timestamptz
);
comment on table notice is 'Mails to the operator; written in the transaction that opens or closes incidents, so that none is lost.';
create index notice_due on notice (next_attempt_at) where state = 'pending';

create table source_incident (
    incident_id     bigint generated always as identity primary key,
    source          text not null references source,
    state           text not null,
    sign            text,
    reason          text,
    opened_at       timestamptz not null,
    last_seen       timestamptz not null,
    closed_at       timestamptz,
    failure_notice  bigint references notice,
    recovery_notice bigint references notice
);
comment on table source_incident is 'From the first run in which a source failed to the first in which it was fine; state, sign and reason are the latest.';
comment on column source_incident.failure_notice is 'The mail that told of it; null: not told yet, for it was told of another of this source within a day.';
create unique index source_incident_open on source_incident (source) where closed_at is null;
create index source_incident_by_time on source_incident (source, opened_at desc);

create view source_health as
select s.slug as source, s.name, s.country, s.kind, coalesce(g.state, 'never') as health, g.sign, g.reason, g.since,
       g.judged_at, r.day, g.run_id, n.newest, g.figures, g.usual,
       i.opened_at as incident_opened_at, m.sent_at as incident_mailed_at
  from source s
  left join lateral (
      select * from source_signal where source = s.slug order by judged_at desc, run_id desc limit 1) g on true
  left join run r using (run_id)
  left join lateral (
      select coalesce(listed_at, first_seen_at) as newest from address
       where source = s.slug and purpose = 'article' order by coalesce(listed_at, first_seen_at) desc limit 1) n on true
  left join source_incident i on i.source = s.slug and i.closed_at is null
  left join notice m on m.notice_id = i.failure_notice
 where s.active;
comment on view source_health is 'How each source stands: state, since when, why, the figures of its last run and what is usual.';
