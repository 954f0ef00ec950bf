update article_version v set link_due = false
  from (values %s) as d (article_id, version)
 where v.article_id = d.article_id and v.version = d.version and v.link_due
returning v.article_id
