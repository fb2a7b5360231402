-- severity: error
-- reason: a live incident without a report stands on nothing
SELECT incident_id AS subject, 'no report leads to it' AS finding
FROM incidents i
WHERE origin = 'live' AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.incident_id = i.incident_id)
