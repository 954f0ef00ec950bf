-- What each rule has told of stories so far.
select l.rule, l.story_id, coalesce(array_agg(distinct h.value ->> 'concept') filter (where h.value is not null), '{}') as concepts,
       max(coalesce((l.facts ->> 'independent_sources')::integer, 1)) as independent,
       bool_or(l.fact_key = '') as first
  from alert l
  left join lateral jsonb_array_elements(l.facts -> 'hits') h on true
 where l.story_id = any(%(story_ids)s)
 group by l.rule, l.story_id
