-- The warehouse's first tables. Times are instants (timestamptz, stored in UTC); offsets are code points.
-- Natural keys carry idempotency: (source, canonical_url), (article, version), (rule, story), (alert, recipient).

create table source (
    slug        text primary key,
    name        text not null,
    country     text not null,
    kind        text not null,
    home        text not null,
    languages   text[] not null,
    active      boolean not null default true,
    updated_at  timestamptz not null default now()
);
comment on table source is 'One row a source file; written from the files at the start of each run.';
comment on column source.country is 'ISO 3166-1 alpha-2, or NATO, CSTO, EU, INT.';
comment on column source.active is 'False once the file is gone; its articles stay.';

create table concept (
    id          text primary key,
    label       text not null,
    active      boolean not null default true,
    updated_at  timestamptz not null default now()
);
comment on table concept is 'One row a concept file; written from the files at the start of each run.';

create table run (
    run_id      bigint generated always as identity primary key,
    run_key     text not null unique,
    day         date not null,
    backfill    boolean not null default false,
    started_at  timestamptz not null default now(),
    finished_at timestamptz
);
comment on table run is 'One row a run of the daily job.';
comment on column run.run_key is 'Airflow''s DAG run id, or cli: and a random id; opening a key again continues that run.';
comment on column run.day is 'The UTC day the run is for: of the logical date, which a backfill sets in the past.';
comment on column run.backfill is 'A backfill loads articles of its day and never alerts.';

create table run_source (
    run_id      bigint not null references run on delete cascade,
    source      text not null references source,
    state       text not null default 'waiting' check (state in ('waiting', 'fetching', 'reading', 'done', 'failed')),
    health      text,
    note        text,
    leads       integer not null default 0,
    fetched     integer not null default 0,
    new         integer not null default 0,
    changed     integer not null default 0,
    same        integer not null default 0,
    not_article integer not null default 0,
    quarantined integer not null default 0,
    started_at  timestamptz,
    finished_at timestamptz,
    primary key (run_id, source)
);
comment on table run_source is 'How a source did in a run; what the progress display and health read.';
comment on column run_source.health is 'ok, quiet, unchanged, blocked, broken, stale or unreachable; null until the source is done.';
comment on column run_source.leads is 'Addresses that the entry points named in this run.';
comment on column run_source.fetched is 'Article pages asked in this run, whatever the outcome.';
create index run_source_by_source on run_source (source, run_id desc);

create table address (
    address_id      bigint generated always as identity primary key,
    source          text not null references source,
    purpose         text not null check (purpose in ('entry', 'article')),
    url_key         text not null,
    url             text not null,
    title           text,
    listed_at       timestamptz,
    first_run_id    bigint not null references run,
    first_seen_at   timestamptz not null default now(),
    last_outcome    text,
    last_day        date,
    last_fetched_at timestamptz,
    attempts        integer not null default 0,
    etag            text,
    last_modified   text,
    sha256          text,
    archived_fetch  bigint,
    unique (source, purpose, url_key)
);
comment on table address is 'What is remembered of each address: a lead that waits, and the validators of what was fetched.';
comment on column address.url_key is 'The canonical address: tracking parameters, mobile and AMP variants removed.';
comment on column address.url is 'The address as it was listed first; this one is asked.';
comment on column address.listed_at is 'Time of publication as the feed, sitemap or listing states it; null when it does not.';
comment on column address.last_day is 'Day of the run that asked last; an article is asked again on a later day only.';
comment on column address.attempts is 'Failed tries since the last success.';
comment on column address.sha256 is 'Of the decoded body last stored, lower-case hex.';
comment on column address.archived_fetch is 'The fetch whose record holds that body.';
create index address_waiting on address (source, address_id) where purpose = 'article' and sha256 is null;
create index address_recent on address (source, first_seen_at) where purpose = 'article';

