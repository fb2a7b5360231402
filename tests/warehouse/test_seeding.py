"""The history that comes with the program: loaded once, marked, and out of the tallies' other columns."""

from __future__ import annotations

import datetime as dt

from extract.knowledge import load_knowledge
from tests.warehouse.conftest import House
from tests.warehouse.making import NOW, report, result
from warehouse.seeding import SEEDS, load_seeds, remove_seeds


def test_seeds_are_loaded_once_and_marked(house: House) -> None:
    sites = load_knowledge().sites
    assert load_seeds(house.con, sites, NOW) is True
    incidents = (SEEDS / "known_incidents.csv").read_text(encoding="utf-8").count("\n") - 1
    assert house.rows("SELECT origin, count(*) FROM incidents GROUP BY ALL") == [("seed", incidents)]
    tallies = (SEEDS / "official_tallies.csv").read_text(encoding="utf-8").count("\n") - 1
    assert house.one("SELECT count(DISTINCT tally_id) FROM stated_tallies") == tallies
    before = house.dump()
    assert load_seeds(house.con, sites, NOW + dt.timedelta(days=1)) is False
    assert house.dump() == before


def test_seeds_count_in_their_own_column_alone(house: House) -> None:
    load_seeds(house.con, load_knowledge().sites, NOW)
    rows = house.rows("SELECT country, confirmed, attacks, claimed_only, seeded > 20 FROM tally(NULL, NULL)")
    assert rows[:3] == [("Iraq", 0, 0, 0, True), ("Syria", 0, 0, 0, True), ("all", 0, 0, 0, True)]


def test_a_seed_that_live_reports_tell_of_is_counted_from_those(house: House) -> None:
    load_seeds(house.con, load_knowledge().sites, NOW)
    day, site_id, before = house.rows(
        "SELECT i.day, i.site_id, (SELECT count(*) FROM counted_incidents c WHERE c.seeded = 1) "
        "FROM incidents i WHERE i.date IS NOT NULL AND i.site_id IN ('al_tanf') ORDER BY i.day LIMIT 1"
    )[0]
    house.load(result("one", report("one", date=day, site_id=site_id)))
    house.resolve()
    assert house.one("SELECT count(*) FROM counted_incidents WHERE seeded = 1") < before
    assert house.one("SELECT count(*) FROM counted_incidents WHERE attacks = 1") == 1


def test_a_new_installation_says_what_officials_counted(house: House) -> None:
    load_seeds(house.con, load_knowledge().sites, NOW)
    stated = house.rows(
        "SELECT stated_total, stated_iraq, stated_syria, counted_total, gap FROM tally_against_stated "
        "WHERE series = 'dod_2023' AND as_of = DATE '2023-12-08'"
    )
    assert (78, 37, 41, 0, 78) in stated


def test_resolution_leaves_seeds_alone_and_they_can_be_taken_out(house: House) -> None:
    load_seeds(house.con, load_knowledge().sites, NOW)
    seeds = house.one("SELECT count(*) FROM incidents")
    house.load(result("one", report("one", date=dt.date(2023, 11, 9))))
    house.resolve()
    assert house.one("SELECT count(*) FROM incidents WHERE origin = 'seed'") == seeds
    remove_seeds(house.con)
    assert house.rows("SELECT origin, count(*) FROM incidents GROUP BY ALL") == [("live", 1)]
    assert house.one("SELECT count(*) FROM stated_tallies") == 0
