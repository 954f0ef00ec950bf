select pg_advisory_xact_lock(1380270404, hashtext(%(source)s)) -- "READ": of this source, until the transaction ends
