-- The view tally_by_weapon over the local days from $1 to $2.
SELECT weapon,
    CAST(sum(confirmed) AS INTEGER) AS confirmed,
    CAST(sum(attacks) AS INTEGER) AS attacks,
    CAST(sum(claimed_only) AS INTEGER) AS claimed_only,
    CAST(sum(seeded) AS INTEGER) AS seeded
FROM counted_incidents
WHERE (CAST($1 AS DATE) IS NULL OR day >= $1) AND (CAST($2 AS DATE) IS NULL OR day <= $2) AND in_tally
GROUP BY weapon
ORDER BY attacks DESC, weapon
