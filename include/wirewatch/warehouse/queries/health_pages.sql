-- Without pages of articles that are not there any more, while most of those asked are: that is news, and no fault. Where
-- most are gone at once, it is one. (A 404 is told apart by its outcome.)
with asked as (
    select f.fetch_id, f.url, f.final_url, f.outcome, f.note, f.sha256, f.read_as, f.read_note,
           a.sha256 is not null as had, coalesce(f.presence in ('soft-404', 'home', 'emptied', 'denied'), false) as absent,
           f.presence in ('there', 'gone') or (f.presence is null and f.read_as = 'article') as fine
      from "fetch" f
      join address a using (address_id)
     where f.run_id = %(run_id)s and f.source = %(source)s and f.purpose = 'article')
select url, final_url, outcome, note, sha256, read_as, read_note, had
  from asked
 where not absent
    or (select count(*) filter (where absent) >= count(*) filter (where fine) from asked)
 order by fetch_id
