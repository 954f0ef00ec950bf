-- How each known article answered last in a run, unless another run has asked it since.
with seen as (
    select distinct on (a.article_id) a.article_id, a.version, a.gone_at, f.address_id, f.fetch_id, f.fetched_at, f.presence
      from "fetch" f
      join article a using (address_id)
     where f.run_id = %(run_id)s and f.source = %(source)s and f.purpose = 'article' and f.presence is not null
     order by a.article_id, f.fetch_id desc)
select s.article_id, s.version, s.gone_at, s.fetch_id, s.fetched_at, s.presence,
       b.first_seen_at, b.first_run, b.confirmed_at,
       s.presence not in ('there', 'silent')
       and exists (select from article_version mine
                     join article_version v on v.text_hash = mine.text_hash and v.article_id <> mine.article_id
                     join article o on (o.article_id, o.version) = (v.article_id, v.version)
                    where (mine.article_id, mine.version) = (s.article_id, s.version) and o.source = %(source)s
                      and o.gone_at is null
                      and not exists (select from article_absence n where n.article_id = o.article_id)) as elsewhere
  from seen s
  left join article_absence b using (article_id)
 where not exists (select from "fetch" l where l.address_id = s.address_id and l.fetch_id > s.fetch_id
                                           and l.presence is not null)
 order by s.article_id
