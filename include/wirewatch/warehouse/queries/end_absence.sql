with ended as (
    delete from article_absence where article_id = any(%(article_ids)s))
update article set gone_at = null where article_id = any(%(article_ids)s) and gone_at is not null
