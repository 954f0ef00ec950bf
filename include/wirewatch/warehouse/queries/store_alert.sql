insert into alert (rule, story_id, article_id, version, run_id, facts, fact_key, rule_hash, created_at)
values (%(rule)s, %(story_id)s, %(article_id)s, %(version)s, %(run_id)s, %(facts)s, %(fact_key)s, %(rule_hash)s, %(now)s)
on conflict (rule, story_id, fact_key) do nothing
returning alert_id
