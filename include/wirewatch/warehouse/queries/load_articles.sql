with stored as (
    insert into article as a (source, canonical_url, url, address_id, title, language, authors, section, image,
                              published_at, published_precision, published_stated, published_offset, content_hash,
                              first_seen_at, first_run_id, matched_at)
    select %(source)s, canonical_url, url, address_id, title, language, authors, section, image, published_at,
           published_precision, published_stated, published_offset, content_hash, seen_at, run_id,
           case when matched then now() end
      from incoming
     order by canonical_url
    on conflict (source, canonical_url) do update
       set version = a.version + 1, title = excluded.title, language = excluded.language, authors = excluded.authors,
           section = excluded.section, image = excluded.image, published_at = excluded.published_at,
           published_precision = excluded.published_precision, published_stated = excluded.published_stated,
           published_offset = excluded.published_offset, content_hash = excluded.content_hash,
           changed_at = excluded.first_seen_at, matched_at = excluded.matched_at, search_due = true
     where a.content_hash <> excluded.content_hash
    returning article_id, canonical_url, version),
texts as (
    insert into article_version (article_id, version, title, body, content_hash, text_hash, fetch_id, seen_at)
    select s.article_id, s.version, i.title, i.body, i.content_hash, i.text_hash, i.fetch_id, i.seen_at
      from stored s
      join incoming i using (canonical_url)
    returning article_id, version)
select s.canonical_url, t.article_id, t.version from stored s join texts t using (article_id)
