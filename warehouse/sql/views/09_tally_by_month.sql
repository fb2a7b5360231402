-- A row is one month and country with at least one incident.
CREATE VIEW tally_by_month AS
SELECT strftime(day, '%Y-%m') AS month, country,
    CAST(sum(confirmed) AS INTEGER) AS confirmed,
    CAST(sum(attacks) AS INTEGER) AS attacks,
    CAST(sum(claimed_only) AS INTEGER) AS claimed_only,
    CAST(sum(seeded) AS INTEGER) AS seeded
FROM counted_incidents GROUP BY ALL
ORDER BY month, country;
COMMENT ON VIEW tally_by_month IS 'Attacks per month of the local day, and country. Months without any have no row.';
COMMENT ON COLUMN tally_by_month.month IS 'YYYY-MM.';
COMMENT ON COLUMN tally_by_month.country IS 'Iraq, Syria, Jordan or unknown.';
COMMENT ON COLUMN tally_by_month.confirmed IS 'Attacks that an official body confirms; part of attacks.';
COMMENT ON COLUMN tally_by_month.attacks IS 'Attacks that are confirmed, corroborated or reported by a single source.';
COMMENT ON COLUMN tally_by_month.claimed_only IS 'Attacks that the attackers alone report; not in attacks.';
COMMENT ON COLUMN tally_by_month.seeded IS 'Attacks of documented history that came with the program; not in the other columns.';
