-- tally(since, until): a row per country, and one for Iraq and Syria together ("all"). Both ends belong to the
-- window; null leaves it open. Iraq, Syria and all are always there. Jordan, and incidents whose country is not
-- known, have a row where there are any, marked in_tally = false: they are not in "all".
CREATE MACRO tally(since, until) AS TABLE
WITH windowed AS (
    SELECT * FROM counted_incidents
    WHERE (CAST(since AS DATE) IS NULL OR day >= CAST(since AS DATE))
      AND (CAST(until AS DATE) IS NULL OR day <= CAST(until AS DATE))
), counted AS (
    SELECT country, in_tally,
    CAST(sum(confirmed) AS INTEGER) AS confirmed,
    CAST(sum(attacks) AS INTEGER) AS attacks,
    CAST(sum(claimed_only) AS INTEGER) AS claimed_only,
    CAST(sum(seeded) AS INTEGER) AS seeded
    FROM windowed GROUP BY country, in_tally
), rows_wanted AS (
    SELECT * FROM (VALUES ('Iraq', true), ('Syria', true)) v(country, in_tally)
    UNION SELECT country, in_tally FROM counted
), by_country AS (
    SELECT w.country, w.in_tally, coalesce(c.confirmed, 0) AS confirmed, coalesce(c.attacks, 0) AS attacks,
        coalesce(c.claimed_only, 0) AS claimed_only, coalesce(c.seeded, 0) AS seeded
    FROM rows_wanted w LEFT JOIN counted c ON c.country = w.country
)
SELECT country, confirmed, attacks, claimed_only, seeded, in_tally
FROM (
    SELECT country, confirmed, attacks, claimed_only, seeded, in_tally FROM by_country
    UNION ALL
    SELECT 'all', CAST(sum(confirmed) AS INTEGER), CAST(sum(attacks) AS INTEGER),
        CAST(sum(claimed_only) AS INTEGER), CAST(sum(seeded) AS INTEGER), true
    FROM by_country WHERE in_tally
)
ORDER BY CASE country WHEN 'Iraq' THEN 1 WHEN 'Syria' THEN 2 WHEN 'all' THEN 3 ELSE 4 END, country;
COMMENT ON MACRO TABLE tally IS 'tally(since, until): confirmed, attacks and claimed_only per country and for all (Iraq and Syria), over the local days from since to until; null leaves an end open.';
