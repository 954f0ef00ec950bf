-- Days (UTC) of texts that wait to be compared and are older than that, by either of their times.
select distinct (t.at at time zone 'UTC')::date as day
  from article_version v
  join article a using (article_id)
 cross join lateral (values (v.seen_at), (a.published_at)) t (at)
 where v.link_due and t.at < %(before)s
 order by day
