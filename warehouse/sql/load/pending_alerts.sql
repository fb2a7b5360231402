-- $1: now, $2: how many.
SELECT a.alert_id, a.kind, a.change, a.incident_id, a.payload, a.created_at, a.state, a.attempts,
    coalesce((SELECT list(d.channel ORDER BY d.channel) FROM internal.deliveries d
              WHERE d.alert_id = a.alert_id AND d.state = 'sent'), []) AS delivered
FROM alerts a
WHERE a.state IN ('pending', 'held') AND a.next_attempt_at <= $1
ORDER BY a.attempts, a.created_at, a.alert_id
LIMIT $2
