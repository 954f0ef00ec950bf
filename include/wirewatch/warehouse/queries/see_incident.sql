update source_incident
   set state = %(state)s, sign = %(sign)s, reason = %(reason)s, last_seen = %(now)s, closed_at = null
 where incident_id = %(incident_id)s
