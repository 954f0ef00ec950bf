-- The next rows in order of id, up to the first that is too young. What stays is evidence, or still to be read: the row
-- by which an article version, a change, an absence, a quarantined page or a remembered address leads to its bytes, and
-- every answer that showed a known article to be gone.
with span as materialized (
    select fetch_id, fetched_at from "fetch" where fetch_id > %(after)s order by fetch_id limit %(limit)s),
old as materialized (
    select fetch_id from span
     where fetch_id < coalesce((select min(fetch_id) from span where fetched_at >= %(before)s), 9223372036854775807)),
dropped as (
    delete from "fetch" f using old
     where f.fetch_id = old.fetch_id
       and not (f.purpose = 'article' and f.outcome = 'new' and f.read_at is null)
       and coalesce(f.presence, 'there') in ('there', 'silent')
       and not exists (select from article_version v where v.fetch_id = f.fetch_id)
       and not exists (select from article_change c where c.fetch_id = f.fetch_id)
       and not exists (select from article_absence b where b.first_fetch = f.fetch_id)
       and not exists (select from article_absence b where b.confirmed_fetch = f.fetch_id)
       and not exists (select from quarantine q where q.fetch_id = f.fetch_id)
       and not exists (select from address a where a.address_id = f.address_id and a.archived_fetch = f.fetch_id)
    returning f.fetch_id)
select (select count(*) from dropped)::int as dropped, (select max(fetch_id) from old) as upto
