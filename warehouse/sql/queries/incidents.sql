-- $1 since, $2 until, $3 country, $4 site, $5 weapon, $6 statuses, $7 claimant, $8 least confidence,
-- $9 least casualties, $10 words of the summary, $11 current, $12 origin, $13 how many. Null or empty asks nothing.
SELECT incident_id, day, date, date_earliest, date_latest, date_precision, clock, country, site_id, site, lat, lon,
    place_precision, target_kind, weapon, munitions_min, munitions_max, intercepted, killed, wounded, us_killed,
    us_wounded, damage, claimed_by, attributed_to, confirmed_by, status, "current", confidence, reports, publishers,
    summary, first_reported_at, updated_at, flags, origin
FROM incidents
WHERE (CAST($1 AS DATE) IS NULL OR day >= $1) AND (CAST($2 AS DATE) IS NULL OR day <= $2)
  AND (CAST($3 AS VARCHAR) IS NULL OR lower(country) = lower($3))
  AND (CAST($4 AS VARCHAR) IS NULL OR site_id = $4 OR contains(lower(site), lower($4)))
  AND (CAST($5 AS VARCHAR) IS NULL OR weapon = $5)
  AND (len(CAST($6 AS VARCHAR[])) = 0 OR list_contains(CAST($6 AS VARCHAR[]), status))
  AND (CAST($7 AS VARCHAR) IS NULL OR claimed_by = $7)
  AND (CAST($8 AS DOUBLE) IS NULL OR confidence >= $8)
  AND (CAST($9 AS INTEGER) IS NULL OR coalesce(killed, 0) + coalesce(wounded, 0) >= $9)
  AND (CAST($10 AS VARCHAR) IS NULL OR contains(lower(summary), lower($10)))
  AND (CAST($11 AS BOOLEAN) IS NULL OR "current" = $11)
  AND (CAST($12 AS VARCHAR) IS NULL OR origin = $12)
ORDER BY day DESC, clock DESC NULLS LAST, incident_id
LIMIT $13
