with unlinked as (
    select a.article_id, v.text_hash from article a join article_version v using (article_id, version)
     where a.story_id is null)
select distinct on (a.article_id, u.text_hash)
       a.article_id, a.source, a.canonical_url, u.text_hash, a.published_at, a.first_seen_at, a.story_id
  from (select distinct text_hash from unlinked) u
  join article_version v using (text_hash)
  join article a using (article_id)
 where a.story_id is not null or v.version = a.version
 order by a.article_id, u.text_hash
