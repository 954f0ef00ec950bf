-- One mail, held by this transaction: other workers skip it, and a worker that dies lets it go.
select o.outbox_id, o.recipient, o.message_id, o.attempts, o.created_at, a.rule, a.facts, a.created_at as alerted_at
  from outbox o
  join alert a using (alert_id)
 where o.state = 'pending' and o.digest is null and o.next_attempt_at <= %(now)s and o.outbox_id > %(after)s
 order by o.outbox_id
 limit 1
   for update of o skip locked
