SELECT a.alert_id, a.kind, a.change, a.incident_id, coalesce(i.summary, a.payload ->> 'title') AS summary, a.created_at,
    a.state, a.attempts, a.next_attempt_at, a.sent_at, a.detail
FROM alerts a LEFT JOIN incidents i ON i.incident_id = a.incident_id
ORDER BY a.created_at DESC, a.alert_id LIMIT $1
