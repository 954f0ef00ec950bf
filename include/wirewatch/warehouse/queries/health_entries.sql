select url, final_url, outcome, note, leads, coalesce(fresh, 0) as fresh, read_note as problem,
       archive_path, archive_offset, archive_length, sha256
  from "fetch"
 where run_id = %(run_id)s and source = %(source)s and purpose = 'entry'
 order by fetch_id
