-- $1: the id in use and those that were merged into it.
SELECT incident_id, changed_at, change, "field", old_value, new_value, report_id, review_id, run_id
FROM incident_history WHERE list_contains(CAST($1 AS VARCHAR[]), incident_id)
ORDER BY changed_at, rowid
