-- severity: warning
-- reason: a feed that keeps failing is a hole in the watch
SELECT source_id AS subject, coalesce(error, 'error') || ', ' || failures_in_a_row || ' times in a row' AS finding
FROM source_health WHERE failures_in_a_row >= 10
