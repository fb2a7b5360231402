-- severity: error
-- reason: no value without the words it came from: the text from start to end is the quote
-- substring counts code points, as the offsets do.
SELECT report_id AS subject, "field" || ': [' || "start" || ', ' || "end" || '] is not "' || quote || '"' AS finding
FROM (
    SELECT e.*, substring(a.title || chr(10) || chr(10) || a.text, e."start" + 1, e."end" - e."start") AS there
    FROM report_evidence e JOIN articles a ON a.article_id = e.article_id
)
WHERE there IS DISTINCT FROM quote
