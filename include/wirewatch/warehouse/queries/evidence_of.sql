select article_id, evidence from story_evidence where article_id = any(%(article_ids)s)
