-- Every stated tally that can be compared with ours (it says both ends of its window), newest first, with how many
-- incidents of its days could close the gap: those that we do not count (maybe_missing: claimed, disputed, told as
-- background only, or documented elsewhere) and those that we count on little (maybe_too_many).
WITH days AS (
    SELECT i.day, count(*) FILTER (coalesce(c.attacks, 0) = 0) AS missing,
        count(*) FILTER (c.attacks = 1 AND (i.status = 'single_source' OR len(i.flags) > 0 OR i.country IS NULL
            OR i.date IS NULL OR i.confidence < 0.5)) AS too_many
    FROM incidents i LEFT JOIN counted_incidents c ON c.incident_id = i.incident_id
    WHERE i.origin = 'live' OR c.seeded = 1
    GROUP BY i.day
), windows AS (
    SELECT w.since, w.as_of, CAST(coalesce(sum(d.missing), 0) AS INTEGER) AS maybe_missing,
        CAST(coalesce(sum(d.too_many), 0) AS INTEGER) AS maybe_too_many
    FROM (SELECT DISTINCT since, as_of FROM tally_against_stated WHERE gap IS NOT NULL) w
    LEFT JOIN days d ON d.day BETWEEN w.since AND w.as_of
    GROUP BY w.since, w.as_of
)
SELECT s.since, s.as_of, s.speaker, s.origin, s.stated_total, s.counted_total, s.gap, s.gap_iraq, s.gap_syria,
    w.maybe_missing, w.maybe_too_many
FROM tally_against_stated s JOIN windows w ON w.since = s.since AND w.as_of = s.as_of
ORDER BY s.as_of DESC, s.since, s.speaker
