update "fetch" f set presence = p.presence
  from (values %s) as p (fetch_id, presence)
 where f.fetch_id = p.fetch_id
returning f.fetch_id
