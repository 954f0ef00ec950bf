-- The look-up of near-copies, by itself: only its index keeps the cost of a text flat as the archive grows. Materialized,
-- because for a batch of texts the planner would read the whole table rather than look each up.
with mine as materialized (
    select text_hash, method, bands from text_signature where text_hash = any(%(text_hashes)s))
select t.text_hash as mine, s.text_hash as other
  from mine t
  join text_signature s on s.bands && t.bands and s.text_hash <> t.text_hash and s.method = t.method
