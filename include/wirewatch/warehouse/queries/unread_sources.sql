select source from "fetch"
 where purpose = 'article' and outcome = 'new' and read_at is null and source = any(%(sources)s)
 group by source
 order by source
