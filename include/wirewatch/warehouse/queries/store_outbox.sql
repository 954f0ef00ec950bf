insert into outbox (alert_id, recipient, message_id, next_attempt_at) values %s
on conflict do nothing
returning outbox_id
