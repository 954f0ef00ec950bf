update article set gone_at = case when %(gone)s then coalesce(gone_at, %(fetched_at)s) end
 where address_id = %(address_id)s and (gone_at is null) = %(gone)s
