-- Articles of a day whose current version has no evidence yet, or only one that was made otherwise.
select a.article_id
  from article a
  left join story_evidence e using (article_id)
 where article_day(a.published_at, a.first_seen_at) = date '1970-01-01' + %(day)s
   and (e.article_id is null or e.version <> a.version or e.method < %(method)s
        or e.day <> article_day(a.published_at, a.first_seen_at) or e.language is distinct from a.language)
 order by a.article_id
