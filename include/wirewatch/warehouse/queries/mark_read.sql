update "fetch" f set read_at = now(), read_as = r.read_as, read_note = r.note
  from (values %s) as r (fetch_id, read_as, note)
 where f.fetch_id = r.fetch_id
returning f.fetch_id
