insert into outbox (alert_id, recipient, message_id, next_attempt_at, created_at, digest, state, last_error) values %s
on conflict do nothing
returning outbox_id
