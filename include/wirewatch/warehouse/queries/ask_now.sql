insert into recheck (article_id, stage, source, due_at, watched)
select n.article_id, 'now', a.source, n.due_at,
       exists (select from mention m where m.article_id = a.article_id and m.version = a.version)
  from (values %s) as n (article_id, due_at)
  join article a using (article_id)
on conflict (article_id, stage) do update
   set due_at = excluded.due_at, done_at = null, tries = 0, outcome = null
returning article_id
