update address
   set last_outcome = %(outcome)s, last_day = %(day)s, last_fetched_at = %(fetched_at)s,
       attempts = case when %(outcome)s in ('new', 'unchanged') then 0 else attempts + 1 end,
       etag = case when %(remember)s then %(etag)s else etag end,
       last_modified = case when %(remember)s then %(last_modified)s else last_modified end,
       sha256 = case when %(remember)s then %(sha256)s else sha256 end,
       archived_fetch = case when %(remember)s then %(fetch_id)s else archived_fetch end
 where address_id = %(address_id)s
