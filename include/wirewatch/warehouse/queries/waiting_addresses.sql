select count(*) as waiting from address
 where source = %(source)s and purpose = 'article' and sha256 is null
   and (last_outcome is null or last_outcome in ('blocked', 'limited', 'unreachable', 'broken', 'too-slow'))
   and attempts < %(most_attempts)s
   and not exists (select from run where run.run_id = first_run_id and run.backfill)
