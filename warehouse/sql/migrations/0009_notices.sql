-- The outbox also carries what no incident gives cause for: the daily digest, feeds and channels in trouble.
COMMENT ON COLUMN alerts.kind IS 'new, updated or dismissed; digest (the day''s) or notice (a feed or channel in trouble).';
COMMENT ON COLUMN alerts.change IS 'For updated: status, casualties, claim or correction; for notice: sources or channel; for digest: daily; null otherwise.';
COMMENT ON COLUMN alerts.incident_id IS 'The incident, by the id it had then; empty for a digest or a notice.';
