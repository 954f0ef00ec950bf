-- What tells that the newest alerts of a rule are others than before. Alerts never change.
select rule, count(*)::int as alerts, max(alert_id) as newest from alert group by rule
