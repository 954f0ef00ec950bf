-- "in-digest": it waits for the moment of the mail that it goes out in, and nothing is wrong with that.
select case when state = 'pending' and digest is not null and attempts = 0 then 'in-digest' else state end as state,
       count(*)::int as mails, min(next_attempt_at) as next_attempt_at,
       (array_agg(last_error order by outbox_id desc) filter (where last_error is not null))[1] as last_error
  from outbox group by 1 order by 1
