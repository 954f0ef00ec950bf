-- What a text states beside a mention is kept with it; and history is tagged again when a concept's file changes.

alter table mention add column attributes jsonb;
comment on column mention.attributes is 'What the text states beside it: [{"name", "value", "start", "end"}], offsets as start_at; null: nothing.';

alter table concept
    add column content_hash text,
    add column history_hash text,
    add column retagged_at timestamptz;
comment on column concept.content_hash is 'Fingerprint of the file that the last run, or a whole retag after it, worked with.';
comment on column concept.history_hash is 'Fingerprint of the file by which every current version is tagged; null: several files, or unknown.';
comment on column concept.retagged_at is 'When all history was last tagged again; null: never.';

create table retag (
    retag_key       text primary key,
    concepts        text[] not null,
    since           timestamptz,
    last_article_id bigint not null default 0,
    articles        bigint not null default 0,
    added           bigint not null default 0,
    removed         bigint not null default 0,
    altered         bigint not null default 0,
    started_at      timestamptz not null default now(),
    finished_at     timestamptz
);
comment on table retag is 'How far tagging history again has come: it goes on from here when it was broken off.';
comment on column retag.retag_key is 'Hash of the concepts, their fingerprints and the first day: edit a file, and it is another.';
comment on column retag.since is 'Only articles from then on (of publication, where stated); null: all.';
comment on column retag.last_article_id is 'All articles up to this id are done.';
comment on column retag.altered is 'Mentions at the same place with another end, surface, name or attributes.';

create or replace view mention_current as
select m.*
  from mention m
  join article a using (article_id, version);
