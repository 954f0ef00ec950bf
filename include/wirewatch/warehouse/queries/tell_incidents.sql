update source_incident
   set failure_notice = case when incident_id = any(%(failing)s) then %(notice_id)s else failure_notice end,
       recovery_notice = case when incident_id = any(%(recovered)s) then %(notice_id)s else recovery_notice end
 where incident_id = any(%(failing)s) or incident_id = any(%(recovered)s)
