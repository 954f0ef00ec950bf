-- A withdrawal concerns a concept when the version that is gone mentions it.
select c.change_id, c.article_id, c.version, c.kind, c.before, c.after, c.concept, c.paragraph, c.passage, c.absence,
       c.where_seen, c.seen_at, c.fetch_id, c.source, c.title, c.url
  from change_current c
 where c.seen_at >= %(since)s
   and (%(source)s::text is null or c.source = %(source)s)
   and (%(kind)s::text is null or c.kind = %(kind)s)
   and (%(concept)s::text is null or c.concept = %(concept)s
        or c.kind in ('withdrawn', 'restored')
           and exists (select from mention m
                        where m.article_id = c.article_id and m.version = c.version and m.concept = %(concept)s))
 order by c.seen_at desc, c.article_id desc, c.change_id
