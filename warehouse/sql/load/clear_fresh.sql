DELETE FROM internal.fresh_reports WHERE report_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
