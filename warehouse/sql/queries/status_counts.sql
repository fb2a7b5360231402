SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM reports) AS reports,
    (SELECT count(*) FROM incidents WHERE origin = 'live') AS incidents,
    (SELECT count(*) FROM stated_tallies) AS stated_tallies,
    (SELECT count(*) FROM alerts WHERE state IN ('pending', 'held')) AS alerts_pending,
    (SELECT count(*) FROM internal.dirty_days) AS days_to_resolve
