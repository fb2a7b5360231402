"""`basewatch demo` as a newcomer runs it: its result against the archive's facts file."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extract.knowledge import load_knowledge
from extract.scoring import names_of
from flows.demo.bundle import ARCHIVE
from tests.flows.newsite import ROOT, Run

pytestmark = pytest.mark.slow

Row = dict[str, Any]


@dataclass(frozen=True)
class Comparison:
    """The facts' incidents found (with the row that tells of each) and missed, and what no fact knows."""

    found: list[tuple[Row, Row]]
    missed: list[str]
    extra: list[str]


@pytest.fixture(scope="module")
def facts() -> Row:
    """The truth of the archive, written apart from the program."""
    return tomllib.loads((ARCHIVE / "facts.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, basewatch_in: Any) -> tuple[Path, str]:
    """The demo's folder, and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    done = basewatch_in(folder)("demo", "--folder", folder / "demo")
    assert done.returncode == 0, done.stderr
    return folder / "demo", done.stdout


@pytest.fixture(scope="module")
def incidents(demo: tuple[Path, str], basewatch_in: Any) -> list[Row]:
    """What the demo's tally counts."""
    run: Run = basewatch_in(demo[0])
    rows: list[Row] = json.loads(
        run("incidents", "--format", "json", "--limit", "1000", "--db", demo[0] / "basewatch.duckdb").stdout
    )
    return rows


def compare(facts: Row, incidents: list[Row]) -> Comparison:
    """Pair each fact with one incident at its site (or one that is as right) on its day."""
    names = names_of(ROOT / "tests" / "golden", load_knowledge())
    left, found, missed = list(incidents), [], []
    for fact in facts["incident"]:
        sites = {names[site.casefold()] for site in (fact["site"], *fact.get("site_also", ()))}
        fitting = [row for row in left if row["site_id"] in sites and on_day(row, fact["date"])]
        if not fitting:
            missed.append(fact["id"])
            continue
        best = min(fitting, key=lambda row: (row["weapon"] != fact["weapon"], row["incident_id"]))
        left.remove(best)
        found.append((fact, best))
    return Comparison(found, missed, [f"{row['day']} {row['site_id']}" for row in left])


def on_day(row: Row, day: dt.date) -> bool:
    """Whether the incident may have been on this day."""
    return bool(row["date_earliest"] and row["date_earliest"] <= day.isoformat() <= row["date_latest"])


def test_the_incidents_are_the_archives_facts(facts: Row, incidents: list[Row]) -> None:
    """Every attack of the facts file once, and nothing else."""
    compared = compare(facts, incidents)
    assert compared.missed == []
    assert compared.extra == []
    assert len(compared.found) == len(facts["incident"])


def test_the_tally_by_country_is_the_facts_tally(
    facts: Row, demo: tuple[Path, str], basewatch_in: Any
) -> None:
    """Within 5 % per country, as the facts file counts."""
    run: Run = basewatch_in(demo[0])
    rows = json.loads(run("tally", "--format", "json", "--db", demo[0] / "basewatch.duckdb").stdout)
    counted = {row["country"]: row["attacks"] for row in rows}
    for country, totals in facts["totals"].items():
        assert abs(counted[country] - totals["attacks"]) <= 0.05 * totals["attacks"], country


def test_weapons_and_voices_are_the_facts(facts: Row, incidents: list[Row]) -> None:
    """Most values of what was found are as the facts file has them."""
    found = compare(facts, incidents).found
    weapons = [row["weapon"] in (fact["weapon"], *fact.get("weapon_also", ())) for fact, row in found]
    voices = [
        fact["publishers"] <= row["publishers"] <= fact.get("publishers_with_background", fact["publishers"])
        for fact, row in found
    ]
    assert sum(weapons) >= 0.95 * len(found)
    assert sum(voices) >= 0.75 * len(found)


def test_it_shows_tally_months_stated_counts_incidents_alerts_and_places(demo: tuple[Path, str]) -> None:
    """What a newcomer is to see."""
    for words in (
        "The running tally", "By month", "Counted against stated", "The newest incidents",
        "Alerts that would have gone out", "Where everything is", "Try next",
    ):  # fmt: skip
        assert words in demo[1]


def test_a_second_run_adds_nothing(demo: tuple[Path, str], incidents: list[Row], basewatch_in: Any) -> None:
    """The same folder, the same addresses: nothing is new."""
    run: Run = basewatch_in(demo[0])
    done = run("demo", "--folder", demo[0])
    assert done.returncode == 0
    assert "0 new incidents" in " ".join(done.stdout.split())
    again = run("incidents", "--format", "json", "--limit", "1000", "--db", demo[0] / "basewatch.duckdb")
    assert json.loads(again.stdout) == incidents
