-- Of a source that is no longer asked nothing more can be told.
update source_incident i set closed_at = %(now)s
 where closed_at is null and not source = any(%(sources)s)
