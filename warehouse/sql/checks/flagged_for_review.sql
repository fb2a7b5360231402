-- severity: notice
-- reason: resolution asks a person to look
SELECT incident_id AS subject, array_to_string(flags, ', ') AS finding
FROM incidents WHERE len(flags) > 0 AND status <> 'dismissed'
