update article a
   set language = r.language, authors = r.authors, section = r.section, image = r.image,
       published_at = r.published_at, published_precision = r.published_precision,
       published_stated = r.published_stated, published_offset = r.published_offset, modified_at = r.modified_at,
       canonical_stated = r.canonical_stated, reread_at = now(), reread_as = null,
       search_due = a.search_due or a.language is distinct from r.language -- its words are stemmed by language
  from (values %s) as r (article_id, language, authors, section, image, published_at, published_precision,
                         published_stated, published_offset, modified_at, canonical_stated)
 where a.article_id = r.article_id
returning a.article_id
