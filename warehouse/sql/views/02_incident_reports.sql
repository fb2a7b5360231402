-- A row is one report that tells of one incident. Reports that are not resolved yet are left out.
CREATE VIEW incident_reports AS
SELECT incident_id, report_id, article_id, outlet, family, url, published_at, current
FROM reports WHERE incident_id IS NOT NULL;
COMMENT ON VIEW incident_reports IS 'Which reports tell of which incident, and where to read them.';
COMMENT ON COLUMN incident_reports.incident_id IS 'The incident.';
COMMENT ON COLUMN incident_reports.report_id IS 'The report.';
COMMENT ON COLUMN incident_reports.article_id IS 'Its article.';
COMMENT ON COLUMN incident_reports.outlet IS 'Outlet of the article.';
COMMENT ON COLUMN incident_reports.family IS 'Publisher family of the outlet.';
COMMENT ON COLUMN incident_reports.url IS 'Address of the article.';
COMMENT ON COLUMN incident_reports.published_at IS 'When the article was published; null where unknown.';
COMMENT ON COLUMN incident_reports.current IS 'True where the attack is the article''s news, false where it is background.';
