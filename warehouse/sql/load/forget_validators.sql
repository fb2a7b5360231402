-- A feed whose address changed: what its old address answered says nothing about the new one.
UPDATE internal.source_state
SET etag = NULL, last_modified = NULL, body_hash = NULL, moved_to = NULL, moved_since = NULL, next_due_at = NULL,
    failures_in_a_row = 0
WHERE source_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
