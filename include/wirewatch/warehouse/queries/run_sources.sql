select rs.source, s.name, rs.state, rs.health, rs.note, rs.leads, rs.fetched, rs.new, rs.changed, rs.same,
       rs.not_article, rs.quarantined, extract(epoch from rs.finished_at - rs.started_at)::float as seconds
  from run_source rs
  join source s on s.slug = rs.source
 where rs.run_id = %(run_id)s
 order by rs.source
