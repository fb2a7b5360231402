-- Entries known by their id whose title, summary or address have changed are due again. $1: now, $2: limit.
-- seen_at stays: it is when we first met the entry.
UPDATE internal.entries AS e
SET url = s.url, title = s.title, summary = s.summary, published_at = s.published_at,
    published_status = s.published_status, content_hash = s.content_hash, state = 'due', attempts = 0, due_at = $1,
    reason = NULL, detail = NULL, updates = e.updates + 1
FROM {stage} s
WHERE e.entry_id = s.entry_id AND e.content_hash <> s.content_hash AND e.updates < $2
RETURNING e.entry_id
