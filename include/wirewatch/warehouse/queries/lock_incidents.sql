select pg_advisory_xact_lock(1212498252) -- "HEAL": until the transaction ends
