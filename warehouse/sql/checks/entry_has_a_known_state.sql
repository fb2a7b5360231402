-- severity: error
-- reason: every entry ends exactly once, or is due
SELECT entry_id AS subject, 'has the state ' || state AS finding
FROM internal.entries
WHERE state NOT IN ('due', 'loaded', 'rejected', 'failed', 'given_up')
   OR (state IN ('due', 'failed')) <> (due_at IS NOT NULL)
   OR (state IN ('rejected', 'failed', 'given_up') AND reason IS NULL)
