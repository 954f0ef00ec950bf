-- A story that was told may be told again for a new fact: an article of it was edited, or withdrawn.
alter table alert add column fact_key text not null default '';
comment on column alert.fact_key is 'Hash of the new facts it tells; empty: it tells of the story for the first time.';
alter table alert drop constraint alert_rule_story_id_key;
alter table alert add constraint alert_rule_story_fact unique (rule, story_id, fact_key);
comment on table alert is 'One row a rule, story and set of new facts; facts is all that the mail shows.';

-- Mails that wait for one another and go out as one, and readers who do not want to hear of something for a while.
alter table outbox add column digest text;
comment on column outbox.digest is 'Kind and moment (UTC) of the digest it goes out in, such as "daily 2026-11-24T07:00Z"; null: a mail of its own.';
create index outbox_digest on outbox (recipient, digest, next_attempt_at) where state = 'pending' and digest is not null;
create index outbox_by_recipient on outbox (recipient, created_at);
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check check (state in ('pending', 'sent', 'quarantined', 'muted'));
comment on column outbox.last_error is 'Why the last try failed, or why it is not sent (muted).';

create table mute (
    mute_id    bigint generated always as identity primary key,
    rule       text,
    recipient  text,
    until      timestamptz not null,
    reason     text not null default '',
    created_at timestamptz not null default now(),
    ended_at   timestamptz
);
comment on table mute is 'Alerts of a rule (null: every rule) are not sent to a reader (null: every reader) before then; they are kept, marked muted.';
create index mute_open on mute (until) where ended_at is null;
alter table alert add column rule_hash text;
comment on column alert.rule_hash is 'SHA-256 of the rule by which it was made, its first 12 digits; null: older than this column.';

-- What rules were tried on, call by call: a rule that is written today can be tried on the same, and says what it would
-- have sent. Texts are in article_version; this is a few dozen bytes an article and call.
create table match_call (
    match_id   bigint generated always as identity primary key,
    run_id     bigint references run on delete set null,
    matched_at timestamptz not null
);
comment on table match_call is 'One row each time that rules were tried on something.';
create index match_call_by_time on match_call (matched_at);

create table match_article (
    match_id            bigint not null references match_call on delete cascade,
    article_id          bigint not null references article on delete cascade,
    version             integer not null,
    story_id            bigint not null,
    due                 boolean not null,
    origin_id           bigint,
    independent_sources integer not null,
    url                 text not null,
    language            text,
    published_at        timestamptz,
    published_precision text not null,
    primary key (match_id, article_id)
);
comment on table match_article is 'Each article of the stories that had something new, as it then stood.';
comment on column match_article.due is 'It was new or edited; the others are of the same stories.';

comment on column match_article.independent_sources is 'Of its story, as it then stood; so are origin and version.';
create index match_article_by_story on match_article (story_id) where due;

create table match_change (
    match_id  bigint not null references match_call on delete cascade,
    change_id bigint not null references article_change on delete cascade,
    primary key (match_id, change_id)
);
comment on table match_change is 'Each change on which rules were tried in that call.';
