-- Mails of their own since a moment, by reader.
select recipient, count(*)::integer as mails
  from outbox
 where recipient = any(%(recipients)s) and created_at >= %(since)s and digest is null and state <> 'muted'
 group by recipient
