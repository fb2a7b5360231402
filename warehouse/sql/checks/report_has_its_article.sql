-- severity: error
-- reason: a report whose article is gone cannot be traced to its words
SELECT report_id AS subject, 'its article ' || article_id || ' is not stored' AS finding
FROM reports r WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.article_id = r.article_id)
