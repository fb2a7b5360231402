SELECT DISTINCT day_from, day_until FROM reports WHERE report_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
