with due as (
    select article_id from article where search_due order by article_id limit %(limit)s for update skip locked),
filled as (
    insert into article_search (article_id, version, document)
    select a.article_id, a.version,
           setweight(to_tsvector(text_config(a.language), v.title), 'A')
           || setweight(to_tsvector(text_config(a.language), left(v.body, 300000)), 'B')
      from due
      join article a using (article_id)
      join article_version v using (article_id, version)
    on conflict (article_id) do update set version = excluded.version, document = excluded.document
    returning article_id)
update article a set search_due = false from filled where filled.article_id = a.article_id
returning a.article_id
