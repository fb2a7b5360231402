"""Every seeded fact keeps to the vocabularies, to the ids of extract/data, and to its columns' promises."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest

from extract.knowledge import load_knowledge
from extract.records import Confirmer, Country, DatePrecision, Weapon

SEEDS = Path(__file__).parents[2] / "warehouse" / "seeds"
QUALITY = ("verified", "reported", "unverified")
INCIDENT_COLUMNS = [
    "seed_id", "date", "date_precision", "site_id", "country", "weapon", "munitions_min", "munitions_max",
    "killed", "wounded", "us_killed", "us_wounded", "claimed_by", "attributed_to", "confirmed_by", "quality",
    "source_url", "note",
]  # fmt: skip
TALLY_COLUMNS = [
    "as_of", "since", "total", "iraq", "syria", "jordan", "us_wounded", "speaker", "series", "quality",
    "source_url", "note",
]  # fmt: skip
LATEST = dt.date(2026, 12, 31)


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


INCIDENTS = rows("known_incidents.csv")
TALLIES = rows("official_tallies.csv")


def name_of(row: dict[str, str]) -> str:
    return row.get("seed_id") or f"{row['as_of']}-{row['series']}-{row['total']}"


def count(cell: str) -> int | None:
    assert re.fullmatch(r"\d*", cell), f"{cell!r} is no count"
    return int(cell) if cell else None


def urls(row: dict[str, str]) -> list[str]:
    return row["source_url"].split(" ") if row["source_url"] else []


@pytest.fixture(scope="module")
def known():
    return load_knowledge()


@pytest.fixture(scope="module")
def actors(known):
    return {actor.actor_id for actor in known.actors}


each_incident = pytest.mark.parametrize("row", INCIDENTS, ids=name_of)
each_tally = pytest.mark.parametrize("row", TALLIES, ids=name_of)
each_row = pytest.mark.parametrize("row", INCIDENTS + TALLIES, ids=name_of)


# --- both files -------------------------------------------------------------------------------------


def test_the_columns_are_those_the_readme_explains():
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    assert list(INCIDENTS[0]) == INCIDENT_COLUMNS
    assert list(TALLIES[0]) == TALLY_COLUMNS
    assert all(column in readme for column in INCIDENT_COLUMNS + TALLY_COLUMNS)


def test_there_is_enough_history_to_stand_on():
    assert len(INCIDENTS) >= 150
    assert len(TALLIES) >= 60
    assert {row["date"][:4] for row in INCIDENTS} >= {str(year) for year in range(2020, 2027)}


@each_row
def test_a_row_is_written_plainly(row):
    for cell in row.values():
        assert cell == cell.strip()
        assert "  " not in cell
        assert cell.isprintable()
        assert unicodedata.is_normalized("NFC", cell)


@each_row
def test_a_row_has_an_address_unless_it_is_unverified(row):
    assert row["quality"] in QUALITY
    assert urls(row) or row["quality"] == "unverified"
    for url in urls(row):
        parts = urlsplit(url)
        assert parts.scheme in ("http", "https")
        assert "." in (parts.hostname or "")
        assert len(parts.path) > 1 or parts.query, f"{url} names no page"


@each_row
def test_a_row_without_an_address_says_why(row):
    assert urls(row) or row["note"]


# --- known incidents --------------------------------------------------------------------------------


@each_incident
def test_an_incident_keeps_to_the_vocabularies(row, known, actors):
    assert row["date_precision"] in get_args(DatePrecision)
    assert row["country"] in get_args(Country)
    assert row["weapon"] in get_args(Weapon)
    assert row["confirmed_by"] in get_args(Confirmer)
    assert known.site(row["site_id"]).country == row["country"]
    assert {row["claimed_by"], row["attributed_to"]} - {""} <= actors


@each_incident
def test_an_incident_happened_on_a_day_that_was(row):
    assert dt.date(2019, 10, 1) <= dt.date.fromisoformat(row["date"]) <= LATEST


@each_incident
def test_the_counts_of_an_incident_make_sense(row):
    low, high = count(row["munitions_min"]), count(row["munitions_max"])
    assert low is None or low > 0
    assert high is None or (low is not None and high >= low)
    for all_of, americans in (("killed", "us_killed"), ("wounded", "us_wounded")):
        total, part = count(row[all_of]), count(row[americans])
        assert total is None or part is None or part <= total
        assert total != 0 or part in (0, None)


@each_incident
def test_those_who_claim_or_are_blamed_may_be_attackers(row, known):
    for actor_id in {row["claimed_by"], row["attributed_to"]} - {""}:
        assert known.actor(actor_id).side == "attacker"


@each_incident
def test_an_official_confirmation_is_not_called_unverified_without_saying_why(row):
    official = row["confirmed_by"] in ("us", "coalition", "host_government")
    assert official or row["quality"] != "verified"
    assert not (official and row["quality"] == "unverified") or row["note"]


def test_an_incident_outside_the_sites_years_of_use_is_explained(known):
    outside = [
        row
        for row in INCIDENTS
        if not known.site(row["site_id"]).in_use_on(dt.date.fromisoformat(row["date"]))
    ]
    assert {row["site_id"] for row in outside} <= {"camp_taji", "imam_ali_air_base"}
    assert all("Iraqi-run" in row["note"] for row in outside)


def test_incidents_are_in_order_and_their_ids_tell_them_apart():
    keys = [(row["date"], row["site_id"], row["seed_id"]) for row in INCIDENTS]
    assert all(before < after for before, after in pairwise(keys))
    ids = [row["seed_id"] for row in INCIDENTS]
    assert len(set(ids)) == len(ids)
    for row in INCIDENTS:
        assert re.fullmatch(rf"{row['date']}-{row['site_id'].replace('_', '-')}-\d", row["seed_id"])


def test_the_days_with_several_attacks_have_as_many_rows():
    def on(date: str, *sites: str) -> int:
        return sum(row["date"] == date and (not sites or row["site_id"] in sites) for row in INCIDENTS)

    assert on("2023-11-23") == 4
    assert on("2023-12-25") == 2
    assert on("2023-03-24", "green_village") == 2
    assert on("2023-12-08") == 4


# --- official tallies -------------------------------------------------------------------------------


@each_tally
def test_a_tally_keeps_to_its_columns(row, actors):
    since, as_of = dt.date.fromisoformat(row["since"]), dt.date.fromisoformat(row["as_of"])
    assert dt.date(2019, 10, 1) <= since <= as_of <= LATEST
    assert row["speaker"] in actors | {""}
    assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", row["series"])
    assert count(row["total"]) is not None or count(row["us_wounded"]) is not None


@each_tally
def test_the_countries_of_a_tally_add_up_to_its_total(row):
    parts = [count(row[country]) for country in ("iraq", "syria", "jordan")]
    total = count(row["total"])
    if row["iraq"] and row["syria"] and total is not None:
        assert sum(part or 0 for part in parts) == total


@each_tally
def test_a_series_is_explained(row):
    assert row["series"] in (SEEDS / "README.md").read_text(encoding="utf-8")


def test_tallies_are_in_order_without_doubles():
    keys = [(row["as_of"], row["series"], int(row["total"] or 0)) for row in TALLIES]
    assert all(before < after for before, after in pairwise(keys))


def test_the_pentagons_count_has_one_window_and_never_falls():
    """A row of another series slipped into this one would show here."""
    series = [row for row in TALLIES if row["series"] == "dod_2023"]
    assert {row["since"] for row in series} == {"2023-10-17"}
    assert {row["speaker"] for row in series} == {"pentagon", "us_official"}
    totals = [int(row["total"]) for row in series if row["total"]]
    assert totals == sorted(totals)


def test_no_series_but_one_that_says_so_mixes_windows():
    mixing = {
        series
        for series in {row["series"] for row in TALLIES}
        if len({row["since"] for row in TALLIES if row["series"] == series}) > 1
    }
    assert mixing <= {"iri_claims_2026"}


def test_the_number_78_belongs_to_two_windows():
    assert {row["since"] for row in TALLIES if row["total"] == "78"} == {"2021-01-01", "2023-10-17"}


def test_on_8_december_2023_officials_had_counted_78():
    (row,) = [row for row in TALLIES if row["as_of"] == "2023-12-08"]
    assert (row["total"], row["iraq"], row["syria"]) == ("78", "37", "41")
