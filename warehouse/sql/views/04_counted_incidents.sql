-- The one place that says what counts. A row is one incident that is in some column of the tallies.
-- Left out: what only background tells of (current = false), disputed and dismissed incidents.
-- A seeded incident counts in no column but `seeded`, so that a tally rests on reports that can be opened.
-- One that live reports tell of too (same place, a day apart at most) is counted from those alone.
CREATE VIEW counted_incidents AS
WITH standing AS (
    SELECT * FROM incidents WHERE "current" AND status IN ('confirmed', 'corroborated', 'single_source', 'claimed')
), live AS (
    SELECT * FROM standing WHERE origin = 'live'
), seeds AS (
    SELECT s.* FROM standing s
    WHERE s.origin = 'seed' AND NOT EXISTS (
        SELECT 1 FROM live l WHERE l.site_id = s.site_id AND l.day BETWEEN s.day - 1 AND s.day + 1)
)
SELECT incident_id, day, coalesce(country, 'unknown') AS country,
    coalesce(country IN ('Iraq', 'Syria'), false) AS in_tally, site_id, site, weapon, claimed_by,
    CAST(origin = 'live' AND status = 'confirmed' AS INTEGER) AS confirmed,
    CAST(origin = 'live' AND status IN ('confirmed', 'corroborated', 'single_source') AS INTEGER) AS attacks,
    CAST(origin = 'live' AND status = 'claimed' AS INTEGER) AS claimed_only,
    CAST(origin = 'seed' AS INTEGER) AS seeded
FROM (FROM live UNION ALL FROM seeds);
COMMENT ON VIEW counted_incidents IS 'The incidents behind the tallies, with the columns each one counts in (1 or 0).';
COMMENT ON COLUMN counted_incidents.incident_id IS 'The incident.';
COMMENT ON COLUMN counted_incidents.day IS 'Local day it is counted on.';
COMMENT ON COLUMN counted_incidents.country IS 'Iraq, Syria, Jordan or unknown.';
COMMENT ON COLUMN counted_incidents.in_tally IS 'True for Iraq and Syria; others stand outside the tallies'' sums.';
COMMENT ON COLUMN counted_incidents.site_id IS 'Id of the place; null where not known.';
COMMENT ON COLUMN counted_incidents.site IS 'Name of the place; null where not known.';
COMMENT ON COLUMN counted_incidents.weapon IS 'Kind of weapon.';
COMMENT ON COLUMN counted_incidents.claimed_by IS 'Actor id of the group that claims it; null where nobody does.';
COMMENT ON COLUMN counted_incidents.confirmed IS '1 where an official body confirms it.';
COMMENT ON COLUMN counted_incidents.attacks IS '1 where it is confirmed, corroborated or single_source.';
COMMENT ON COLUMN counted_incidents.claimed_only IS '1 where the attackers alone say so.';
COMMENT ON COLUMN counted_incidents.seeded IS '1 for documented history that came with the program; then 0 in the others.';
