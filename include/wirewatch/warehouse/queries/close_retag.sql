update retag set finished_at = now() where retag_key = %(retag_key)s
