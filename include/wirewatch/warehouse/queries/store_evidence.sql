insert into story_evidence (article_id, version, method, day, text_hash, language, keys, lead, headline, evidence) values %s
on conflict (article_id) do update
   set version = excluded.version, method = excluded.method, day = excluded.day, text_hash = excluded.text_hash,
       language = excluded.language, keys = excluded.keys, lead = excluded.lead, headline = excluded.headline,
       evidence = excluded.evidence
returning article_id
