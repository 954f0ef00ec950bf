select w.text_hash, v.body
  from unnest(%(text_hashes)s::text[]) as w (text_hash)
 cross join lateral (select body from article_version v where v.text_hash = w.text_hash
                      order by article_id, version limit 1) v
