update "fetch" f set read_at = now(), read_as = r.read_as, read_note = r.note, presence = r.presence
  from (values %s) as r (fetch_id, read_as, note, presence)
 where f.fetch_id = r.fetch_id
returning f.fetch_id
