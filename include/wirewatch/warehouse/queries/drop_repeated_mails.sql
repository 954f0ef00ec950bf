-- A mail that still waits is not sent when the story it is about has become part of one of which the same rule has told
-- the same reader, or is about to.
with repeated as (
    select o.outbox_id
      from outbox o
      join alert l using (alert_id)
      join story y using (story_id)
      join alert b on b.story_id = y.merged_into and b.rule = l.rule and b.fact_key = l.fact_key
      join outbox p on p.alert_id = b.alert_id and p.recipient = o.recipient and p.state <> 'quarantined'
     where y.story_id = any(%(story_ids)s) and o.state = 'pending'
       for update of o skip locked)
delete from outbox o using repeated r where o.outbox_id = r.outbox_id
