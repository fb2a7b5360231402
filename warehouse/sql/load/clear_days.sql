DELETE FROM internal.dirty_days WHERE day IN (SELECT unnest(CAST($1 AS DATE[])))
