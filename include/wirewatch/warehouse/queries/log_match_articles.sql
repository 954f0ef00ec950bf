insert into match_article (match_id, article_id, version, story_id, due, origin_id, independent_sources, url, language,
                           published_at, published_precision) values %s
returning article_id
