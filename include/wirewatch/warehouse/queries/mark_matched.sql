update article set matched_at = now() where matched_at is null and story_id is not null and article_id = any(%(article_ids)s)
