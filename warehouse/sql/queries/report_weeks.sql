-- A row is one week (its Monday, local), country and weapon with at least one attack in Iraq or Syria.
SELECT CAST(date_trunc('week', day) AS DATE) AS week, country, weapon, CAST(sum(attacks) AS INTEGER) AS attacks
FROM counted_incidents WHERE in_tally AND attacks > 0 AND day IS NOT NULL
GROUP BY ALL ORDER BY week, country, weapon
