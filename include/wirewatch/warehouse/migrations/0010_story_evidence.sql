-- What articles are compared by to find which tell of one event.

create function article_day(published timestamptz, first_seen timestamptz) returns date
immutable parallel safe language sql as $$
    select (coalesce(published, first_seen) at time zone 'UTC')::date
$$;
comment on function article_day is 'The day (UTC) an article is of: stated, else that on which it was first seen.';
create index article_by_day on article (article_day(published_at, first_seen_at));

create table story_evidence (
    article_id bigint primary key references article on delete cascade,
    version    integer not null,
    method     integer not null,
    day        date not null,
    text_hash  text not null,
    language   text,
    keys       text[] not null,
    lead       bytea,
    headline   bytea,
    evidence   jsonb not null
);
comment on table story_evidence is 'Of each article''s current version what it is compared by. Nothing is lost with a row: it is made anew from the text.';
comment on column story_evidence.method is 'Of how it was made; an older one is made anew when its day is looked at.';
comment on column story_evidence.day is 'Only articles few days apart are compared, so a look-up reads some days, however large the archive.';
comment on column story_evidence.keys is 'Telling words, names and numbers, by which it is found where there are no vectors.';
comment on column story_evidence.lead is 'Sentence vector of headline and lead, a signed byte a number; headline: of the headline alone. Null: no encoder.';
comment on column story_evidence.evidence is 'Weighted words, names, numbers and days, never the text itself.';
create index story_evidence_day on story_evidence (day);
