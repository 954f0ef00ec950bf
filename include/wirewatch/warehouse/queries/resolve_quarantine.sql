update quarantine set resolved_at = now() where quarantine_id = any(%(quarantine_ids)s)
