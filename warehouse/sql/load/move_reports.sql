-- Which incident reports tell of. The days from $1 to $2 hold them all, and spare looking through the others.
UPDATE reports AS r SET incident_id = s.incident_id
FROM {stage} s
WHERE r.report_id = s.report_id AND r.day_from BETWEEN $1 AND $2
