-- severity: error
-- reason: once its days are resolved, every report tells of an incident
SELECT report_id AS subject, 'is in no incident, and its days are not marked' AS finding
FROM reports r
WHERE incident_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM internal.dirty_days d WHERE d.day BETWEEN r.day_from AND r.day_until)
