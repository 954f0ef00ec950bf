-- Bodies stay where they are: their lengths are enough, but for the short ones, which may be cut.
select v.title, char_length(v.body) as length, case when char_length(v.body) <= %(short)s then v.body end as short, a.language,
       array_remove(array[case when a.published_at is not null then 'published' end,
                          case when a.authors <> '{}' then 'authors' end,
                          case when a.section is not null then 'section' end,
                          case when a.image is not null then 'image' end], null) as fields
  from "fetch" f
  join article_version v using (fetch_id)
  join article a using (article_id)
 where f.run_id = %(run_id)s and f.source = %(source)s and f.purpose = 'article' and v.cause <> 'reread'
 order by f.fetch_id
