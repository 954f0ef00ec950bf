update article a
   set story_id = j.story_id, copy_of = j.copy_of, copy_kind = j.copy_kind, copy_containment = j.copy_containment
  from (values %s) as j (article_id, story_id, copy_of, copy_kind, copy_containment)
 where a.article_id = j.article_id
   and (a.story_id, a.copy_of, a.copy_kind, a.copy_containment)
       is distinct from (j.story_id, j.copy_of, j.copy_kind, j.copy_containment)
returning a.article_id
