-- The changes of one call, with the concepts of the version before (of a withdrawn article, of its last).
select c.change_id, c.article_id, c.kind, c.before, c.after, c.concept, c.paragraph, c.passage, c.absence,
       c.where_seen = 'listing' as listing, c.seen_at,
       coalesce((select array_agg(distinct m.concept) from mention m
                  where m.article_id = c.article_id
                    and m.version = case when c.kind in ('withdrawn', 'restored') or c.where_seen = 'listing'
                                         then c.version else greatest(c.version - 1, 1) end), '{}') as concepts_before
  from match_change l
  join article_change c using (change_id)
 where l.match_id = %(match_id)s
 order by c.change_id
