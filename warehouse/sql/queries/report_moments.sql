-- One row: how far the data go. last_run_at: when the newest run began; live_from: the first local day with a live
-- attack; last_published_at: the newest article.
SELECT (SELECT max(started_at) FROM runs) AS last_run_at,
    (SELECT min(day) FROM counted_incidents WHERE attacks > 0) AS live_from,
    (SELECT max(day) FROM counted_incidents WHERE attacks > 0) AS live_until,
    (SELECT max(published_at) FROM articles) AS last_published_at
