select l.alert_id, l.created_at, l.rule, l.story_id, l.fact_key, l.facts ->> 'title' as title,
       count(o.outbox_id)::integer as mails, count(o.sent_at)::integer as sent
  from alert l
  left join outbox o using (alert_id)
 group by l.alert_id
 order by l.alert_id desc
 limit %(limit)s
