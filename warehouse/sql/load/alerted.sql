-- Which of these incidents, or of those merged into them, have alerted as new. $1: incident ids.
WITH wanted AS (SELECT unnest(CAST($1 AS VARCHAR[])) AS incident_id),
lineage AS (
    SELECT incident_id, incident_id AS known_as FROM wanted
    UNION ALL
    SELECT w.incident_id, r.old_id FROM wanted w JOIN incident_redirects r ON r.new_id = w.incident_id
)
SELECT DISTINCT l.incident_id FROM lineage l JOIN alerts a ON a.incident_id = l.known_as WHERE a.kind = 'new'
