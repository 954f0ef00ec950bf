-- Never fetched: at once, and again in each run while the trouble may pass. Fetched or gone: once a day while recent.
-- Not a case: each of the two has its index. A daily run leaves alone what only a backfill has listed.
select address_id, url, etag, last_modified, sha256
  from address
 where source = %(source)s and purpose = 'article'
   and (sha256 is null
            and (last_outcome is null or last_outcome in ('blocked', 'limited', 'unreachable', 'broken', 'too-slow'))
            and attempts < %(most_attempts)s
        or not (sha256 is null
                and (last_outcome is null
                     or last_outcome in ('blocked', 'limited', 'unreachable', 'broken', 'too-slow')))
            and not %(backfill)s and last_day < %(day)s and first_seen_at > %(recent)s)
   and case when %(backfill)s
            then (listed_at at time zone 'UTC')::date = %(day)s or url_key = any(%(of_day)s)
            else not exists (select from run where run.run_id = first_run_id and run.backfill)
       end
 order by sha256 is not null, address_id
 limit %(limit)s
