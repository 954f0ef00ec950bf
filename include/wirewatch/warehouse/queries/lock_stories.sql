select pg_advisory_xact_lock(1398034009) -- "STORY": until the transaction ends
