select o.outbox_id, o.recipient, o.message_id, o.attempts, a.rule, a.facts, a.created_at as alerted_at
  from outbox o
  join alert a using (alert_id)
 where o.state = 'pending' and o.recipient = %(recipient)s and o.digest = %(digest)s
 order by o.outbox_id
   for update of o
