vacuum (analyze) article, article_version, mention, address, "fetch", outbox, text_signature, story_evidence, story_pair, copy_pair, source_signal
