-- Texts of a day (UTC), by either of their times, that have no signature.
select text_hash
  from (select text_hash from article_version
         where seen_at >= %(since)s::timestamptz and seen_at < %(until)s::timestamptz
        union
        select v.text_hash from article a join article_version v using (article_id)
         where a.published_at >= %(since)s::timestamptz and a.published_at < %(until)s::timestamptz) t
 where not exists (select from text_signature s where s.text_hash = t.text_hash)
 order by text_hash
