select concept, name, count(*)::int as mentions from mention group by concept, name
