insert into mute (rule, recipient, until, reason, created_at)
values (%(rule)s, %(recipient)s, %(until)s, %(reason)s, %(now)s)
returning mute_id
