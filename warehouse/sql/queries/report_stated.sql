-- A row is one count that somebody stated, beside ours over the same days, with a page and words it comes from.
SELECT t.as_of, t.since, t.speaker, t.stated_total, t.stated_iraq, t.stated_syria, t.stated_jordan, t.counted_total,
    t.counted_iraq, t.counted_syria, t.gap, t.origin, t.series, t.articles, s.source_url AS url, a.outlet AS outlet,
    s.evidence AS evidence, s.note AS note
FROM tally_against_stated t
LEFT JOIN stated_tallies s ON s.tally_id = t.tally_ids[1]
LEFT JOIN articles a ON a.article_id = s.article_id
WHERE coalesce(t.stated_total, t.stated_iraq, t.stated_syria) IS NOT NULL
ORDER BY t.as_of NULLS FIRST, t.since NULLS FIRST, t.stated_total, t.speaker, t.origin
