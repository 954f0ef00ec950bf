-- Suspected ones first, then those that mention what is watched, then the rest; an article is asked once in a run.
select x.address_id, x.url, x.etag, x.last_modified, x.sha256
  from (select article_id, bool_or(stage = 'now') as suspected, bool_or(watched) as watched, min(due_at) as due_at
          from recheck
         where source = %(source)s and done_at is null and due_at <= %(now)s
         group by article_id) as r
  join article a using (article_id)
  join address x using (address_id)
 where not exists (select from "fetch" f where f.address_id = x.address_id and f.run_id = %(run_id)s)
 order by r.suspected desc, r.watched desc, r.due_at, r.article_id
 limit %(limit)s
