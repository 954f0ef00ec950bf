with confirmed as (
    update article_absence b
       set absence = c.absence, confirmed_at = c.fetched_at, confirmed_fetch = c.fetch_id
      from (values %s) as c (article_id, absence, fetched_at, fetch_id)
     where b.article_id = c.article_id and b.confirmed_at is null
    returning b.article_id, b.first_seen_at)
update article a set gone_at = c.first_seen_at from confirmed c where a.article_id = c.article_id
returning a.article_id
