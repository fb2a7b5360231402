-- The view tally_by_site over the local days from $1 to $2.
SELECT site_id, any_value(site) AS site, country,
    CAST(sum(confirmed) AS INTEGER) AS confirmed,
    CAST(sum(attacks) AS INTEGER) AS attacks,
    CAST(sum(claimed_only) AS INTEGER) AS claimed_only,
    CAST(sum(seeded) AS INTEGER) AS seeded,
    min(day) FILTER (attacks + claimed_only > 0) AS first_day,
    max(day) FILTER (attacks + claimed_only > 0) AS last_day
FROM counted_incidents
WHERE (CAST($1 AS DATE) IS NULL OR day >= $1) AND (CAST($2 AS DATE) IS NULL OR day <= $2)
GROUP BY site_id, country
ORDER BY attacks DESC, site_id, country
