-- Where news comes from, and where every feed entry ended.
-- Tables of the schema `internal` may change with any version; those of `main` are what users may rely on.
--
-- Tables that grow with history have no primary key: its index made the file three times as large and each
-- checkpoint rewrite the last 120,000 rows (2 s with articles' texts), and found a batch's rows no faster than a
-- scan. They are written through staging, which keeps keys unique, and sql/checks asserts it.

CREATE SCHEMA IF NOT EXISTS internal;

CREATE TABLE internal.meta (
    data_version BIGINT NOT NULL,
    published_version BIGINT NOT NULL,
    views_hash VARCHAR
);
INSERT INTO internal.meta VALUES (1, 0, NULL);
COMMENT ON TABLE internal.meta IS 'One row. The published copy is made anew when data_version has left published_version behind.';

CREATE TABLE sources (
    source_id VARCHAR PRIMARY KEY,
    url VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    every_seconds INTEGER,
    note VARCHAR NOT NULL,
    active BOOLEAN NOT NULL,
    added_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE sources IS 'One row per feed that is or was watched. Several feeds may belong to one publisher family.';
COMMENT ON COLUMN sources.source_id IS 'Slug of the feed, from the list of sources or the configuration.';
COMMENT ON COLUMN sources.url IS 'Address of the feed as configured.';
COMMENT ON COLUMN sources.outlet IS 'Name of the outlet, as shown to readers.';
COMMENT ON COLUMN sources.family IS 'Publisher family: the independent voice that corroboration counts.';
COMMENT ON COLUMN sources.language IS 'Language of the feed, as a two-letter code.';
COMMENT ON COLUMN sources.kind IS 'wire, official, local, regional, world, aggregator or monitor.';
COMMENT ON COLUMN sources.every_seconds IS 'Least time between two polls in seconds; null: the schedule''s own.';
COMMENT ON COLUMN sources.note IS 'What the feed gives, for people.';
COMMENT ON COLUMN sources.active IS 'False where the feed is no longer in the configuration; its articles stay.';
COMMENT ON COLUMN sources.added_at IS 'When the feed was first configured.';

CREATE TABLE internal.source_state (
    source_id VARCHAR PRIMARY KEY,
    status VARCHAR NOT NULL,
    error VARCHAR,
    detail VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    body_hash VARCHAR,
    interval_seconds INTEGER,
    failures_in_a_row INTEGER NOT NULL,
    last_attempt_at TIMESTAMPTZ,
    last_success_at TIMESTAMPTZ,
    last_new_entry_at TIMESTAMPTZ,
    next_due_at TIMESTAMPTZ,
    moved_to VARCHAR,
    moved_since TIMESTAMPTZ
);
COMMENT ON TABLE internal.source_state IS 'What the last polls of a feed left behind: validators, failures, when it is due next.';

CREATE TABLE internal.entries (
    entry_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    guid VARCHAR,
    title VARCHAR NOT NULL,
    summary VARCHAR NOT NULL,
    published_at TIMESTAMPTZ,
    published_status VARCHAR NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    state VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMPTZ,
    reason VARCHAR,
    detail VARCHAR,
    article_id VARCHAR,
    content_hash VARCHAR NOT NULL,
    updates INTEGER NOT NULL
);
COMMENT ON TABLE internal.entries IS 'One row per feed entry ever seen. state: due (to be read), loaded, rejected (with reason), failed (with reason, due again at due_at), given_up (failed too often).';

CREATE TABLE internal.pages (
    file VARCHAR NOT NULL,
    "offset" BIGINT NOT NULL,
    length BIGINT NOT NULL,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    subject VARCHAR,
    fetched_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE internal.pages IS 'Where each stored page or feed lies in the archive. subject: the entry (page) or source (feed) it was fetched for.';

CREATE TABLE rejections (
    subject VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    url VARCHAR,
    source_id VARCHAR,
    rejected_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR
);
COMMENT ON TABLE rejections IS 'What went no further, and why. One row per entry or article whose last reading ended so.';
COMMENT ON COLUMN rejections.subject IS 'Id of the feed entry or article.';
COMMENT ON COLUMN rejections.stage IS 'Where it ended: feed, filter, fetch, scrape or read.';
COMMENT ON COLUMN rejections.reason IS 'Slug of the rule or failure.';
COMMENT ON COLUMN rejections.detail IS 'The particulars, for people.';
COMMENT ON COLUMN rejections.url IS 'Canonical address; null where it had none.';
COMMENT ON COLUMN rejections.source_id IS 'The feed it came from; null outside of feeds.';
COMMENT ON COLUMN rejections.rejected_at IS 'When it was decided.';
COMMENT ON COLUMN rejections.run_id IS 'The run that decided.';

CREATE TABLE runs (
    run_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    pid INTEGER,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    outcome VARCHAR,
    counts JSON,
    version VARCHAR
);
COMMENT ON TABLE runs IS 'One row per run of the monitor, a backfill or a rebuild.';
COMMENT ON COLUMN runs.run_id IS 'Id of the run.';
COMMENT ON COLUMN runs.kind IS 'monitor, backfill, rebuild, demo or review.';
COMMENT ON COLUMN runs.pid IS 'Process id on the machine it ran on.';
COMMENT ON COLUMN runs.started_at IS 'When it began.';
COMMENT ON COLUMN runs.finished_at IS 'When it ended; null while it runs, or where it was killed.';
COMMENT ON COLUMN runs.outcome IS 'done, failures (done, with failures worth a look) or failed; null as finished_at.';
COMMENT ON COLUMN runs.counts IS 'What each stage did, as JSON.';
COMMENT ON COLUMN runs.version IS 'Version of basewatch that ran.';
