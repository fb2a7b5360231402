-- A row is one group that claims attacks in Iraq and Syria; one row, without a claimant, is for those that nobody claims.
CREATE VIEW tally_by_claimant AS
SELECT claimed_by,
    CAST(sum(confirmed) AS INTEGER) AS confirmed,
    CAST(sum(attacks) AS INTEGER) AS attacks,
    CAST(sum(claimed_only) AS INTEGER) AS claimed_only,
    CAST(sum(seeded) AS INTEGER) AS seeded
FROM counted_incidents WHERE in_tally GROUP BY claimed_by
ORDER BY attacks DESC, claimed_by;
COMMENT ON VIEW tally_by_claimant IS 'Attacks in Iraq and Syria per group that claims them. Claimed is not proven, and unclaimed is not nobody''s.';
COMMENT ON COLUMN tally_by_claimant.claimed_by IS 'Actor id of the group; null where nobody claims it.';
COMMENT ON COLUMN tally_by_claimant.confirmed IS 'Attacks that an official body confirms; part of attacks.';
COMMENT ON COLUMN tally_by_claimant.attacks IS 'Attacks that are confirmed, corroborated or reported by a single source.';
COMMENT ON COLUMN tally_by_claimant.claimed_only IS 'Attacks that the attackers alone report; not in attacks.';
COMMENT ON COLUMN tally_by_claimant.seeded IS 'Attacks of documented history that came with the program; not in the other columns.';
