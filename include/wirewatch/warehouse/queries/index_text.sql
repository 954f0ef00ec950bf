insert into article_search (article_id, version, document)
select a.article_id, a.version,
       setweight(to_tsvector(text_config(a.language), v.title), 'A')
       || setweight(to_tsvector(text_config(a.language), left(v.body, 300000)), 'B')
  from article a
  join article_version v using (article_id, version)
  left join article_search s on s.article_id = a.article_id
 where s.version is distinct from a.version
   and a.article_id > %(after)s
 order by a.article_id
 limit %(limit)s
on conflict (article_id) do update set version = excluded.version, document = excluded.document
returning article_id
