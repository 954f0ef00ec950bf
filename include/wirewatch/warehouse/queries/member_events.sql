select left_id, right_id, score from story_pair where left_id = any(%(article_ids)s) and right_id = any(%(article_ids)s)
