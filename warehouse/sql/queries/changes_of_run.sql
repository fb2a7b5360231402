-- A row is one incident that a run ($1) made or changed. Those that it merged away have no row.
SELECT CASE WHEN bool_or(h.change = 'created') THEN 'new' ELSE 'updated' END AS kind, i.incident_id, i.summary
FROM incident_history h JOIN incidents i USING (incident_id)
WHERE h.run_id = $1
GROUP BY i.incident_id, i.summary
ORDER BY i.incident_id
