-- Entries whose article tells of an attack and whose page is due for another look. $1: now. $2: how old a page is at
-- each look, in seconds since it was first fetched. $3, $4: a look that is owed is tried by the first run after every
-- so many seconds, for so many. $5: the kind of run. $6: how many.
-- No page is noted where a look came to nothing, so the step taken last is known from when the last run ended.
WITH fetched AS (
    SELECT subject, min(fetched_at) AS first_at, max(fetched_at) AS last_at
    FROM internal.pages WHERE kind = 'page' GROUP BY subject
), last_run AS (
    SELECT max(started_at) AS at FROM runs WHERE kind = $5 AND finished_at IS NOT NULL
), owed AS (
    SELECT f.subject, f.first_at, max(f.first_at + to_seconds(age)) AS look_at
    FROM fetched f, unnest($2::DOUBLE[]) AS looks(age)
    WHERE f.first_at + to_seconds(age) <= $1 AND f.last_at < f.first_at + to_seconds(age)
    GROUP BY f.subject, f.first_at
)
SELECT e.entry_id, e.source_id, e.url, e.guid, e.title, e.summary, e.published_at, e.published_status, e.seen_at
FROM internal.entries e JOIN owed o ON o.subject = e.entry_id, last_run r
WHERE e.state = 'loaded' AND $1 < o.look_at + to_seconds($4)
  AND (r.at IS NULL OR r.at < o.look_at
    OR floor(epoch($1 - o.look_at) / $3) > floor(epoch(r.at - o.look_at) / $3))
ORDER BY o.first_at, e.entry_id
LIMIT $6
