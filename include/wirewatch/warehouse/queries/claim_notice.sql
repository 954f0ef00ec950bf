-- One mail, held by this transaction: other workers skip it, and a worker that dies lets it go.
select notice_id, message_id, recipient, subject, lines, attempts, created_at
  from notice
 where state = 'pending' and next_attempt_at <= %(now)s and notice_id > %(after)s
 order by notice_id
 limit 1
   for update skip locked
