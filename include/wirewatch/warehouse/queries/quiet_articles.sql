-- Articles of an alert's story on which rules were tried with it or later, and that no alert of its rule is about.
select distinct on (m.article_id) c.matched_at, a.source, v.title, m.article_id
  from alert l
  join match_article m on m.story_id = l.story_id and m.due
  join match_call c on c.match_id = m.match_id and c.matched_at >= l.created_at
  join article a on a.article_id = m.article_id
  join article_version v on v.article_id = m.article_id and v.version = m.version
 where l.alert_id = %(alert_id)s
   and not exists (select from alert b where b.rule = l.rule and b.article_id = m.article_id)
 order by m.article_id, c.matched_at
 limit 100
