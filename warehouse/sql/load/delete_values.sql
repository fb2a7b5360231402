DELETE FROM incident_values WHERE incident_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
