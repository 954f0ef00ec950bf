-- Kept on disk before the answer goes back, unlike the turns themselves: this holds for up to a day.
set local synchronous_commit = on;
insert into host_pace as p (host, next_at, closed_until)
values (%(host)s, clock_timestamp(), clock_timestamp() + make_interval(secs => %(seconds)s))
on conflict (host) do update set closed_until = greatest(p.closed_until, excluded.closed_until)
