-- Reports that may lie on one of the days from $1 to $2.
SELECT * FROM reports WHERE day_from <= $2 AND day_until >= $1 ORDER BY report_id
