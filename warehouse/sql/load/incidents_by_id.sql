SELECT * FROM incidents WHERE incident_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
