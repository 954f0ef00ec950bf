update notice
   set state = %(state)s, attempts = attempts + 1, last_error = %(error)s, next_attempt_at = %(next_attempt_at)s,
       sent_at = case when %(state)s = 'sent' then %(now)s end
 where notice_id = %(notice_id)s
