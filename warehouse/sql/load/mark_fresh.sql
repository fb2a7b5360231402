INSERT INTO internal.fresh_reports SELECT unnest(CAST($1 AS VARCHAR[]))
