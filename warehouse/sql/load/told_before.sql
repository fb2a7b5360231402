-- For each alert: the channels that have another alert of its incident, and whether that was dismissed since.
-- $1: alert ids.
WITH known AS (
    SELECT a.alert_id, a.kind, a.created_at, coalesce(r.new_id, a.incident_id) AS incident_id
    FROM alerts a LEFT JOIN incident_redirects r ON r.old_id = a.incident_id
    WHERE a.incident_id <> ''
), last AS (
    SELECT incident_id, arg_max(kind, created_at) AS kind FROM known GROUP BY incident_id
), wanted AS (
    SELECT unnest(CAST($1 AS VARCHAR[])) AS alert_id
)
SELECT w.alert_id,
    coalesce((SELECT list(DISTINCT d.channel) FROM known o JOIN internal.deliveries d ON d.alert_id = o.alert_id
              WHERE o.incident_id = k.incident_id AND o.alert_id <> w.alert_id AND d.state = 'sent'), []) AS told,
    coalesce(l.kind = 'dismissed' AND k.kind <> 'dismissed', false) AS taken_back
FROM wanted w LEFT JOIN known k ON k.alert_id = w.alert_id LEFT JOIN last l ON l.incident_id = k.incident_id
