-- What most deserves a person's look, the most urgent first. $1: how many.
-- A reason has a weight; an incident with several is shown with all of them, and is as urgent as their sum.
WITH live AS (
    FROM incidents WHERE origin = 'live'
), twins AS (  -- counted incidents that may be one attack: one place, one day, no weapon that tells them apart
    SELECT a.incident_id, b.incident_id AS other_id
    FROM live a JOIN live b ON a.site_id = b.site_id AND a.day = b.day AND a.incident_id <> b.incident_id
    WHERE a."current" AND b."current" AND a.place_precision = 'site' AND b.status <> 'dismissed'
      AND (a.weapon = b.weapon OR 'unknown' IN (a.weapon, b.weapon) OR 'mixed' IN (a.weapon, b.weapon))
      AND (list_contains(a.flags, 'possible_duplicate') OR list_contains(b.flags, 'possible_duplicate'))
), stated AS (  -- of each series of stated counts the newest, where it differs from ours
    SELECT as_of, since, gap FROM tally_against_stated
    WHERE origin = 'article' AND gap <> 0
    QUALIFY row_number() OVER (PARTITION BY since ORDER BY as_of DESC, abs(gap)) = 1
), off AS (  -- the narrowest such window that a day lies in
    SELECT i.incident_id, s.as_of, s.gap
    FROM live i JOIN stated s ON i.day BETWEEN s.since AND s.as_of
    QUALIFY row_number() OVER (PARTITION BY i.incident_id ORDER BY s.as_of - s.since, s.as_of) = 1
), reasons AS (
    SELECT incident_id, 5 AS weight, 'disputed: an official denial stands' AS reason
    FROM live WHERE status = 'disputed'
    UNION ALL
    SELECT incident_id, 4, 'possible duplicate of ' || string_agg(other_id, ', ' ORDER BY other_id)
    FROM twins GROUP BY incident_id
    UNION ALL
    SELECT incident_id, 4, 'flagged: ' || array_to_string(flags, ', ') FROM live WHERE len(flags) > 0
    UNION ALL
    SELECT incident_id, 3, 'outlets disagree on ' || string_agg("field", ', ' ORDER BY "field")
    FROM incident_values
    WHERE "field" IN ('killed', 'wounded', 'us_killed', 'us_wounded', 'date', 'site_id', 'country')
      AND json_array_length(others) > 0
    GROUP BY incident_id
    UNION ALL
    SELECT incident_id, 2, 'low confidence: ' || round(confidence, 2) FROM live WHERE confidence < 0.5
    UNION ALL
    SELECT o.incident_id, 2, 'officials counted ' || o.gap || ' more up to ' || o.as_of || ', and we do not count this one ('
        || i.status || ')'
    FROM off o JOIN live i ON i.incident_id = o.incident_id
    WHERE o.gap > 0 AND i.status IN ('claimed', 'disputed')
    UNION ALL
    SELECT o.incident_id, 2, 'officials counted ' || -o.gap || ' fewer up to ' || o.as_of
        || ', and this one rests on a single source'
    FROM off o JOIN live i ON i.incident_id = o.incident_id
    WHERE o.gap < 0 AND i.status = 'single_source'
    UNION ALL
    SELECT incident_id, 1, 'a single source tells of people killed or wounded'
    FROM live WHERE status = 'single_source' AND coalesce(killed, 0) + coalesce(wounded, 0) > 0
), decided AS (
    SELECT DISTINCT r.incident_id
    FROM reviews v JOIN reports r ON list_contains(v.report_ids, r.report_id)
    WHERE v.action IN ('confirm', 'dismiss') AND NOT EXISTS (
        SELECT 1 FROM reviews u WHERE u.undoes = v.review_id
          AND NOT EXISTS (SELECT 1 FROM reviews w WHERE w.undoes = u.review_id))
)
SELECT i.incident_id, i.day, i.country, i.site, i.status, i.confidence, i.publishers, i.summary,
    list(q.reason ORDER BY q.weight DESC, q.reason) AS reasons
FROM reasons q JOIN live i ON i.incident_id = q.incident_id
WHERE i."current" AND i.status <> 'dismissed' AND i.incident_id NOT IN (FROM decided)
GROUP BY ALL
ORDER BY sum(q.weight) DESC, i.day DESC, i.incident_id
LIMIT $1