create table "fetch" (
    fetch_id        bigint generated always as identity primary key,
    run_id          bigint not null references run,
    source          text not null references source,
    address_id      bigint references address,
    purpose         text not null,
    url             text not null,
    final_url       text,
    redirects       text[] not null default '{}',
    fetched_at      timestamptz not null,
    elapsed_ms      integer not null,
    outcome         text not null check (outcome in ('new', 'unchanged', 'gone', 'blocked', 'robots', 'limited',
                        'unreachable', 'broken', 'too-large', 'too-slow', 'refused')),
    status          integer,
    note            text,
    etag            text,
    last_modified   text,
    sha256          text,
    archive_path    text,
    archive_offset  bigint,
    archive_length  bigint,
    read_at         timestamptz,
    read_as         text check (read_as in ('article', 'listing', 'blocked', 'other', 'quarantined')),
    read_note       text
);
comment on table "fetch" is 'One row a fetch (the name is reserved in SQL: quote it), and exactly one outcome each; the way from an article to its bytes.';
comment on column "fetch".sha256 is 'Of the decoded body, lower-case hex.';
comment on column "fetch".archive_path is 'WARC file below the archive''s root; for an unchanged page the record that holds the same bytes.';
comment on column "fetch".archive_offset is 'Bytes from the start of the file to the record.';
comment on column "fetch".archive_length is 'Bytes of the compressed record.';
comment on column "fetch".read_at is 'When the page was read into the warehouse; null: not yet.';
comment on column "fetch".read_as is 'What the page was.';
create index fetch_unread on "fetch" (source, fetch_id) where purpose = 'article' and outcome = 'new' and read_at is null;
create index fetch_by_run on "fetch" (run_id, source);
create index fetch_by_address on "fetch" (address_id, fetch_id desc);

create table story (
    story_id     bigint generated always as identity primary key,
    story_key    text not null unique,
    origin_id    bigint,
    created_at   timestamptz not null default now()
);
comment on table story is 'Articles that tell one thing. An alert is sent once for each rule and story.';
comment on column story.story_key is 'Hash of the text that made the story; the same whatever the order of loading.';
comment on column story.origin_id is 'The article published first.';

create table article (
    article_id          bigint generated always as identity primary key,
    source              text not null references source,
    canonical_url       text not null,
    url                 text not null,
    address_id          bigint not null references address,
    version             integer not null default 1,
    title               text not null,
    language            text,
    authors             text[] not null default '{}',
    section             text,
    image               text,
    published_at        timestamptz,
    published_precision text not null check (published_precision in ('second', 'minute', 'day', 'none')),
    published_stated    text,
    published_offset    integer,
    content_hash        text not null,
    first_seen_at       timestamptz not null,
    first_run_id        bigint not null references run,
    changed_at          timestamptz,
    gone_at             timestamptz,
    story_id            bigint references story,
    copy_of             bigint references article,
    matched_at          timestamptz,
    unique (source, canonical_url)
);
alter table story add foreign key (origin_id) references article;
comment on table article is 'One row an article of a source; its texts are in article_version.';
comment on column article.address_id is 'The address that owns the article; another address with the same canonical one adds nothing.';
comment on column article.version is 'The current version, from 1.';
comment on column article.language is 'ISO 639-1, of the text; null when it cannot be told.';
comment on column article.published_at is 'Instant of publication as the page states it; null when it does not. Never the time of fetching.';
comment on column article.published_stated is 'The very text it was read from.';
comment on column article.published_offset is 'Minutes east of UTC that the page (or its source''s zone) states.';
comment on column article.content_hash is 'SHA-256 of title and body of the current version.';
comment on column article.gone_at is 'When the address first answered 404 or 410; null while it answers.';
comment on column article.copy_of is 'The article of another source or address that had this very text first.';
comment on column article.matched_at is 'When rules were last tried on it; null: they are due.';
create index article_unlinked on article (article_id) where story_id is null;
create index article_unmatched on article (article_id) where matched_at is null;
create index article_by_story on article (story_id);
create index article_by_time on article (published_at desc, article_id desc);
create index article_by_source on article (source, first_seen_at desc);
create index article_by_address on article (address_id);

