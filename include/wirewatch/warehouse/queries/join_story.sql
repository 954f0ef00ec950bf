update article a set story_id = j.story_id, copy_of = j.copy_of
  from (values %s) as j (article_id, story_id, copy_of)
 where a.article_id = j.article_id
returning a.article_id
