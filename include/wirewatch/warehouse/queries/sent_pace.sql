-- A request is on its way. A turn that ran out and was taken by another stays the other's.
set local synchronous_commit = off;
update host_pace
   set sent_at = clock_timestamp(), next_at = clock_timestamp() + make_interval(secs => %(delay)s),
       held_until = case when held_until = %(held_until)s then null else held_until end
 where host = %(host)s
