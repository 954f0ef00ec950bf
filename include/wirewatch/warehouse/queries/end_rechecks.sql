-- Of articles whose last stage is over nothing is kept: the fetches say how they answered.
delete from recheck r
 where r.article_id = any(%(article_ids)s)
   and exists (select from recheck l where l.article_id = r.article_id and l.stage = '7d' and l.done_at is not null)
   and not exists (select from recheck o where o.article_id = r.article_id and o.done_at is null)
