select article_id, text_hash, language, keys, lead, headline
  from story_evidence
 where day = date '1970-01-01' + %(day)s
