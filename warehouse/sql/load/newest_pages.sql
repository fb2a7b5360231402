-- The newest stored page of each address. Made once for all batches: the window costs the same for one batch as for all.
CREATE OR REPLACE TEMP TABLE newest_pages AS
SELECT file, "offset", length, url, subject, fetched_at, file || ':' || lpad(CAST("offset" AS VARCHAR), 15, '0') AS place
FROM internal.pages WHERE kind = 'page'
QUALIFY row_number() OVER (PARTITION BY url ORDER BY fetched_at DESC, file DESC, "offset" DESC) = 1
