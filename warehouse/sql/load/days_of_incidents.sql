-- The days of the reports that tell of certain incidents ($1).
SELECT DISTINCT day_from, day_until FROM reports WHERE incident_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
