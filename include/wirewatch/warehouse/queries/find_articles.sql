-- By id, or by the key of an address: the page's own, or one that led to it. Keys are indexed by source, so by way of it.
select a.article_id, a.source, a.title, a.url
  from article a
 where a.article_id = %(article_id)s
union
select a.article_id, a.source, a.title, a.url
  from source s
  join article a on a.source = s.slug and a.canonical_url = %(key)s
union
select a.article_id, a.source, a.title, a.url
  from source s
  join address d on d.source = s.slug and d.purpose = 'article' and d.url_key = %(key)s
  join article a on a.address_id = d.address_id
 order by article_id
