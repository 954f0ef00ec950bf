select pg_try_advisory_xact_lock(hashtextextended(%(recipient)s || chr(31) || %(digest)s, 13)) as held
