create temporary table if not exists incoming (
    canonical_url text, url text, address_id bigint, fetch_id bigint, run_id bigint, title text, body text,
    language text, authors text[], section text, image text, published_at timestamptz, published_precision text,
    published_stated text, published_offset integer, content_hash text, text_hash text, seen_at timestamptz,
    matched boolean, modified_at timestamptz, canonical_stated text, reread boolean,
    furniture boolean
) on commit delete rows;
create temporary table if not exists incoming_mention (
    canonical_url text, concept text, field text, start_at integer, end_at integer, surface text, name text,
    attributes jsonb
) on commit delete rows
