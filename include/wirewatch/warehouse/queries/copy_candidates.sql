-- Of texts that share bands, those that were out within the window of each other and were not compared yet; the ones
-- with most bands in common first. The time looked at is the widest there is (stated, and seen): who is a copy is
-- decided later, by the exact times.
with shared as materialized (
    select * from unnest(%(mine)s::text[], %(other)s::text[]) as s (mine, other)),
span as materialized (
    select v.text_hash, min(least(v.seen_at, a.published_at)) as since, max(greatest(v.seen_at, a.published_at)) as until
      from standing_text v join article a using (article_id)
     where v.text_hash in (select mine from shared union select other from shared)
     group by v.text_hash),
likely as (
    select h.mine, h.other,
           (select count(*) from text_signature m join text_signature o on o.text_hash = h.other
             cross join unnest(o.bands) b where m.text_hash = h.mine and b = any(m.bands)) as bands
      from shared h
      join span m on m.text_hash = h.mine
      join span o on o.text_hash = h.other
     where o.until >= m.since - %(window)s and o.since <= m.until + %(window)s
       and not exists (select from copy_pair p where p.left_hash = least(h.mine, h.other)
                                                 and p.right_hash = greatest(h.mine, h.other))),
ranked as (
    select mine, other, row_number() over (partition by mine order by bands desc, other) as place from likely)
select mine, other from ranked where place <= %(limit)s order by mine, place
