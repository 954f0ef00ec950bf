select * from article_archived where article_id = %(article_id)s
