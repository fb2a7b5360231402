-- severity: error
-- reason: what went no further is listed with why
SELECT entry_id AS subject, 'is rejected, and rejections has no row for it' AS finding
FROM internal.entries e
WHERE state = 'rejected' AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.subject = e.entry_id)
