-- The next stored pages of stored_pages(), with the entry each was fetched for. $1: behind which place, $2: how many.
SELECT p.*, e.entry_id, e.source_id, e.guid, e.title, e.summary, e.published_at, e.published_status, e.seen_at
FROM (SELECT * FROM newest_pages WHERE place > $1 ORDER BY place LIMIT $2) p
LEFT JOIN internal.entries e ON e.entry_id = p.subject
ORDER BY p.place
