select state, count(*)::int as mails, min(next_attempt_at) as next_attempt_at,
       (array_agg(last_error order by notice_id desc) filter (where last_error is not null))[1] as last_error
  from notice group by state order by state
