-- How entries ended this time. A failure adds to the attempts; any other end keeps their number.
UPDATE internal.entries AS e
SET state = s.state, due_at = s.due_at, reason = s.reason, detail = s.detail,
    article_id = coalesce(s.article_id, e.article_id),
    attempts = e.attempts + CASE WHEN s.state IN ('failed', 'given_up') THEN 1 ELSE 0 END
FROM {stage} s WHERE e.entry_id = s.entry_id
