select judged_at, state, sign, reason, since, figures from source_signal
 where source = %(source)s and run_id <> %(run_id)s and judged_at > %(after)s and judged_at <= %(now)s
 order by judged_at, run_id
