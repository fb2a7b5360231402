-- Entries whose article tells of an attack and is to be looked at again: pages that were fetched once some hours
-- ago, or twice and a day and a half ago. $1: now, $2: how many. The windows are short, so that a page that
-- cannot be had any more is not asked for all day.
WITH fetched AS (
    SELECT subject, count(*) AS times, min(fetched_at) AS first_at FROM internal.pages GROUP BY subject
)
SELECT e.entry_id, e.source_id, e.url, e.guid, e.title, e.summary, e.published_at, e.published_status, e.seen_at
FROM internal.entries e JOIN fetched f ON f.subject = e.entry_id
WHERE e.state = 'loaded' AND f.first_at > $1 - INTERVAL 3 DAY
  AND ((f.times = 1 AND f.first_at BETWEEN $1 - INTERVAL 8 HOUR AND $1 - INTERVAL 6 HOUR)
    OR (f.times <= 2 AND f.first_at BETWEEN $1 - INTERVAL 39 HOUR AND $1 - INTERVAL 36 HOUR))
ORDER BY f.first_at, e.entry_id
LIMIT $2
