-- Texts whose signature was made by another method; "other than" would walk the whole index.
select s.text_hash, v.body
  from (select text_hash from text_signature where method < %(method)s
        union all
        select text_hash from text_signature where method > %(method)s
        limit %(limit)s) s
 cross join lateral (select body from article_version v where v.text_hash = s.text_hash limit 1) v
