select fetch_id from "fetch" where fetch_id = any(%(fetch_ids)s) and read_at is null
