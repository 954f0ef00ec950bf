delete from story_pair where left_id = any(%(article_ids)s) or right_id = any(%(article_ids)s)
