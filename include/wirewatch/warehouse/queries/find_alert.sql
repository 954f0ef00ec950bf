select l.alert_id, l.created_at, l.rule, l.rule_hash, l.story_id, l.article_id, l.version, l.fact_key, l.facts,
       coalesce((select json_agg(json_build_object('recipient', o.recipient, 'state', o.state, 'digest', o.digest,
                                                   'sent_at', o.sent_at, 'last_error', o.last_error,
                                                   'message_id', o.message_id)
                                 order by o.outbox_id)
                   from outbox o where o.alert_id = l.alert_id), '[]'::json) as mails
  from alert l
 where l.alert_id = %(alert_id)s
