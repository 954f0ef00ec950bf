-- One at a time: two would delete and write the same rows in each other's way. Held until the connection ends.
select pg_try_advisory_lock(0x57524554) as held
