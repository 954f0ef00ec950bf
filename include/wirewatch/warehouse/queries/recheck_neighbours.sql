-- The newest articles that were there when last asked, and were not asked in this run.
select x.address_id, x.url, x.etag, x.last_modified, x.sha256
  from article a
  join address x using (address_id)
 where a.source = %(source)s and a.gone_at is null and x.last_outcome in ('new', 'unchanged')
   and not exists (select from article_absence b where b.article_id = a.article_id)
   and not exists (select from "fetch" f where f.address_id = x.address_id and f.run_id = %(run_id)s)
 order by a.first_seen_at desc, a.article_id desc
 limit %(limit)s
