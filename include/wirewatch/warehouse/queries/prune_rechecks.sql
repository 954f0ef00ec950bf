-- Rechecks that are done, article by article, up to the first that is too young. What they found is in fetches, changes
-- and absences; article.recheck_planned remembers that nothing is to be planned again.
with span as materialized (
    select article_id, first_seen_at from article where article_id > %(after)s order by article_id limit %(limit)s),
old as materialized (
    select article_id from span
     where article_id < coalesce((select min(article_id) from span where first_seen_at >= %(before)s), 9223372036854775807)),
dropped as (
    delete from recheck where article_id = any(array(select article_id from old)) and done_at < %(before)s
    returning article_id)
select (select count(*) from dropped)::int as dropped, (select max(article_id) from old) as upto
