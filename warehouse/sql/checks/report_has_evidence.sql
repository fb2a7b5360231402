-- severity: error
-- reason: no report without the words it stands on
SELECT report_id AS subject, 'has no evidence' AS finding FROM reports WHERE len(evidence) = 0
