select status, body, fetched_at from robots where origin = %(origin)s
