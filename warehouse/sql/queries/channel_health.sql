-- How each channel is. failures: how often in a row the one alert failed that failed most often since the last
-- delivery, so that ten alerts that fail together once count as one. $1: failures before this are forgotten.
WITH last AS (
    SELECT channel, max(changed_at) AS sent_at FROM internal.deliveries WHERE state = 'sent' GROUP BY channel
)
SELECT d.channel,
    CAST(count(*) FILTER (d.state = 'sent') AS INTEGER) AS sent,
    CAST(coalesce(max(d.attempts) FILTER (d.state = 'failed' AND d.changed_at >= $1
        AND (l.sent_at IS NULL OR d.changed_at > l.sent_at)), 0) AS INTEGER) AS failures,
    any_value(l.sent_at) AS last_sent_at,
    max(d.changed_at) FILTER (d.state = 'failed') AS last_failed_at,
    arg_max(d.detail, d.changed_at) FILTER (d.state = 'failed') AS detail
FROM internal.deliveries d LEFT JOIN last l ON l.channel = d.channel
GROUP BY d.channel ORDER BY d.channel
