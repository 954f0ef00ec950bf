select recipient, digest
  from outbox
 where state = 'pending' and digest is not null and next_attempt_at <= %(now)s
 group by recipient, digest
 order by recipient, digest
