-- Take a host's turn when it is free (then wait is 0), else say how long to wait before trying again (seconds), and how
-- long the host is closed. Only this server's clock counts. No row: another worker was faster this very moment.
-- Not waited for on disk: a turn that a crash of the server forgets is a few hundred milliseconds old, and the start that
-- follows takes longer.
set local synchronous_commit = off;
with taken as (
    insert into host_pace as p (host, next_at, held_until)
    values (%(host)s, clock_timestamp(), clock_timestamp() + make_interval(secs => %(hold)s))
    on conflict (host) do update set held_until = excluded.held_until
     where greatest(p.next_at, p.sent_at + make_interval(secs => %(delay)s), p.closed_until, p.held_until)
           <= clock_timestamp()
    returning held_until)
select held_until, 0::float as wait, 0::float as closed from taken
 union all
select null,
       extract(epoch from greatest(
           next_at, sent_at + make_interval(secs => %(delay)s), closed_until,
           -- Whoever holds it has not sent yet: the earliest moment is a delay from now.
           case when held_until > clock_timestamp() then clock_timestamp() + make_interval(secs => %(delay)s) end
           ) - clock_timestamp())::float,
       greatest(0, extract(epoch from closed_until - clock_timestamp()))::float
  from host_pace
 where host = %(host)s and not exists (select from taken)
