-- Analysts' decisions, newest first. $1: an incident (any id it ever had), or null for all.
-- incident_id is the incident as it is known today; null where its reports are gone. stands is false where a review
-- took it back and stands itself.
WITH today AS (
    SELECT v.review_id, min(r.incident_id) AS incident_id
    FROM reviews v JOIN reports r ON list_contains(v.report_ids, r.report_id)
    GROUP BY v.review_id
), undone AS (
    SELECT u.undoes AS review_id, u.review_id AS undone_by
    FROM reviews u WHERE u.undoes IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM reviews w WHERE w.undoes = u.review_id)
)
SELECT v.review_id, v.made_at, v.action, coalesce(t.incident_id, v.incident_id) AS incident_id, v."field", v.value,
    v.author, v.reason, v.undoes, n.undone_by, i.summary
FROM reviews v
LEFT JOIN today t ON t.review_id = v.review_id
LEFT JOIN undone n ON n.review_id = v.review_id
LEFT JOIN incidents i ON i.incident_id = t.incident_id
WHERE $1 IS NULL OR v.incident_id = $1 OR t.incident_id = $1
   OR t.incident_id = (SELECT new_id FROM incident_redirects WHERE old_id = $1)
ORDER BY v.made_at DESC, v.review_id
