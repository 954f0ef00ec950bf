-- What was told of articles from listings, since their pages last told of another headline.
select c.article_id, c.kind, c.after
  from article_change c
 where c.article_id = any(%(article_ids)s) and c.where_seen = 'listing'
   and not exists (select from article_change l
                    where l.article_id = c.article_id and l.kind = 'headline' and l.where_seen = 'page'
                      and l.change_id > c.change_id)
