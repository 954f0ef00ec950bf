-- One that was broken off goes on where it was; one that had ended begins anew.
insert into retag as r (retag_key, concepts, since) values (%(retag_key)s, %(concepts)s, %(since)s)
on conflict (retag_key) do update
   set last_article_id = case when r.finished_at is null then r.last_article_id else 0 end,
       articles = case when r.finished_at is null then r.articles else 0 end,
       added = case when r.finished_at is null then r.added else 0 end,
       removed = case when r.finished_at is null then r.removed else 0 end,
       altered = case when r.finished_at is null then r.altered else 0 end,
       started_at = case when r.finished_at is null then r.started_at else now() end,
       finished_at = null
returning last_article_id, articles::int, added::int, removed::int, altered::int
