insert into outbox (alert_id, recipient, message_id) values %s
on conflict do nothing
returning outbox_id
