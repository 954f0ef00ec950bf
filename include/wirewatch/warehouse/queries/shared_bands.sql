-- The look-up of near-copies, by itself: only its index keeps the cost of a text flat as the archive grows.
select t.text_hash as mine, s.text_hash as other
  from text_signature t
  join text_signature s on s.bands && t.bands and s.text_hash <> t.text_hash and s.method = t.method
 where t.text_hash = any(%(text_hashes)s)
