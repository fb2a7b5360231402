-- The newest stored page of each address, with the entry it was fetched for. $1: behind which place, $2: how many.
WITH newest AS (
    SELECT file, "offset", length, url, subject, fetched_at FROM internal.pages WHERE kind = 'page'
    QUALIFY row_number() OVER (PARTITION BY url ORDER BY fetched_at DESC, file DESC, "offset" DESC) = 1
)
SELECT p.*, e.entry_id, e.source_id, e.guid, e.title, e.summary, e.published_at, e.published_status, e.seen_at
FROM newest p LEFT JOIN internal.entries e ON e.entry_id = p.subject
WHERE p.file || ':' || lpad(CAST(p."offset" AS VARCHAR), 15, '0') > $1
ORDER BY p.file, p."offset"
LIMIT $2
