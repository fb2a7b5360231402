-- A row is one span of an article's text that a value of a report stands on.
CREATE VIEW report_evidence AS
SELECT report_id, article_id, e."field" AS "field", e.quote AS quote, e."start" AS "start", e."end" AS "end"
FROM (SELECT report_id, article_id, unnest(evidence) AS e FROM reports);
COMMENT ON VIEW report_evidence IS 'The words each value of a report stands on: title, two line feeds and text of the article, from start to end, are the quote.';
COMMENT ON COLUMN report_evidence.report_id IS 'The report.';
COMMENT ON COLUMN report_evidence.article_id IS 'The article that the offsets point into.';
COMMENT ON COLUMN report_evidence."field" IS 'The field of the report that the words support.';
COMMENT ON COLUMN report_evidence.quote IS 'The words.';
COMMENT ON COLUMN report_evidence."start" IS 'Offset of the first character, counted in Unicode code points from 0.';
COMMENT ON COLUMN report_evidence."end" IS 'Offset behind the last character.';
