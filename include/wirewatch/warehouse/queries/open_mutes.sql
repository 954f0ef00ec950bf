select mute_id, rule, recipient, until, reason, created_at from mute
 where ended_at is null and until > %(now)s
 order by until, mute_id
