-- A row is one count that somebody stated (told by one article or by many), beside what we count over the same days.
-- counted_ is the column `attacks`: officials count what they know of, whether or not they said so at the time.
-- Without both ends of its window a stated count cannot be compared: counted_ and gap are null.
-- Sums are taken from days, so that a thousand stated counts cost a thousand times the days, not the incidents.
CREATE VIEW tally_against_stated AS
WITH stated AS (
    SELECT as_of, since, speaker, total, iraq, syria, jordan, origin, series,
        CAST(count(DISTINCT article_id) AS INTEGER) AS articles, list(tally_id ORDER BY tally_id) AS tally_ids
    FROM stated_tallies GROUP BY ALL
), days AS (
    SELECT day, CAST(sum(attacks) FILTER (country = 'Iraq') AS INTEGER) AS iraq,
        CAST(sum(attacks) FILTER (country = 'Syria') AS INTEGER) AS syria,
        CAST(sum(attacks) FILTER (country = 'Jordan') AS INTEGER) AS jordan
    FROM counted_incidents WHERE attacks > 0 GROUP BY day
), windows AS (
    SELECT w.since, w.as_of, CAST(coalesce(sum(d.iraq), 0) AS INTEGER) AS iraq,
        CAST(coalesce(sum(d.syria), 0) AS INTEGER) AS syria, CAST(coalesce(sum(d.jordan), 0) AS INTEGER) AS jordan
    FROM (SELECT DISTINCT since, as_of FROM stated WHERE since IS NOT NULL AND as_of IS NOT NULL) w
    LEFT JOIN days d ON d.day BETWEEN w.since AND w.as_of
    GROUP BY w.since, w.as_of
)
SELECT s.as_of AS as_of, s.since AS since, s.speaker AS speaker,
    s.total AS stated_total, s.iraq AS stated_iraq, s.syria AS stated_syria, s.jordan AS stated_jordan,
    c.iraq + c.syria + CASE WHEN s.jordan IS NULL THEN 0 ELSE c.jordan END AS counted_total,
    c.iraq AS counted_iraq, c.syria AS counted_syria, c.jordan AS counted_jordan,
    s.total - counted_total AS gap, s.iraq - c.iraq AS gap_iraq, s.syria - c.syria AS gap_syria,
    s.origin AS origin, s.series AS series, s.articles AS articles, s.tally_ids AS tally_ids
FROM stated s LEFT JOIN windows c ON c.since = s.since AND c.as_of = s.as_of
ORDER BY s.as_of, s.since, s.speaker;
COMMENT ON VIEW tally_against_stated IS 'Every running count that somebody stated, beside ours over the same days, and the gap.';
COMMENT ON COLUMN tally_against_stated.as_of IS 'Last local day the stated count covers; null where not known.';
COMMENT ON COLUMN tally_against_stated.since IS 'First local day it covers; null where not stated.';
COMMENT ON COLUMN tally_against_stated.speaker IS 'Who states it; null where not said.';
COMMENT ON COLUMN tally_against_stated.stated_total IS 'Attacks in all, as stated.';
COMMENT ON COLUMN tally_against_stated.stated_iraq IS 'Attacks in Iraq, as stated.';
COMMENT ON COLUMN tally_against_stated.stated_syria IS 'Attacks in Syria, as stated.';
COMMENT ON COLUMN tally_against_stated.stated_jordan IS 'Attacks in Jordan, as stated.';
COMMENT ON COLUMN tally_against_stated.counted_total IS 'Our attacks in Iraq and Syria over the same days (with Jordan where the stated count has it); null where the window is not known.';
COMMENT ON COLUMN tally_against_stated.counted_iraq IS 'Our attacks in Iraq over the same days.';
COMMENT ON COLUMN tally_against_stated.counted_syria IS 'Our attacks in Syria over the same days.';
COMMENT ON COLUMN tally_against_stated.counted_jordan IS 'Our attacks in Jordan over the same days.';
COMMENT ON COLUMN tally_against_stated.gap IS 'stated_total less counted_total: above 0 we may be missing some, below 0 we may count too many.';
COMMENT ON COLUMN tally_against_stated.gap_iraq IS 'The same for Iraq.';
COMMENT ON COLUMN tally_against_stated.gap_syria IS 'The same for Syria.';
COMMENT ON COLUMN tally_against_stated.origin IS 'article, or seed for facts that came with the program.';
COMMENT ON COLUMN tally_against_stated.series IS 'For seeded facts: which count it continues. Some series count other things than attacks in Iraq and Syria.';
COMMENT ON COLUMN tally_against_stated.articles IS 'How many articles quote it.';
COMMENT ON COLUMN tally_against_stated.tally_ids IS 'The rows of stated_tallies behind it.';
