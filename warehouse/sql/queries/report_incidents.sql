-- A row is one incident for the page, newest first; the columns it counts in (1 or 0), null where in none.
-- former_ids: the ids that were merged into it, so that old links lead on.
SELECT i.* EXCLUDE (content_hash), c.confirmed AS counts_confirmed, c.attacks AS counts_attacks,
    c.claimed_only AS counts_claimed, c.in_tally AS in_tally, coalesce(f.former_ids, []) AS former_ids
FROM incidents i
LEFT JOIN counted_incidents c ON c.incident_id = i.incident_id
LEFT JOIN (SELECT new_id, list(old_id ORDER BY old_id) AS former_ids FROM incident_redirects GROUP BY new_id) f
    ON f.new_id = i.incident_id
ORDER BY i.day DESC NULLS LAST, i.clock DESC NULLS LAST, i.incident_id
