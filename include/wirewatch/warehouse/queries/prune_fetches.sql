-- Evidence of an article's versions is kept; what goes is the log of asks that led nowhere or found nothing new.
delete from "fetch" f
 where f.fetched_at < %(before)s
   and not exists (select 1 from article_version v where v.fetch_id = f.fetch_id)
   and not exists (select 1 from quarantine q where q.fetch_id = f.fetch_id)
   and not exists (select 1 from address a where a.archived_fetch = f.fetch_id)
returning f.fetch_id
