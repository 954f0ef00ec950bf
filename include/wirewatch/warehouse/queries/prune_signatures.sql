-- Signatures of texts that only old articles have, article by article, up to the first that is too young. Nothing goes
-- while a version waits to be compared: it may be as old as these (a backfill, an archive that is read again), and link
-- has seen to it that all it can be a copy of are signed. Sub-selects and arrays, not joins: each text is looked up by
-- index, however the planner takes the sizes.
with span as materialized (
    select article_id, first_seen_at from article where article_id > %(after)s order by article_id limit %(limit)s),
old as materialized (
    select article_id from span
     where article_id < coalesce((select min(article_id) from span where first_seen_at >= %(before)s), 9223372036854775807)
       and not exists (select from article_version where link_due)),
had as materialized (
    select distinct text_hash from article_version where article_id = any(array(select article_id from old))),
gone as materialized (
    select text_hash from had h
     where (select max(greatest(v.seen_at, a.published_at)) from article_version v join article a using (article_id)
             where v.text_hash = h.text_hash) < %(before)s),
dropped as (
    delete from text_signature where text_hash = any(array(select text_hash from gone)) returning text_hash)
select (select count(*) from dropped)::int as dropped, (select max(article_id) from old) as upto
