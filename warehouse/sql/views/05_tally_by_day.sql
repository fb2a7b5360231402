-- A row is one local day and country with at least one incident. Grouped by day first: the running sum is over days, not over incidents.
CREATE VIEW tally_by_day AS
SELECT day, country, confirmed, attacks, claimed_only, seeded,
    CAST(sum(attacks) OVER country_so_far AS INTEGER) AS cumulative,
    CAST(sum(confirmed) OVER country_so_far AS INTEGER) AS cumulative_confirmed
FROM (
    SELECT day, country,
    CAST(sum(confirmed) AS INTEGER) AS confirmed,
    CAST(sum(attacks) AS INTEGER) AS attacks,
    CAST(sum(claimed_only) AS INTEGER) AS claimed_only,
    CAST(sum(seeded) AS INTEGER) AS seeded
    FROM counted_incidents GROUP BY day, country
)
WINDOW country_so_far AS (PARTITION BY country ORDER BY day NULLS FIRST)
ORDER BY day, country;
COMMENT ON VIEW tally_by_day IS 'Attacks per local day and country, with the running sum per country. Days without any have no row. For Iraq and Syria together add the two; Jordan and unknown stand outside.';
COMMENT ON COLUMN tally_by_day.day IS 'Local day (Asia/Baghdad).';
COMMENT ON COLUMN tally_by_day.country IS 'Iraq, Syria, Jordan or unknown.';
COMMENT ON COLUMN tally_by_day.confirmed IS 'Attacks that an official body confirms; part of attacks.';
COMMENT ON COLUMN tally_by_day.attacks IS 'Attacks that are confirmed, corroborated or reported by a single source.';
COMMENT ON COLUMN tally_by_day.claimed_only IS 'Attacks that the attackers alone report; not in attacks.';
COMMENT ON COLUMN tally_by_day.seeded IS 'Attacks of documented history that came with the program; not in the other columns.';
COMMENT ON COLUMN tally_by_day.cumulative IS 'Sum of attacks in this country up to and with this day, since the first.';
COMMENT ON COLUMN tally_by_day.cumulative_confirmed IS 'The same of confirmed.';
