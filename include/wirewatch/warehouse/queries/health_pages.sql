select f.url, f.final_url, f.outcome, f.note, f.sha256, f.read_as, f.read_note, a.sha256 is not null as had
  from "fetch" f
  join address a using (address_id)
 where f.run_id = %(run_id)s and f.source = %(source)s and f.purpose = 'article'
 order by f.fetch_id
