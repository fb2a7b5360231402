-- How far a rebuild has come, by the rules it reads with.
CREATE TABLE internal.rebuilds (rules_version VARCHAR PRIMARY KEY, done_until VARCHAR NOT NULL);
COMMENT ON TABLE internal.rebuilds IS 'How far a rebuild has come, so that one that was killed goes on.';
