vacuum (analyze) article, article_version, mention, address, "fetch", outbox
