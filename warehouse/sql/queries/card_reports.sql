-- The reports of one incident, in order of publication, each with its evidence and where to read it.
SELECT r.* EXCLUDE (fingerprint, day_from, day_until), a.title AS title, a.language AS language,
    a.page_file AS page_file, a.page_offset AS page_offset
FROM reports r LEFT JOIN articles a ON a.article_id = r.article_id
WHERE r.incident_id = $1
ORDER BY coalesce(r.published_at, r.seen_at), r.report_id
