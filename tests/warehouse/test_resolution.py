"""With the real resolution: in whatever order and batches reports arrive, the tables come out the same."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract import dedup
from extract.knowledge import load_knowledge
from extract.records import Evidence, Report
from tests.warehouse import making
from tests.warehouse.making import NOW
from warehouse.checks import run_checks
from warehouse.connection import open_writer
from warehouse.load import ReadResult, load_readings
from warehouse.resolution import resolve_dirty

KNOWLEDGE = load_knowledge()
NAMED = (
    "ain_al_asad",
    "erbil_air_base",
    "us_embassy_baghdad",
    "al_tanf",
    "shaddadi",
    "green_zone",
    "baghdad",
)
SITES = [site for site in KNOWLEDGE.sites if site.site_id in NAMED]
EVIDENCE = (Evidence(field="weapon", quote="Title", start=0, end=5),)


def told(number: int, rng: random.Random) -> ReadResult:
    """One article with one to three reports: mostly exact, some vague, some background, over 300 days."""
    name = f"r{number}"
    day = dt.date(2023, 6, 1) + dt.timedelta(days=rng.choice([0, 1, 2, 3, 40, 41, 100, 101, 102, 200, 299]))
    reports = tuple(_report(name, place, day, rng) for place in range(rng.choice([1, 1, 1, 2, 3])))
    moment = dt.datetime.combine(day, dt.time(12, tzinfo=dt.UTC)) + dt.timedelta(hours=rng.randrange(60))
    page = making.article(
        name, published_at=moment, seen_at=moment, family=f"Family {number % 7}", fingerprint=""
    )
    return ReadResult(article=page, reading=making.reading(name, *reports))


def _report(name: str, place: int, day: dt.date, rng: random.Random) -> Report:
    site = rng.choice(SITES)
    report = making.report(
        name, place, date=day, site_id=site.site_id, site=site.name, country=site.country, lat=site.lat,
        lon=site.lon, place_precision=site.precision, weapon=rng.choice(["drone", "rocket", "unknown"]),
        wounded=rng.choice([None, None, 0, 2, 5]), confirmed_by=rng.choice(["none", "none", "us"]),
        claimed_by=rng.choice([None, None, "iri"]), current=rng.random() < 0.85, evidence=EVIDENCE,
    )  # fmt: skip
    if rng.random() < 0.1:
        return replace(report, date=None, date_earliest=day - dt.timedelta(days=2), date_precision="range")
    if rng.random() < 0.1:
        return replace(report, date=None, date_earliest=None, date_latest=None, date_precision="unknown")
    return report


def outcome(path: Path, batches: list[list[ReadResult]]) -> dict[str, list[Any]]:
    with open_writer(path) as con:
        for batch in batches:
            load_readings(con, "run", batch, NOW)
            resolve_dirty(con, dedup.resolve, KNOWLEDGE, "run", NOW, halo_days=dedup.HALO_DAYS)
        assert [one for one in run_checks(con) if one.severity == "error"] == []
        tables = {
            "incidents": "SELECT * EXCLUDE (updated_at) FROM incidents ORDER BY incident_id",
            "incident_reports": "FROM incident_reports ORDER BY report_id",
            "incident_values": "FROM incident_values ORDER BY incident_id, field",
        }
        return {name: con.execute(sql).fetchall() for name, sql in tables.items()}


@pytest.mark.parametrize("seed", range(4))
def test_any_order_and_any_batches_give_the_same_tables(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)  # noqa: S311  (not a secret)
    results = [told(number, rng) for number in range(60)]
    at_once = outcome(tmp_path / "at_once.duckdb", [results])
    assert len(at_once["incidents"]) > 20
    rng.shuffle(results)
    cuts = sorted(rng.sample(range(1, 60), 4))
    batches = [results[first:last] for first, last in zip([0, *cuts], [*cuts, 60], strict=True)]
    assert outcome(tmp_path / "in_batches.duckdb", batches) == at_once


def test_a_new_report_reads_its_own_time_and_not_all_of_history(tmp_path: Path) -> None:
    """Old history, far from the new report, is neither read nor written."""
    rng = random.Random(1)  # noqa: S311  (not a secret)
    with open_writer(tmp_path / "x.duckdb") as con:
        load_readings(con, "run", [told(number, rng) for number in range(40)], NOW)
        first = resolve_dirty(con, dedup.resolve, KNOWLEDGE, "run", NOW, halo_days=dedup.HALO_DAYS)
        assert first.reports_seen >= 40
        late = making.result("late", making.report("late", date=dt.date(2025, 1, 1), evidence=EVIDENCE))
        load_readings(con, "run", [late], NOW)
        summary = resolve_dirty(con, dedup.resolve, KNOWLEDGE, "run", NOW, halo_days=dedup.HALO_DAYS)
        assert (summary.new, summary.changed, summary.reports_seen) == (1, 0, 1)
