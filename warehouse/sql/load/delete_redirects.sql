DELETE FROM incident_redirects WHERE old_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
