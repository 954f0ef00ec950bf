-- An alert goes with its article, so that a rule never tells of a story twice. Where the other story has told of that
-- rule already, it stays where it was sent from.
with moved as (
    select distinct on (l.rule, a.story_id, l.fact_key) l.alert_id, a.story_id
      from alert l
      join article a using (article_id)
     where a.article_id = any(%(article_ids)s) and l.story_id <> a.story_id
       and not exists (select from alert b where b.rule = l.rule and b.story_id = a.story_id
                           and b.fact_key = l.fact_key)
     order by l.rule, a.story_id, l.fact_key, l.alert_id)
update alert l set story_id = m.story_id from moved m where l.alert_id = m.alert_id
