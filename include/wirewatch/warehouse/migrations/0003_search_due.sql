-- What a run must do after loading is found by index: its cost grows with the day's articles, not with the archive.

alter table article add column search_due boolean not null default true;
comment on column article.search_due is 'Its current version is not yet in article_search.';
update article a set search_due = false from article_search s where s.article_id = a.article_id and s.version = a.version;
create index article_search_due on article (article_id) where search_due;

create index address_newest on address (source, (coalesce(listed_at, first_seen_at)) desc) where purpose = 'article';
