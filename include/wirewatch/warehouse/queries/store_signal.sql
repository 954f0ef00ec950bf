insert into source_signal (run_id, source, judged_at, state, sign, reason, since, figures, usual)
values (%(run_id)s, %(source)s, %(judged_at)s, %(state)s, %(sign)s, %(reason)s, %(since)s, %(figures)s, %(usual)s)
on conflict (run_id, source) do update
   set judged_at = excluded.judged_at, state = excluded.state, sign = excluded.sign, reason = excluded.reason,
       since = excluded.since, figures = excluded.figures, usual = excluded.usual
