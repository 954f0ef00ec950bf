-- Never fetched: at once, and again in each run while the trouble may pass. Fetched or gone: once a day while recent.
select address_id, url, etag, last_modified, sha256
  from address
 where source = %(source)s and purpose = 'article'
   and case when sha256 is null and (last_outcome is null
                 or last_outcome in ('blocked', 'limited', 'unreachable', 'broken', 'too-slow'))
            then attempts < %(most_attempts)s
            else not %(backfill)s and last_day < %(day)s and first_seen_at > %(recent)s
       end
   and (not %(backfill)s or (listed_at at time zone 'UTC')::date = %(day)s)
 order by sha256 is not null, address_id
 limit %(limit)s
