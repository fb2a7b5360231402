-- $1: now, $2: how many. New entries before failed ones, so that a site that is down delays nothing.
SELECT entry_id, source_id, url, guid, title, summary, published_at, published_status, seen_at, attempts, reason
FROM internal.entries
WHERE state IN ('due', 'failed') AND due_at <= $1
ORDER BY attempts, coalesce(published_at, seen_at) DESC, entry_id
LIMIT $2
