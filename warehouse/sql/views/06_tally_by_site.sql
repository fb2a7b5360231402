-- A row is one place. Incidents whose place is not known share the row without a site, one for each country.
CREATE VIEW tally_by_site AS
SELECT site_id, any_value(site) AS site, country,
    CAST(sum(confirmed) AS INTEGER) AS confirmed,
    CAST(sum(attacks) AS INTEGER) AS attacks,
    CAST(sum(claimed_only) AS INTEGER) AS claimed_only,
    CAST(sum(seeded) AS INTEGER) AS seeded,
    min(day) FILTER (attacks + claimed_only > 0) AS first_day,
    max(day) FILTER (attacks + claimed_only > 0) AS last_day
FROM counted_incidents GROUP BY site_id, country
ORDER BY attacks DESC, site_id, country;
COMMENT ON VIEW tally_by_site IS 'Attacks per place.';
COMMENT ON COLUMN tally_by_site.site_id IS 'Id of the place; null where not known.';
COMMENT ON COLUMN tally_by_site.site IS 'Name of the place; null where not known.';
COMMENT ON COLUMN tally_by_site.country IS 'Iraq, Syria, Jordan or unknown.';
COMMENT ON COLUMN tally_by_site.confirmed IS 'Attacks that an official body confirms; part of attacks.';
COMMENT ON COLUMN tally_by_site.attacks IS 'Attacks that are confirmed, corroborated or reported by a single source.';
COMMENT ON COLUMN tally_by_site.claimed_only IS 'Attacks that the attackers alone report; not in attacks.';
COMMENT ON COLUMN tally_by_site.seeded IS 'Attacks of documented history that came with the program; not in the other columns.';
COMMENT ON COLUMN tally_by_site.first_day IS 'Local day of the first attack counted or claimed; null where only seeds are there.';
COMMENT ON COLUMN tally_by_site.last_day IS 'Local day of the last attack counted or claimed; null where only seeds are there.';
