-- The reports that are about to be replaced. $1: article ids.
SELECT report_id, incident_id, day_from, day_until
FROM reports WHERE article_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
