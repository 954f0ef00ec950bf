-- Articles that share a text, a near-copy, an event or a story with one of these.
with text as (
    select text_hash from standing_text where article_id = any(%(article_ids)s)),
near as (
    select text_hash from text
    union select right_hash from copy_pair where left_hash = any(array(select text_hash from text))
    union select left_hash from copy_pair where right_hash = any(array(select text_hash from text)))
select v.article_id from standing_text v join near using (text_hash)
union select b.article_id from article a join article b using (story_id) where a.article_id = any(%(article_ids)s)
union select right_id from story_pair where left_id = any(%(article_ids)s)
union select left_id from story_pair where right_id = any(%(article_ids)s)
