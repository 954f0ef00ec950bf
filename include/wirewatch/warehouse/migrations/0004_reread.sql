-- A text that changed because our own code reads otherwise is told from one that its publisher changed.

alter table article_version
    add column cause text not null default 'published' check (cause in ('published', 'edited', 'reread'));
update article_version set cause = 'edited' where version > 1;
comment on column article_version.cause is 'published: the first text; edited: the publisher changed it; reread: our code or source file changed, the page''s text did not.';

-- Replay walks the versions by time of fetching; without the other, each fetch that retention drops reads the whole table.
create index article_version_by_time on article_version (seen_at, article_id);
create index article_version_by_fetch on article_version (fetch_id);

alter table article
    add column modified_at timestamptz,
    add column canonical_stated text,
    add column reread_at timestamptz,
    add column reread_as text check (reread_as in ('listing', 'blocked', 'other', 'unreadable'));
comment on column article.modified_at is 'The page''s own time of its last change; null when it states none.';
comment on column article.canonical_stated is 'rel=canonical as the page states it; canonical_url is the key that was made of it.';
comment on column article.reread_at is 'When replay, or a change of our code between two fetches, last changed the row; null: never.';
comment on column article.reread_as is 'What its bytes are to the code of the last replay, where that is no article; null: an article. A flag for people: nothing is hidden or deleted.';

create index quarantine_open on quarantine (source, quarantine_id) where resolved_at is null;

create or replace view article_current as
select a.article_id, a.source, s.name as source_name, s.country, s.kind as source_kind, a.canonical_url, a.url,
       a.version, a.title, v.body, a.language, a.authors, a.section, a.published_at, a.published_precision,
       a.first_seen_at, a.changed_at, a.gone_at, a.story_id, a.copy_of, v.fetch_id,
       v.cause, a.modified_at, a.reread_at, a.reread_as
  from article a
  join article_version v using (article_id, version)
  join source s on s.slug = a.source;

-- Place in time and id are the version's own: only then does its index lead replay from one batch to the next.
create view article_archived as
select v.article_id, v.version, a.source, a.canonical_url, a.address_id, f.fetch_id, f.run_id, f.url, v.seen_at,
       f.archive_path, f.archive_offset, f.archive_length, f.sha256,
       a.title, v.body, a.content_hash, a.language, a.authors, a.section, a.image, a.published_at,
       a.published_precision, a.published_stated, a.published_offset, a.modified_at, a.canonical_stated, a.reread_as
  from article_version v
  join article a using (article_id, version)
  join "fetch" f using (fetch_id);
comment on view article_archived is 'Each article as it is kept, and the archived bytes that its current version was read from.';
