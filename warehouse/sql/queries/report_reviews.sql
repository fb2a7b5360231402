-- A row is one analyst's decision and one incident that it concerns today.
SELECT DISTINCT coalesce(d.new_id, v.incident_id, r.incident_id) AS incident_id, v.review_id, v.action, v."field",
    v.value, v.author, v.reason, v.made_at
FROM reviews v
LEFT JOIN incident_redirects d ON d.old_id = v.incident_id
LEFT JOIN (SELECT report_id, incident_id FROM reports) r
    ON list_contains(v.report_ids || v.other_report_ids, r.report_id)
ORDER BY 1, v.made_at, v.review_id
