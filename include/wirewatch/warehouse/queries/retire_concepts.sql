update concept set active = false, updated_at = now() where active and not id = any(%(ids)s)
