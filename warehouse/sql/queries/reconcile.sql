-- Where we and a stated tally may part: incidents in the days of its window that could tip the count.
-- $1 since, $2 as_of. verdict: maybe_missing (not counted by us, maybe by them) or maybe_too_many (the reverse).
WITH twins AS (  -- one place, one day, no weapon that tells them apart, and resolution was not sure
    SELECT a.incident_id, string_agg(b.incident_id, ', ' ORDER BY b.incident_id) AS others
    FROM incidents a JOIN incidents b ON a.site_id = b.site_id AND a.day = b.day AND a.incident_id <> b.incident_id
    WHERE a.origin = 'live' AND b.origin = 'live' AND b."current" AND b.status <> 'dismissed'
      AND a.place_precision = 'site'
      AND (a.weapon = b.weapon OR 'unknown' IN (a.weapon, b.weapon) OR 'mixed' IN (a.weapon, b.weapon))
      AND (list_contains(a.flags, 'possible_duplicate') OR list_contains(b.flags, 'possible_duplicate'))
    GROUP BY a.incident_id
)
SELECT CASE WHEN c.incident_id IS NULL OR c.attacks = 0 THEN 'maybe_missing' ELSE 'maybe_too_many' END AS verdict,
    i.incident_id, i.day, i.country, i.site, i.status, i.confidence, i.publishers, i.origin, i.summary,
    CASE
        WHEN i.origin = 'seed' THEN 'documented elsewhere, and no report of ours tells of it'
        WHEN i.status = 'claimed' THEN 'only the attackers say so'
        WHEN i.status IN ('disputed', 'dismissed') THEN i.status
        WHEN NOT i."current" THEN 'only background tells of it'
        WHEN i.country IS NULL THEN 'the country is not known'
        WHEN t.others IS NOT NULL THEN 'possible duplicate of ' || t.others
        WHEN len(i.flags) > 0 THEN array_to_string(i.flags, ', ')
        WHEN i.status = 'single_source' THEN 'a single source'
        WHEN i.date IS NULL THEN 'the day is not certain, and may lie outside of the window'
        ELSE 'low confidence'
    END AS because
FROM incidents i
LEFT JOIN counted_incidents c ON c.incident_id = i.incident_id
LEFT JOIN twins t ON t.incident_id = i.incident_id
WHERE i.day BETWEEN $1 AND $2
  AND (c.incident_id IS NULL OR c.attacks = 0 OR i.country IS NULL OR i.status = 'single_source' OR len(i.flags) > 0
       OR t.others IS NOT NULL OR i.date IS NULL OR i.confidence < 0.5)
  AND (i.origin = 'live' OR c.seeded = 1)
ORDER BY verdict, i.day, i.incident_id
