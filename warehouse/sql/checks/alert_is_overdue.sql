-- severity: warning
-- reason: an alert that nobody got is an attack that nobody was told of
SELECT alert_id AS subject, 'is ' || state || ' after ' || attempts || ' attempts: ' || coalesce(detail, 'no reason noted') AS finding
FROM alerts WHERE state = 'failed' OR (state = 'pending' AND attempts >= 3)
