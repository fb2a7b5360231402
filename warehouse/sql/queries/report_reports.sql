-- A row is one report of an incident, with its evidence and where to read the article, in order of publication.
SELECT r.incident_id, r.report_id, r.article_id, r.outlet, r.family, r.kind, r.url, r.published_at, r.current,
    r.correction, r.evidence, a.title AS title, a.language AS language
FROM reports r LEFT JOIN articles a ON a.article_id = r.article_id
WHERE r.incident_id IS NOT NULL
ORDER BY r.incident_id, coalesce(r.published_at, r.seen_at), r.report_id
