-- Every feed in use with its health and its own rhythm: usual_gap is the time that nine of ten pauses between new
-- entries do not exceed; null where it was seen to have new entries fewer than six times.
WITH seen AS (
    SELECT DISTINCT source_id, seen_at FROM internal.entries
), gaps AS (
    SELECT source_id, seen_at - lag(seen_at) OVER (PARTITION BY source_id ORDER BY seen_at) AS gap FROM seen
), rhythm AS (
    SELECT source_id, CASE WHEN count(gap) >= 5 THEN quantile_cont(epoch(gap), 0.9) END AS usual_gap_seconds
    FROM gaps GROUP BY source_id
), newest AS (
    SELECT source_id, max(published_at) AS newest_published_at FROM internal.entries GROUP BY source_id
)
SELECT h.source_id, h.url, h.status, h.error, h.detail, h.failures_in_a_row, h.last_attempt_at, h.last_success_at,
    h.last_new_entry_at, h.next_due_at, s.moved_to, s.moved_since, r.usual_gap_seconds, n.newest_published_at
FROM source_health h
LEFT JOIN internal.source_state s ON s.source_id = h.source_id
LEFT JOIN rhythm r ON r.source_id = h.source_id
LEFT JOIN newest n ON n.source_id = h.source_id
ORDER BY h.source_id
