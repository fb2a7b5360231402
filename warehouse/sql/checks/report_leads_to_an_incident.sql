-- severity: error
-- reason: a report that leads to an incident which is not there would be lost from the count
SELECT report_id AS subject, 'leads to ' || incident_id || ', which is not there' AS finding
FROM reports r
WHERE incident_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.incident_id = r.incident_id)
