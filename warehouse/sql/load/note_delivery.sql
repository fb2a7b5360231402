-- $1: alert, $2: channel, $3: state, $4: detail, $5: now.
INSERT INTO internal.deliveries VALUES ($1, $2, $3, 1, $4, $5)
ON CONFLICT (alert_id, channel) DO UPDATE
SET state = excluded.state, attempts = deliveries.attempts + 1, detail = excluded.detail, changed_at = excluded.changed_at
