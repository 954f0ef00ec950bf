insert into source_incident (source, state, sign, reason, opened_at, last_seen)
values (%(source)s, %(state)s, %(sign)s, %(reason)s, %(opened_at)s, %(now)s)
returning incident_id
