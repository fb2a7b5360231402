DELETE FROM {table} WHERE incident_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
