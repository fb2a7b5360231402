SELECT incident_id, content_hash FROM internal.incident_state WHERE incident_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
