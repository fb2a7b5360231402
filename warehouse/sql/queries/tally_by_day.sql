-- The view tally_by_day over the local days from $1 to $2; the running sum begins with the window.
SELECT day, country, confirmed, attacks, claimed_only, seeded,
    CAST(sum(attacks) OVER (PARTITION BY country ORDER BY day) AS INTEGER) AS cumulative
FROM (
    SELECT day, country,
    CAST(sum(confirmed) AS INTEGER) AS confirmed,
    CAST(sum(attacks) AS INTEGER) AS attacks,
    CAST(sum(claimed_only) AS INTEGER) AS claimed_only,
    CAST(sum(seeded) AS INTEGER) AS seeded
    FROM counted_incidents
    WHERE (CAST($1 AS DATE) IS NULL OR day >= $1) AND (CAST($2 AS DATE) IS NULL OR day <= $2)
    GROUP BY day, country
)
ORDER BY day, country
