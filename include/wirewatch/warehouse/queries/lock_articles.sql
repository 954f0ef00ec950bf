-- What another process holds is passed over: waiting for it while holding others could end in a deadlock, and it is
-- the daily run that PostgreSQL might then break off.
select article_id, version from article where article_id = any(%(article_ids)s) for update skip locked
