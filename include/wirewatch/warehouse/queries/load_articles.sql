-- A text that our own code alone reads otherwise (reread), or that differs in page furniture only, is a version, but no
-- edit: rules and changed_at leave it out.
with stored as (
    insert into article as a (source, canonical_url, url, address_id, title, language, authors, section, image,
                              published_at, published_precision, published_stated, published_offset, content_hash,
                              first_seen_at, first_run_id, matched_at, modified_at, canonical_stated, reread_at)
    select %(source)s, canonical_url, url, address_id, title, language, authors, section, image, published_at,
           published_precision, published_stated, published_offset, content_hash, seen_at, run_id,
           case when matched then now() end, modified_at, canonical_stated, case when reread then now() end
      from incoming
     order by canonical_url
    on conflict (source, canonical_url) do update
       set version = a.version + 1, title = excluded.title, language = excluded.language, authors = excluded.authors,
           section = excluded.section, image = excluded.image, published_at = excluded.published_at,
           published_precision = excluded.published_precision, published_stated = excluded.published_stated,
           published_offset = excluded.published_offset, content_hash = excluded.content_hash,
           modified_at = excluded.modified_at, canonical_stated = excluded.canonical_stated, search_due = true,
           changed_at = case when exists (select from incoming i where i.canonical_url = a.canonical_url
                                             and not i.reread and not i.furniture)
                             then excluded.first_seen_at else a.changed_at end,
           matched_at = case when exists (select from incoming i where i.canonical_url = a.canonical_url
                                             and not i.reread and not i.furniture)
                             then excluded.matched_at else a.matched_at end,
           reread_at = coalesce(excluded.reread_at, a.reread_at), reread_as = null
     where a.content_hash <> excluded.content_hash
    returning article_id, canonical_url, version),
texts as (
    insert into article_version (article_id, version, title, body, content_hash, text_hash, fetch_id, seen_at, cause)
    select s.article_id, s.version, i.title, i.body, i.content_hash, i.text_hash, i.fetch_id, i.seen_at,
           case when s.version = 1 then 'published' when i.reread then 'reread' when i.furniture then 'furniture'
                else 'edited' end
      from stored s
      join incoming i using (canonical_url)
    returning article_id, version)
select s.canonical_url, t.article_id, t.version from stored s join texts t using (article_id)
