UPDATE alerts SET state = 'pending', next_attempt_at = $1 WHERE state = 'failed' RETURNING alert_id
