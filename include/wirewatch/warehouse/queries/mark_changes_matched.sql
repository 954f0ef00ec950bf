update article_change set matched_at = now() where change_id = any(%(change_ids)s)
