-- Of what must not depend on when and how often a day was run: no surrogate ids, no times of ours.
with article_row as (
    select a.source || chr(31) || a.canonical_url as key,
           concat_ws(chr(31), a.source, a.canonical_url, a.version, a.content_hash, a.language, a.published_at,
                     a.published_precision, y.story_key, c.source, c.canonical_url) as line
      from article a
      left join story y using (story_id)
      left join article c on c.article_id = a.copy_of),
mention_row as (
    select a.source || chr(31) || a.canonical_url as key,
           concat_ws(chr(31), a.source, a.canonical_url, m.version, m.concept, m.field, m.start_at, m.end_at, m.surface) as line
      from mention m join article a using (article_id)),
alert_row as (
    select l.rule || chr(31) || y.story_key as key,
           concat_ws(chr(31), l.rule, y.story_key, a.source, a.canonical_url, l.version, o.recipient, o.message_id) as line
      from alert l join story y using (story_id) join article a using (article_id) left join outbox o using (alert_id)),
change_row as (
    select concat_ws(chr(31), a.source, a.canonical_url, c.version, c.kind, coalesce(c.before, ''), coalesce(c.after, ''),
                     coalesce(c.concept, ''), c.paragraph, c.passage, coalesce(c.absence, ''), c.where_seen) as line
      from article_change c join article a using (article_id))
select (select count(*) from article_row)::int as articles,
       (select encode(sha256(coalesce(string_agg(line, chr(30) order by line collate "C"), '')::bytea), 'hex') from article_row) as article_sha256,
       (select count(*) from mention_row)::int as mentions,
       (select encode(sha256(coalesce(string_agg(line, chr(30) order by line collate "C"), '')::bytea), 'hex') from mention_row) as mention_sha256,
       (select count(*) from alert_row)::int as alerts,
       (select encode(sha256(coalesce(string_agg(line, chr(30) order by line collate "C"), '')::bytea), 'hex') from alert_row) as alert_sha256,
       (select count(*) from change_row)::int as changes,
       (select encode(sha256(coalesce(string_agg(line, chr(30) order by line collate "C"), '')::bytea), 'hex') from change_row) as change_sha256
