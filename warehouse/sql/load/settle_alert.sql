-- $1: alert, $2: state, $3: now, $4: next attempt, $5: detail. Being held for a digest is no attempt.
UPDATE alerts
SET state = $2, attempts = attempts + CASE WHEN $2 = 'held' THEN 0 ELSE 1 END,
    sent_at = CASE WHEN $2 = 'sent' THEN $3 END, next_attempt_at = $4, detail = $5
WHERE alert_id = $1
