-- Every stage that was due when the article was asked; an answer that says nothing leaves it due, up to a number of tries.
update recheck r
   set tries = r.tries + (s.presence = 'silent')::int, outcome = s.presence, last_fetch = s.fetch_id,
       done_at = case when s.presence <> 'silent' or r.tries + 1 >= s.most_tries then s.fetched_at end
  from (values %s) as s (article_id, fetch_id, fetched_at, presence, most_tries)
 where r.article_id = s.article_id and r.done_at is null and r.due_at <= s.fetched_at
   and coalesce(r.last_fetch, 0) < s.fetch_id
returning r.article_id
