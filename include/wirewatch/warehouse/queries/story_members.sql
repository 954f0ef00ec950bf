select a.article_id, a.source, s.home, s.kind, a.canonical_url, a.published_at, a.published_precision, a.first_seen_at,
       a.story_id, y.origin_id,
       (select json_agg(json_build_array(v.text_hash, (extract(epoch from v.seen_at) * 1000000)::bigint) order by v.version)
          from standing_text v where v.article_id = a.article_id) as texts,
       coalesce((select array_agg(c.publisher) from credit c
                  where c.article_id = a.article_id and c.version = a.version), '{}') as cites
  from article a
  join source s on s.slug = a.source
  left join story y using (story_id)
 where a.article_id = any(%(article_ids)s)
