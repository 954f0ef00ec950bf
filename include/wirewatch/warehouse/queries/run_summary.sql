select r.run_id, r.run_key, r.day, r.backfill,
       extract(epoch from coalesce(r.finished_at, now()) - r.started_at)::float as seconds,
       (select coalesce(json_object_agg(health, n), '{}') from
           (select coalesce(health, state) as health, count(*) as n from run_source where run_id = r.run_id group by 1) h
       ) as sources,
       (select coalesce(json_object_agg(outcome, n), '{}') from
           (select outcome, count(*) as n from "fetch" where run_id = r.run_id and purpose = 'article' group by 1) f
       ) as outcomes,
       (select json_build_object('new', coalesce(sum(new), 0), 'changed', coalesce(sum(changed), 0),
                                 'same', coalesce(sum(same), 0), 'not_article', coalesce(sum(not_article), 0),
                                 'quarantined', coalesce(sum(quarantined), 0),
                                 'copies', (select count(*) from article
                                             where first_run_id = r.run_id and copy_of is not null))
          from run_source where run_id = r.run_id) as articles,
       (select coalesce(json_object_agg(concept, n), '{}') from
           (select m.concept, count(*) as n from article_version v join "fetch" f using (fetch_id)
              join mention m using (article_id, version) where f.run_id = r.run_id and v.cause <> 'reread'
             group by 1 order by 2 desc, 1) c
       ) as mentions,
       (select json_build_object(
               'created', count(distinct alert_id),
               'sent', count(*) filter (where o.state = 'sent'),
               'waiting', count(*) filter (where o.state = 'pending'),
               'quarantined', count(*) filter (where o.state = 'quarantined'))
          from alert l left join outbox o using (alert_id) where l.run_id = r.run_id) as alerts
  from run r
 where r.run_id = %(run_id)s
