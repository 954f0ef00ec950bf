update source set active = false, updated_at = now() where active and not slug = any(%(slugs)s)
