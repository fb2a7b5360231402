"""Warehouses for the tests of the page: a small campaign, a hostile one, a large one."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.dedup import resolve
from extract.knowledge import load_knowledge
from extract.records import Evidence, Report, StatedTally
from tests.warehouse import making
from warehouse.connection import open_writer
from warehouse.load import ReadResult, load_readings
from warehouse.paths import Paths
from warehouse.publish import publish_if_changed
from warehouse.resolution import resolve_dirty
from warehouse.runs import finish_run, start_run
from warehouse.state import record_pull, sync_sources

FIRST = dt.date(2023, 10, 18)
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(2)> ' onmouseover='alert(3)",
    "</title></script><style>body{display:none}</style>",
    "\u202eevil\u202c \u2066right to left\u2069 \x00\x07\x1b[31m\u0085",
    "x" * 10_000,
    "javascript:alert(4)",
    "{{ 7*7 }}{% raw %}",
    "]]>&lt;b&gt;\u2028\ud800",
)


def told(name: str, day: dt.date, site_id: str | None, words: str = "", **changed: Any) -> ReadResult:
    """An article that reports one attack, with the sentence that says so as its evidence."""
    site = load_knowledge().site(site_id) if site_id else None
    quote = words or f"Two drones were launched at {site.name if site else 'a base'} on {day:%A}."
    outer = Evidence(field="attack", quote=quote, start=0, end=len(quote))
    report = making.report(
        name,
        date=day,
        site_id=site_id,
        **{
            "site": site.name if site else None,
            "country": site.country if site else "Iraq",
            "lat": site.lat if site else None,
            "lon": site.lon if site else None,
            "place_precision": site.precision if site else "country",
            "target_kind": site.target_kind if site else "other",
            "munitions_min": 2,
            "munitions_max": 2,
            "evidence": (outer, Evidence(field="weapon", quote="drones", start=4, end=10)),
        }
        | changed,
    )
    return result_of(name, day, report)


def result_of(name: str, day: dt.date, report: Report, **changed: Any) -> ReadResult:
    """The report in an article of the evening of its day."""
    published = dt.datetime.combine(day, dt.time(18), dt.UTC)
    values = {"published_at": published, "seen_at": published} | changed
    return making.result(name, report, article=making.article(name, **values))


def stated(name: str, as_of: dt.date, total: int, **changed: Any) -> ReadResult:
    """An article that only states a running count."""
    values: dict[str, Any] = {
        "article_id": f"a-{name}", "total": total, "iraq": total // 2, "syria": total - total // 2,
        "jordan": None,
        "since": dt.date(2023, 10, 17), "as_of": as_of, "speaker": "Pentagon",
        "evidence": (Evidence(field="total", quote=str(total), start=0, end=len(str(total))),),
    }  # fmt: skip
    tally = StatedTally(**(values | changed))
    return making.result(name, reading=making.reading(name, tallies=(tally,), reason="tally_only"))


def build(folder: Path, results: Iterable[ReadResult], *, now: dt.datetime | None = None) -> Paths:
    """A warehouse with these articles, resolved by the real rules and published."""
    paths = Paths(folder / "basewatch.duckdb")
    now = now or dt.datetime(2023, 12, 20, 21, tzinfo=dt.UTC)
    everything = list(results)
    with open_writer(paths.live) as con:
        sync_sources(con, [making.source()], now)
        run = start_run(con, "monitor", now)
        entries = [making.entry(r.entry_id.removeprefix("e-")) for r in everything if r.entry_id]
        record_pull(con, run, [making.pulled(*entries)], now)
        load_readings(con, run, everything, now)
        resolve_dirty(con, resolve, load_knowledge(), run, now)
        finish_run(con, run, now, "done", {})
        publish_if_changed(con, paths)
    return paths


def small_campaign(folder: Path) -> Paths:
    """Seven attacks: told twice, claimed only, in Jordan, in a city, without a place; two stated counts."""
    day = FIRST
    return build(
        folder,
        [
            told("asad", day, "ain_al_asad", wounded=2, us_wounded=2),
            told("asad2", day, "ain_al_asad", confirmed_by="none", wounded=3),
            told("tanf", day + 8 * DAY, "al_tanf", confirmed_by="none", weapon="rocket"),
            told("tower", day + 40 * DAY, "tower_22", killed=3, us_killed=3),
            told("claimed", day + 45 * DAY, "harir", confirmed_by="none",
                 claimed_by="islamic_resistance_in_iraq"),
            told("city", day + 50 * DAY, "erbil", weapon="ballistic_missile", munitions_min=None,
                 munitions_max=None),
            told("somewhere", day + 55 * DAY, None),
            told("embassy", day + 51 * DAY, "us_embassy_baghdad", weapon="mortar", damage="none",
                 intercepted="none", killed=0, wounded=0),
            stated("count", dt.date(2023, 11, 8), 41),
            stated("later", dt.date(2023, 12, 8), 78),
        ],
    )  # fmt: skip


DAY = dt.timedelta(days=1)


def hostile_campaign(folder: Path) -> Paths:
    """The small one's first attack, and one whose every outside text is meant to break the page."""
    results = [told("asad", FIRST, "ain_al_asad")]
    for number, words in enumerate(HOSTILE):
        name = f"bad{number}"
        usable = words.encode("utf-8", "replace").decode()
        result = told(name, FIRST + (3 + number) * DAY, "al_tanf", f"Two drones {usable}")
        assert result.article is not None
        article = making.article(
            name, title=usable, outlet=usable[:300], family=usable[:300], text=f"Two drones {usable}",
            url="javascript:alert(5)" if number % 2 else f"https://news.example.org/{name}?a=\"><script>",
            published_at=result.article.published_at, seen_at=result.article.seen_at,
        )  # fmt: skip
        results.append(making.result(name, *result.reading.reports, article=article))  # type: ignore[union-attr]
    return build(folder, results)


def large_campaign(folder: Path, number: int) -> Paths:
    """As many attacks, each told by one article, over about as many days as sites need to stay apart."""
    chance = random.Random(7)  # noqa: S311  (the same numbers every time)
    sites = [
        s.site_id for s in load_knowledge().sites if s.precision == "site" and s.country in ("Iraq", "Syria")
    ]
    first = dt.date(2014, 1, 1)
    results = []
    for index in range(number):
        day = first + 3 * DAY * (index // len(sites))
        weapon = chance.choice(("drone", "rocket", "mortar", "unknown"))
        results.append(
            told(
                f"n{index}",
                day,
                sites[index % len(sites)],
                weapon=weapon,
                wounded=chance.choice((None, 0, 2)),
            )
        )
    return build(folder, results, now=dt.datetime.combine(day, dt.time(21), dt.UTC))
