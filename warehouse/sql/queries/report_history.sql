-- A row is one change of one incident, by the id that it goes by today.
SELECT coalesce(d.new_id, h.incident_id) AS incident_id, h.changed_at, h.change, h."field", h.old_value, h.new_value,
    h.report_id, h.review_id, r.outlet
FROM incident_history h
LEFT JOIN incident_redirects d ON d.old_id = h.incident_id
LEFT JOIN reports r ON r.report_id = h.report_id
ORDER BY 1, h.changed_at, h.rowid
