-- A row is one kind of weapon, in Iraq and Syria together.
CREATE VIEW tally_by_weapon AS
SELECT weapon,
    CAST(sum(confirmed) AS INTEGER) AS confirmed,
    CAST(sum(attacks) AS INTEGER) AS attacks,
    CAST(sum(claimed_only) AS INTEGER) AS claimed_only,
    CAST(sum(seeded) AS INTEGER) AS seeded
FROM counted_incidents WHERE in_tally GROUP BY weapon
ORDER BY attacks DESC, weapon;
COMMENT ON VIEW tally_by_weapon IS 'Attacks in Iraq and Syria per kind of weapon.';
COMMENT ON COLUMN tally_by_weapon.weapon IS 'rocket, drone, ballistic_missile, cruise_missile, mortar, ied, small_arms, mixed or unknown.';
COMMENT ON COLUMN tally_by_weapon.confirmed IS 'Attacks that an official body confirms; part of attacks.';
COMMENT ON COLUMN tally_by_weapon.attacks IS 'Attacks that are confirmed, corroborated or reported by a single source.';
COMMENT ON COLUMN tally_by_weapon.claimed_only IS 'Attacks that the attackers alone report; not in attacks.';
COMMENT ON COLUMN tally_by_weapon.seeded IS 'Attacks of documented history that came with the program; not in the other columns.';
