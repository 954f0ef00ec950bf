update retag
   set last_article_id = %(last_article_id)s, articles = articles + %(articles)s, added = added + %(added)s,
       removed = removed + %(removed)s, altered = altered + %(altered)s
 where retag_key = %(retag_key)s