create table article_version (
    article_id   bigint not null references article on delete cascade,
    version      integer not null,
    title        text not null,
    body         text not null,
    content_hash text not null,
    text_hash    text not null,
    fetch_id     bigint not null references "fetch",
    seen_at      timestamptz not null,
    primary key (article_id, version)
);
comment on table article_version is 'Every text an article has had; nothing is overwritten.';
comment on column article_version.body is 'NFC, paragraphs separated by one newline.';
comment on column article_version.text_hash is 'SHA-256 of the body''s words alone; equal for exact copies under another site''s markup.';
comment on column article_version.fetch_id is 'The fetch whose archived bytes it was read from.';
create index article_version_by_text on article_version (text_hash);

create table article_search (
    article_id bigint primary key references article on delete cascade,
    version    integer not null,
    document   tsvector not null
);
comment on table article_search is 'Full-text column of the current version, filled in bulk after loading: a GIN index slows the load twentyfold.';
create index article_search_document on article_search using gin (document);

create table mention (
    article_id bigint not null,
    version    integer not null,
    concept    text not null,
    field      text not null check (field in ('title', 'body')),
    start_at   integer not null,
    end_at     integer not null,
    surface    text not null,
    name       text not null,
    primary key (article_id, version, concept, field, start_at),
    foreign key (article_id, version) references article_version on delete cascade
);
comment on table mention is 'A concept found in a version of an article.';
comment on column mention.start_at is 'Code points from the start of the field; end_at is exclusive.';
comment on column mention.name is 'The name in the concept file that matched.';
create index mention_by_concept on mention (concept, article_id desc);

create table alert (
    alert_id   bigint generated always as identity primary key,
    rule       text not null,
    story_id   bigint not null references story,
    article_id bigint not null references article,
    version    integer not null,
    run_id     bigint references run,
    facts      jsonb not null,
    created_at timestamptz not null default now(),
    unique (rule, story_id)
);
comment on table alert is 'One row a rule and story; facts is all that the mail shows.';

create table outbox (
    outbox_id       bigint generated always as identity primary key,
    alert_id        bigint not null references alert on delete cascade,
    recipient       text not null,
    message_id      text not null unique,
    state           text not null default 'pending' check (state in ('pending', 'sent', 'quarantined')),
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    last_error      text,
    created_at      timestamptz not null default now(),
    sent_at         timestamptz,
    unique (alert_id, recipient)
);
comment on table outbox is 'One row a mail; written in the alert''s transaction, so that no alert is lost whatever dies.';
comment on column outbox.message_id is 'Stable: made from rule, story and recipient.';
create index outbox_due on outbox (next_attempt_at) where state = 'pending';

create table quarantine (
    quarantine_id bigint generated always as identity primary key,
    source        text not null references source,
    url           text not null,
    fetch_id      bigint not null unique references "fetch",
    reason        text not null,
    created_at    timestamptz not null default now(),
    resolved_at   timestamptz
);
comment on table quarantine is 'Pages that could not become rows, with the reason; their bytes are in the archive.';

create table host_pace (
    host    text primary key,
    next_at timestamptz not null
);
comment on table host_pace is 'When a host may be asked next: one budget for all workers.';

create table robots (
    origin     text primary key,
    status     integer not null,
    body       text not null,
    fetched_at timestamptz not null
);
comment on table robots is 'robots.txt of each origin, kept for a day (RFC 9309).';

create function text_config(language text) returns regconfig stable parallel safe language sql as $$
    select coalesce(
        (select c.oid::regconfig from pg_ts_config c
          where c.cfgname = case language when 'ru' then 'russian' when 'en' then 'english' when 'lt' then 'lithuanian'
              when 'de' then 'german' when 'fr' then 'french' when 'et' then 'estonian' when 'pl' then 'polish' end
          limit 1),
        'simple'::regconfig)
$$;
comment on function text_config is 'The language''s full-text configuration where the server has one, else simple.';
