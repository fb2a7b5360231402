-- What most deserves a person's look, the most urgent first. $1: how many.
-- A reason's weight is its place in the list; an incident with several is shown with all of them.
WITH reasons AS (
    SELECT incident_id, 5 AS weight, 'disputed: an official denial stands' AS reason
    FROM incidents WHERE status = 'disputed'
    UNION ALL
    SELECT incident_id, 4, 'flagged: ' || array_to_string(flags, ', ') FROM incidents WHERE len(flags) > 0
    UNION ALL
    SELECT DISTINCT incident_id, 3, 'outlets disagree on ' || string_agg("field", ', ' ORDER BY "field")
    FROM incident_values
    WHERE "field" IN ('killed', 'wounded', 'us_killed', 'us_wounded', 'date', 'site_id', 'country')
      AND json_array_length(others) > 0
    GROUP BY incident_id
    UNION ALL
    SELECT incident_id, 2, 'low confidence: ' || round(confidence, 2) FROM incidents WHERE confidence < 0.5
    UNION ALL
    SELECT incident_id, 1, 'a single source tells of people killed or wounded'
    FROM incidents WHERE status = 'single_source' AND coalesce(killed, 0) + coalesce(wounded, 0) > 0
), decided AS (
    SELECT DISTINCT r.incident_id
    FROM reviews v JOIN reports r ON list_contains(v.report_ids, r.report_id)
    WHERE v.action IN ('confirm', 'dismiss') AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = v.review_id)
)
SELECT i.incident_id, i.day, i.country, i.site, i.status, i.confidence, i.publishers, i.summary,
    list(q.reason ORDER BY q.weight DESC) AS reasons
FROM reasons q JOIN incidents i ON i.incident_id = q.incident_id
WHERE i.origin = 'live' AND i."current" AND i.status <> 'dismissed' AND i.incident_id NOT IN (FROM decided)
GROUP BY ALL
ORDER BY sum(q.weight) DESC, i.day DESC, i.incident_id
LIMIT $1
