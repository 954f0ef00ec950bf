insert into article_change (article_id, version, kind, before, after, concept, paragraph, passage, absence, where_seen,
                            seen_at, fetch_id, change_key) values %s
on conflict (article_id, version, change_key) do nothing
returning change_id, article_id, kind
