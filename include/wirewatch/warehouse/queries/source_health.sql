select source, name, country, kind, health, sign, reason, since, judged_at, day, newest, figures, usual,
       incident_opened_at, incident_mailed_at
  from source_health
 where (%(country)s::text is null or country = %(country)s) and (%(kind)s::text is null or kind = %(kind)s)
 order by source
