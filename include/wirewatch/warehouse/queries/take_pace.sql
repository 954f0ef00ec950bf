-- Reserve the next moment of a host; the answer is how long to wait for it (seconds).
insert into host_pace as p (host, next_at) values (%(host)s, clock_timestamp() + make_interval(secs => %(delay)s))
on conflict (host) do update
   set next_at = greatest(p.next_at, clock_timestamp()) + make_interval(secs => %(delay)s)
returning greatest(0, extract(epoch from next_at - make_interval(secs => %(delay)s) - clock_timestamp()))::float as wait
