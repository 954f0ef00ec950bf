insert into alert (rule, story_id, article_id, version, run_id, facts)
values (%(rule)s, %(story_id)s, %(article_id)s, %(version)s, %(run_id)s, %(facts)s)
on conflict (rule, story_id) do nothing
returning alert_id
