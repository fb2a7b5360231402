-- What a map shows of an incident. Dismissed ones are left out.
SELECT incident_id, lat, lon, day, date_precision, country, site_id, site, place_precision, target_kind, weapon, killed,
    wounded, us_killed, us_wounded, damage, claimed_by, attributed_to, confirmed_by, status, "current", confidence,
    reports, publishers, summary, origin
FROM incidents WHERE status <> 'dismissed'
ORDER BY day, incident_id
