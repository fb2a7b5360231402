-- A row is one feed in use: who publishes it, how its last polls went, how many kept articles came from its outlet.
SELECT s.source_id, s.outlet, s.family, s.kind, s.language, h.url, h.status, h.error, h.detail, h.failures_in_a_row,
    h.last_success_at, h.last_new_entry_at, coalesce(n.articles, 0) AS articles
FROM source_health h JOIN sources s ON s.source_id = h.source_id
LEFT JOIN (SELECT outlet, CAST(count(*) AS INTEGER) AS articles FROM articles GROUP BY outlet) n ON n.outlet = s.outlet
ORDER BY s.outlet, s.source_id
