-- A row is one feed in use, with how its last polls went.
CREATE VIEW source_health AS
SELECT s.source_id, s.url, coalesce(h.status, 'skipped') AS status, h.error AS error,
    CASE WHEN h.source_id IS NULL THEN 'not polled yet' ELSE h.detail END AS detail,
    coalesce(h.failures_in_a_row, 0) AS failures_in_a_row, h.last_attempt_at AS last_attempt_at,
    h.last_success_at AS last_success_at, h.last_new_entry_at AS last_new_entry_at, h.next_due_at AS next_due_at
FROM sources s LEFT JOIN internal.source_state h ON h.source_id = s.source_id
WHERE s.active;
COMMENT ON VIEW source_health IS 'One row per feed in use: how its last polls went. A poll that changed nothing may be missing here until the next publication.';
COMMENT ON COLUMN source_health.source_id IS 'Slug of the feed.';
COMMENT ON COLUMN source_health.url IS 'Address of the feed as configured.';
COMMENT ON COLUMN source_health.status IS 'ok, degraded (entries kept and a defect noted), error or skipped.';
COMMENT ON COLUMN source_health.error IS 'Null, or timeout, network, protocol, too_large, decode, parse, not_a_feed, empty, http_4xx, http_5xx, rate_limited, gone, auth, too_many_redirects, bad_redirect, blocked_address, blocked_scheme or robots.';
COMMENT ON COLUMN source_health.detail IS 'The particulars, for people; null where there is nothing to say.';
COMMENT ON COLUMN source_health.failures_in_a_row IS 'Failed polls since the last good one.';
COMMENT ON COLUMN source_health.last_attempt_at IS 'When it was last polled; null: never.';
COMMENT ON COLUMN source_health.last_success_at IS 'When a poll last went well; null: never.';
COMMENT ON COLUMN source_health.last_new_entry_at IS 'When it last had an entry not seen before; null: never.';
COMMENT ON COLUMN source_health.next_due_at IS 'When it is polled next; null: at once.';
