select quarantine_id from quarantine
 where quarantine_id = any(%(quarantine_ids)s) and resolved_at is null
   for update skip locked
