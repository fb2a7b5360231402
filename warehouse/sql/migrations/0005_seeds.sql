-- What seeded facts bring beyond what articles say.

ALTER TABLE stated_tallies ADD COLUMN series VARCHAR;
ALTER TABLE stated_tallies ADD COLUMN quality VARCHAR;
ALTER TABLE stated_tallies ADD COLUMN note VARCHAR;
COMMENT ON COLUMN stated_tallies.series IS 'For seeded facts: which count it continues. Never mix series: they count different things since different days.';
COMMENT ON COLUMN stated_tallies.quality IS 'For seeded facts: verified, reported or unverified; null otherwise.';
COMMENT ON COLUMN stated_tallies.note IS 'For seeded facts: doubt and disagreement; null otherwise.';
ALTER TABLE incidents ADD COLUMN quality VARCHAR;
ALTER TABLE incidents ADD COLUMN note VARCHAR;
COMMENT ON COLUMN incidents.quality IS 'For seeded incidents: verified, reported or unverified; null for live ones.';
COMMENT ON COLUMN incidents.note IS 'For seeded incidents: doubt and disagreement; null for live ones.';
ALTER TABLE internal.meta ADD COLUMN seeds_hash VARCHAR;
