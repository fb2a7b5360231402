-- Incidents that became known or changed since a moment, the newest first. $1: the moment.
SELECT i.incident_id, i.summary, bool_or(h.change = 'created') AS is_new
FROM incident_history h JOIN incidents i ON i.incident_id = h.incident_id
WHERE h.changed_at > $1 AND i."current" AND i.origin = 'live'
GROUP BY i.incident_id, i.summary, i.day
ORDER BY i.day DESC, i.incident_id
