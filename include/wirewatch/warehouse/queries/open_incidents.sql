select count(*)::int as incidents from source_incident where closed_at is null
