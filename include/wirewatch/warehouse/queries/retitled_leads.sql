-- Known articles that this entry point listed before, under another title; and how many of them it lists.
select article_id, version, title, before, after, listed
  from (select a.article_id, a.version, a.title, d.listed_titles->>%(entry)s as before, l.title as after,
               count(*) over () as listed
          from unnest(%(keys)s::text[], %(titles)s::text[]) as l (url_key, title)
          join address d on d.source = %(source)s and d.purpose = 'article' and d.url_key = l.url_key
          join article a using (address_id)
         where d.listed_titles ? %(entry)s) as known
 where before <> after
 order by article_id
