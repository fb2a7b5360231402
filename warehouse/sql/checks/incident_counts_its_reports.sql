-- severity: error
-- reason: the number of reports that an incident shows is what its reports say
SELECT i.incident_id AS subject, 'says ' || i.reports || ' reports and has ' || count(r.report_id) AS finding
FROM incidents i JOIN reports r ON r.incident_id = i.incident_id
WHERE i.origin = 'live'
GROUP BY i.incident_id, i.reports HAVING i.reports <> count(r.report_id)
