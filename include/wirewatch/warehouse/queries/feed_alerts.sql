-- The newest alerts of each of these rules (null: of all together), the newest first.
select l.rule, l.facts, l.fact_key, l.created_at as at, y.story_key
  from (select null::text as rule where %(rules)s::text[] is null
        union all
        select unnest(%(rules)s::text[])) wanted
 cross join lateral (select a.alert_id, a.rule, a.story_id, a.facts, a.fact_key, a.created_at
                       from alert a
                      where wanted.rule is null or a.rule = wanted.rule
                      order by a.alert_id desc
                      limit %(limit)s) l
  join story y using (story_id)
 order by l.alert_id desc
