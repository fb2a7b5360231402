-- Sources in use with their state; status is null for one that was never polled.
SELECT s.source_id, s.url, s.outlet, s.family, s.language, s.kind, s.every_seconds, s.note,
    h.* EXCLUDE (source_id)
FROM sources s LEFT JOIN internal.source_state h ON h.source_id = s.source_id
WHERE s.active
ORDER BY s.source_id
