-- severity: warning
-- reason: an attack is not told before it happens, and the series begin in 2003
SELECT incident_id AS subject, 'is dated ' || day || ', first reported ' || coalesce(CAST(first_reported_at AS VARCHAR), 'never') AS finding
FROM incidents
WHERE day < DATE '2003-03-20' OR CAST(first_reported_at AS DATE) + 1 < coalesce(date_earliest, date)
