-- Copies that are not word for word, who copied whom, and stories that grow, merge and part.

create table text_signature (
    text_hash text primary key,
    method    integer not null,
    bands     bigint[] not null
);
comment on table text_signature is 'What near-copies of a text are looked up by; one row a text, however many articles have it.';
comment on column text_signature.method is 'Of how it was made; only those of one method can be compared.';
comment on column text_signature.bands is 'Two texts with a band in common may be copies; none for a text too short to tell.';
-- Without fastupdate: a list of pending entries is read whole by every look-up.
create index text_signature_bands on text_signature using gin (bands) with (fastupdate = off);
create index text_signature_method on text_signature (method);

create table copy_pair (
    left_hash   text not null,
    right_hash  text not null check (left_hash < right_hash),
    shared      integer not null,
    left_size   integer not null,
    right_size  integer not null,
    reissue     boolean not null,
    left_own    integer not null,
    right_own   integer not null,
    primary key (left_hash, right_hash)
);
comment on table copy_pair is 'Two texts that were compared word by word and are copies, though not exact ones.';
comment on column copy_pair.shared is 'Word triples that both have; left_size and right_size: that each has.';
comment on column copy_pair.reissue is 'So alike that they are one piece even when one publisher has both.';
comment on column copy_pair.left_own is 'Sentences of the left that the right changed or does not have.';
create index copy_pair_right on copy_pair (right_hash);

create table credit (
    article_id bigint not null,
    version    integer not null,
    publisher  text not null,
    phrase     text not null,
    primary key (article_id, version, publisher),
    foreign key (article_id, version) references article_version on delete cascade
);
comment on table credit is 'Whom a version of an article names as its source.';
comment on column credit.publisher is 'Domain of the publisher, whether we watch it or not.';
comment on column credit.phrase is 'The words in which it does.';

create table story_pair (
    left_id  bigint not null references article on delete cascade,
    right_id bigint not null references article on delete cascade check (left_id < right_id),
    score    real not null,
    primary key (left_id, right_id)
);
comment on table story_pair is 'Two articles that tell of one event by other evidence than their wording.';
create index story_pair_right on story_pair (right_id);

alter table story
    add column merged_into bigint references story,
    add column articles integer not null default 0,
    add column sources integer not null default 0,
    add column independent_sources integer not null default 0;
comment on column story.story_key is 'Hash of the text of the origin it was made with; the same whatever the order of loading.';
comment on column story.merged_into is 'The story that this one has become a part of, at the end of all merges; null: it stands.';
comment on column story.independent_sources is 'Publishers that do not copy, and do not name as their source, another of the story.';
create index story_merged on story (merged_into) where merged_into is not null;

create table story_change (
    story_change_id bigint generated always as identity primary key,
    change          text not null check (change in ('merge', 'split')),
    old_id          bigint not null references story,
    new_id          bigint not null references story,
    changed_at      timestamptz not null
);
comment on table story_change is 'merge: the old story became part of the new one. split: articles of the old one left for the new one.';
create index story_change_old on story_change (old_id);
create index story_change_new on story_change (new_id);

alter table article
    add column copy_kind text check (copy_kind in ('exact', 'reprint', 'edited-reprint')),
    add column copy_containment real;
comment on column article.copy_of is 'The article of another source or address from which it has its text: the likeliest of those we have.';
comment on column article.copy_kind is 'exact: word for word; reprint: cut, or a source line added; edited-reprint: with changed or added sentences.';
comment on column article.copy_containment is 'Share of its word triples that the article it copies has, 0..1.';
create index article_copies on article (copy_of) where copy_of is not null;

-- Every version is compared once, also those of an archive that is older than this table.
alter table article_version add column link_due boolean not null default true;
comment on column article_version.link_due is 'It has not yet been compared with other texts and given its place in a story.';
create index article_version_link_due on article_version (article_id, version) where link_due;
drop index article_unlinked;

create view standing_text as
select v.article_id, v.version, v.text_hash, v.seen_at
  from article_version v
 where not exists (select from article_version n
                    where n.article_id = v.article_id and n.version = v.version + 1 and n.cause = 'reread');
comment on view standing_text is 'Texts that articles have or had, without those that our own code misread.';

create function story_now(id bigint) returns bigint stable parallel safe language sql as $$
    select coalesce(s.merged_into, s.story_id) from story s where s.story_id = id
$$;
comment on function story_now is 'The story that an id stands for today: links to a merged story still lead somewhere. Null: there is none.';

create view story_current as
select s.story_id, s.story_key, s.origin_id, s.articles, s.sources, s.independent_sources, s.created_at,
       a.source as origin_source, a.title as origin_title, a.url as origin_url, a.published_at as origin_published_at
  from story s
  left join article a on a.article_id = s.origin_id
 where s.merged_into is null;
comment on view story_current is 'Each standing story with its origin.';
