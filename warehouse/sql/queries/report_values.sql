-- A row is one field of one incident: by which rule it was merged, and what other reports say.
SELECT incident_id, "field", value, rule, len(report_ids) AS reports, others FROM incident_values
ORDER BY incident_id, "field"
