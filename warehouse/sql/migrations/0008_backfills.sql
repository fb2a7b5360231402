-- Which archives a backfill has been through, so that one that was killed goes on, and a second run does nothing.
CREATE TABLE internal.backfills (
    archive VARCHAR NOT NULL,          -- name, size in bytes and a hash of both ends of the file
    asked VARCHAR NOT NULL,            -- rules and filters it was read with; others mean reading it again
    path VARCHAR NOT NULL,
    pages BIGINT NOT NULL,             -- HTTP answers with a page that were looked at
    passed BIGINT NOT NULL,            -- of these, let through by the gate
    loaded BIGINT NOT NULL,
    counts JSON NOT NULL,              -- reason slug -> pages, for those that were not loaded
    losses VARCHAR[] NOT NULL,         -- what could not be read, each with its place in the file
    done_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (archive, asked)
);
COMMENT ON TABLE internal.backfills IS 'Archives read by basewatch backfill, with what came of each and what was lost.';
