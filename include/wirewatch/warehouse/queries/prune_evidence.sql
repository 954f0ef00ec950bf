-- What articles of old days were compared by; it is made anew from their texts should such a day be looked at again.
with old as materialized (
    select article_id from story_evidence
     where day < %(before)s and not exists (select from article_version where link_due)
     order by day
     limit %(limit)s),
dropped as (
    delete from story_evidence e using old where e.article_id = old.article_id returning e.article_id)
select count(*)::int as dropped from dropped
