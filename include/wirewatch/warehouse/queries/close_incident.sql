update source_incident set closed_at = %(now)s where incident_id = %(incident_id)s
