update mute set ended_at = %(now)s
 where ended_at is null and until > %(now)s and rule is not distinct from %(rule)s
   and recipient is not distinct from %(recipient)s
returning mute_id
