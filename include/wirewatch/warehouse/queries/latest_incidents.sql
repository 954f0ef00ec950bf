select distinct on (i.source) i.incident_id, i.source, i.opened_at, i.closed_at is not null as closed,
       i.failure_notice is not null as failure_told, i.recovery_notice is not null as recovery_told,
       max(f.created_at) over (partition by i.source) as last_failure_mail,
       max(r.created_at) over (partition by i.source) as last_recovery_mail
  from source_incident i
  left join notice f on f.notice_id = i.failure_notice
  left join notice r on r.notice_id = i.recovery_notice
 where i.source = any(%(sources)s)
 order by i.source, i.incident_id desc
