-- Reviews that name a report of this incident, or its id.
SELECT v.* FROM reviews v
WHERE v.incident_id = $1
   OR list_has_any(v.report_ids || v.other_report_ids, (SELECT list(report_id) FROM reports WHERE incident_id = $1))
ORDER BY v.made_at, v.review_id
