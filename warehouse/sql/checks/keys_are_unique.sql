-- severity: error
-- reason: tables that grow have no primary key; this holds what one would
SELECT subject, finding FROM (
    SELECT entry_id AS subject, 'is stored twice as an entry' AS finding, count(*) AS n FROM internal.entries GROUP BY ALL
    UNION ALL SELECT article_id, 'is stored twice as an article', count(*) FROM articles GROUP BY ALL
    UNION ALL SELECT report_id, 'is stored twice as a report', count(*) FROM reports GROUP BY ALL
    UNION ALL SELECT incident_id, 'is stored twice as an incident', count(*) FROM incidents GROUP BY ALL
    UNION ALL SELECT subject, 'is stored twice as a rejection', count(*) FROM rejections GROUP BY ALL
    UNION ALL SELECT tally_id, 'is stored twice as a stated tally', count(*) FROM stated_tallies GROUP BY ALL
    UNION ALL SELECT file || ':' || "offset", 'is stored twice as a page', count(*) FROM internal.pages GROUP BY ALL
) WHERE n > 1
