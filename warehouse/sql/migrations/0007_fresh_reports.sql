-- What an alert may rest on: reports that live polling brought or changed. A rebuild, a backfill or new rules change
-- incidents too, but are no news.
CREATE TABLE internal.fresh_reports (report_id VARCHAR NOT NULL);
COMMENT ON TABLE internal.fresh_reports IS 'Reports that came or changed as news since they were last resolved.';
CREATE TABLE internal.fresh_reviews (review_id VARCHAR PRIMARY KEY);
COMMENT ON TABLE internal.fresh_reviews IS 'Reviews made since what they are about was last resolved.';
