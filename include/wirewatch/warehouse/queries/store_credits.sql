insert into credit (article_id, version, publisher, phrase) values %s
on conflict do nothing
returning article_id
