-- What articles say. A report's evidence is stored inside its row, so that a report and the words it stands
-- on are written, replaced and deleted together; the view report_evidence unfolds it.

CREATE TABLE articles (
    article_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    language VARCHAR,
    outlet VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    kind VARCHAR,
    published_at TIMESTAMPTZ,
    published_status VARCHAR NOT NULL,
    modified_at TIMESTAMPTZ,
    seen_at TIMESTAMPTZ,
    text_hash VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    extractor VARCHAR NOT NULL,
    relevant BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    rules_version VARCHAR NOT NULL,
    reading_hash VARCHAR NOT NULL,
    versions INTEGER NOT NULL,
    page_file VARCHAR,
    page_offset BIGINT,
    quiet BOOLEAN NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE articles IS 'One row per page that was read and kept: it reports attacks or states a tally. The newest version of the page.';
COMMENT ON COLUMN articles.article_id IS 'Id, made of the canonical address.';
COMMENT ON COLUMN articles.url IS 'Canonical address.';
COMMENT ON COLUMN articles.title IS 'Headline.';
COMMENT ON COLUMN articles.text IS 'Body text. Evidence offsets count in title, two line feeds, text.';
COMMENT ON COLUMN articles.language IS 'Language of the text; null where it could not be told.';
COMMENT ON COLUMN articles.outlet IS 'Outlet that published it.';
COMMENT ON COLUMN articles.family IS 'Publisher family of the outlet.';
COMMENT ON COLUMN articles.kind IS 'Kind of outlet; null where unknown.';
COMMENT ON COLUMN articles.published_at IS 'When it was published; null where not stated or implausible.';
COMMENT ON COLUMN articles.published_status IS 'found, not_stated, naive (no time zone given), implausible or inferred.';
COMMENT ON COLUMN articles.modified_at IS 'When the page says it was last changed; null where it does not say.';
COMMENT ON COLUMN articles.seen_at IS 'When we first met it.';
COMMENT ON COLUMN articles.text_hash IS 'Hash of title and text, to tell versions of one page apart.';
COMMENT ON COLUMN articles.fingerprint IS 'Sketch of the text by which near-duplicates are found.';
COMMENT ON COLUMN articles.extractor IS 'What read the text out of the page, with its version.';
COMMENT ON COLUMN articles.relevant IS 'True where the article tells of at least one attack in scope; false where it only states a tally.';
COMMENT ON COLUMN articles.reason IS 'Slug: why it is relevant or not.';
COMMENT ON COLUMN articles.rules_version IS 'Version of the rules that read it.';
COMMENT ON COLUMN articles.reading_hash IS 'Hash of all that was read, to skip what has not changed.';
COMMENT ON COLUMN articles.versions IS 'How many different texts of this page we have read.';
COMMENT ON COLUMN articles.page_file IS 'File in the archive with the page as fetched; null where none is kept.';
COMMENT ON COLUMN articles.page_offset IS 'Offset of the page''s record in that file, in bytes.';
COMMENT ON COLUMN articles.quiet IS 'True where it came as history (backfill): it raises no alert.';
COMMENT ON COLUMN articles.loaded_at IS 'When this version was loaded.';

CREATE TABLE internal.article_versions (
    article_id VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    modified_at TIMESTAMPTZ,
    page_file VARCHAR,
    page_offset BIGINT,
    loaded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE internal.article_versions IS 'Every text that one address has had, oldest first by loaded_at.';

CREATE TABLE reports (
    report_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    incident_id VARCHAR,
    date DATE,
    date_earliest DATE,
    date_latest DATE,
    date_precision VARCHAR NOT NULL,
    clock VARCHAR,
    day_part VARCHAR,
    country VARCHAR,
    site_id VARCHAR,
    site VARCHAR,
    lat DOUBLE,
    lon DOUBLE,
    place_precision VARCHAR,
    target_kind VARCHAR NOT NULL,
    weapon VARCHAR NOT NULL,
    munitions_min INTEGER,
    munitions_max INTEGER,
    intercepted VARCHAR,
    killed INTEGER,
    wounded INTEGER,
    us_killed INTEGER,
    us_wounded INTEGER,
    damage VARCHAR,
    claimed_by VARCHAR,
    attributed_to VARCHAR,
    confirmed_by VARCHAR NOT NULL,
    denied_by VARCHAR NOT NULL,
    correction BOOLEAN NOT NULL,
    current BOOLEAN NOT NULL,
    confidence DOUBLE NOT NULL,
    evidence STRUCT("field" VARCHAR, quote VARCHAR, "start" INTEGER, "end" INTEGER)[] NOT NULL,
    rules_version VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    kind VARCHAR,
    url VARCHAR NOT NULL,
    published_at TIMESTAMPTZ,
    seen_at TIMESTAMPTZ,
    fingerprint VARCHAR NOT NULL,
    day_from DATE NOT NULL,
    day_until DATE NOT NULL,
    quiet BOOLEAN NOT NULL
);
COMMENT ON TABLE reports IS 'What one article says of one attack. Not a count of attacks: see incidents.';
COMMENT ON COLUMN reports.report_id IS 'Article id and the attack''s place in the article''s order.';
COMMENT ON COLUMN reports.article_id IS 'The article.';
COMMENT ON COLUMN reports.incident_id IS 'The incident it was judged to tell of; null until resolved.';
COMMENT ON COLUMN reports.date IS 'Local day (Asia/Baghdad) of the attack; null where only a range is known or nothing.';
COMMENT ON COLUMN reports.date_earliest IS 'First local day it can have been; null where not stated.';
COMMENT ON COLUMN reports.date_latest IS 'Last local day it can have been; null where not stated.';
COMMENT ON COLUMN reports.date_precision IS 'day, range, month or unknown.';
COMMENT ON COLUMN reports.clock IS 'Local time HH:MM; null where not stated.';
COMMENT ON COLUMN reports.day_part IS 'night, dawn, morning, noon, afternoon or evening; null where not stated.';
COMMENT ON COLUMN reports.country IS 'Iraq, Syria or Jordan; null where not stated.';
COMMENT ON COLUMN reports.site_id IS 'Id in the gazetteer; null where the place is not named or not known.';
COMMENT ON COLUMN reports.site IS 'Name of the place in the gazetteer.';
COMMENT ON COLUMN reports.lat IS 'Latitude in degrees, as exact as place_precision.';
COMMENT ON COLUMN reports.lon IS 'Longitude in degrees, as exact as place_precision.';
COMMENT ON COLUMN reports.place_precision IS 'site, city, province or country; null without a place.';
COMMENT ON COLUMN reports.target_kind IS 'embassy, consulate, base, outpost, convoy, oil_field, airport, personnel or other.';
COMMENT ON COLUMN reports.weapon IS 'rocket, drone, ballistic_missile, cruise_missile, mortar, ied, small_arms, mixed or unknown.';
COMMENT ON COLUMN reports.munitions_min IS 'Least number of munitions stated; null where not stated or only "several".';
COMMENT ON COLUMN reports.munitions_max IS 'Greatest number of munitions stated; null as munitions_min.';
COMMENT ON COLUMN reports.intercepted IS 'all, some or none of them shot down; null where not stated.';
COMMENT ON COLUMN reports.killed IS 'People killed; 0 only where the text says none; null where it does not say.';
COMMENT ON COLUMN reports.wounded IS 'People wounded; 0 and null as in killed.';
COMMENT ON COLUMN reports.us_killed IS 'US personnel killed; 0 and null as in killed.';
COMMENT ON COLUMN reports.us_wounded IS 'US personnel wounded; 0 and null as in killed.';
COMMENT ON COLUMN reports.damage IS 'none, minor, major or unspecified; null where not stated.';
COMMENT ON COLUMN reports.claimed_by IS 'Actor id of the group that claims it; null where nobody does.';
COMMENT ON COLUMN reports.attributed_to IS 'Actor id of the group that is blamed; null where nobody is.';
COMMENT ON COLUMN reports.confirmed_by IS 'us, coalition, host_government, security_source or none.';
COMMENT ON COLUMN reports.denied_by IS 'Who says that it did not happen, as in confirmed_by; none where nobody does.';
COMMENT ON COLUMN reports.correction IS 'True where the article says that it corrects what was reported before.';
COMMENT ON COLUMN reports.current IS 'True where the attack is the article''s news, false where it is background.';
COMMENT ON COLUMN reports.confidence IS 'From 0 to 1: how likely the report is right.';
COMMENT ON COLUMN reports.evidence IS 'The words each value stands on; unfolded in report_evidence.';
COMMENT ON COLUMN reports.rules_version IS 'Version of the rules that read it.';
COMMENT ON COLUMN reports.outlet IS 'Outlet of the article.';
COMMENT ON COLUMN reports.family IS 'Publisher family of the outlet.';
COMMENT ON COLUMN reports.kind IS 'Kind of outlet; null where unknown.';
COMMENT ON COLUMN reports.url IS 'Address of the article.';
COMMENT ON COLUMN reports.published_at IS 'When the article was published; null where unknown.';
COMMENT ON COLUMN reports.seen_at IS 'When we first met the article.';
COMMENT ON COLUMN reports.fingerprint IS 'The article''s sketch for near-duplicates.';
COMMENT ON COLUMN reports.day_from IS 'First day on which resolution looks for its like.';
COMMENT ON COLUMN reports.day_until IS 'Last day on which resolution looks for its like.';
COMMENT ON COLUMN reports.quiet IS 'True where it came as history: it raises no alert.';

CREATE TABLE stated_tallies (
    tally_id VARCHAR NOT NULL,
    article_id VARCHAR,
    total INTEGER,
    iraq INTEGER,
    syria INTEGER,
    jordan INTEGER,
    since DATE,
    as_of DATE,
    speaker VARCHAR,
    evidence STRUCT("field" VARCHAR, quote VARCHAR, "start" INTEGER, "end" INTEGER)[] NOT NULL,
    source_url VARCHAR,
    origin VARCHAR NOT NULL
);
COMMENT ON TABLE stated_tallies IS 'Running counts that officials and monitors state, as articles quote them. Not incidents.';
COMMENT ON COLUMN stated_tallies.tally_id IS 'Article id and the tally''s place in it, or the id of a seeded fact.';
COMMENT ON COLUMN stated_tallies.article_id IS 'The article that quotes it; null for seeded facts.';
COMMENT ON COLUMN stated_tallies.total IS 'Attacks in all; null where not stated.';
COMMENT ON COLUMN stated_tallies.iraq IS 'Attacks in Iraq; null where not stated.';
COMMENT ON COLUMN stated_tallies.syria IS 'Attacks in Syria; null where not stated.';
COMMENT ON COLUMN stated_tallies.jordan IS 'Attacks in Jordan; null where not stated.';
COMMENT ON COLUMN stated_tallies.since IS 'First local day the count covers; null where not stated.';
COMMENT ON COLUMN stated_tallies.as_of IS 'Last local day the count covers; null where not known.';
COMMENT ON COLUMN stated_tallies.speaker IS 'Who states it; null where the article does not say.';
COMMENT ON COLUMN stated_tallies.evidence IS 'The words it stands on, with offsets into the article.';
COMMENT ON COLUMN stated_tallies.source_url IS 'Address of the page it comes from.';
COMMENT ON COLUMN stated_tallies.origin IS 'article, or seed for facts that came with the program.';

CREATE TABLE internal.dirty_days (day DATE PRIMARY KEY);
COMMENT ON TABLE internal.dirty_days IS 'Local days whose reports have changed since they were last resolved.';
CREATE TABLE internal.dirty_incidents (incident_id VARCHAR PRIMARY KEY);
COMMENT ON TABLE internal.dirty_incidents IS 'Incidents that have lost a report since they were last resolved.';
