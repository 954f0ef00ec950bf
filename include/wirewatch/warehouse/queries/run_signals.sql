select g.source, s.name, g.state, g.sign, g.reason, g.since
  from source_signal g
  join source s on s.slug = g.source
 where g.run_id = %(run_id)s
 order by g.source
