# ruff: noqa: E501  (tables of literals read better whole)
"""Costs by size of history.

For each size: a warehouse with that many articles (1,500 characters each), a report each, a tenth as many
incidents, three entries each; then what a cycle of 100 new articles costs in it, and what the views answer in.
CPU time of all threads, the least of several.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from extract.dedup import resolve as resolve_reports
from extract.knowledge import load_knowledge
from tests.benchmarks.measuring import Sheet, cpu_once
from tests.golden.campaign import campaign
from tests.warehouse import making
from warehouse import queries
from warehouse.connection import open_writer
from warehouse.load import load_readings
from warehouse.paths import Paths
from warehouse.publish import publish_if_changed
from warehouse.resolution import resolve_dirty
from warehouse.state import record_pull, sync_sources

_ENTRIES = """
INSERT INTO internal.entries
SELECT 'e-h' || i, 'example', 'https://news.example.org/h' || i, 'h' || i, 'Title ' || i, '', now(), 'found', now(),
    CASE WHEN i % 3 = 0 THEN 'loaded' ELSE 'rejected' END, 0, NULL, 'off_topic', NULL, NULL, 'x', 0
FROM range(3 * $1) t(i)
"""
_ARTICLES = """
INSERT INTO articles
SELECT 'a-' || md5(CAST(i AS VARCHAR)), 'https://news.example.org/h' || i, 'Title ' || i,
    (SELECT string_agg(md5(CAST(i * 100 + j AS VARCHAR)), ' ') FROM range(45) u(j)), 'en', 'Outlet ' || i % 50,
    'Family ' || i % 50, 'world', TIMESTAMPTZ '2018-01-01' + INTERVAL (i * 2000 * 1440 // $1) MINUTE, 'found', NULL,
    now(), 'h', 'f', 'x 1', true, 'attack', '1', 'h' || i, 1, NULL, NULL, true, now()
FROM range($1) t(i)
"""
_REPORTS = """
INSERT INTO reports
SELECT article_id || '-0', article_id, 'bwh' || (i // 10), day, day, day, 'day', NULL, NULL, 'Iraq',
    'ain_al_asad', 'Ain al-Asad Air Base', 33.8, 42.4, 'site', 'base', 'drone', 1, 1, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, 'us', 'none', false, true, 0.9,
    [{'field': 'weapon', 'quote': 'drone', 'start': 2, 'end': 7}], '1', outlet, family, kind, url, published_at,
    seen_at, fingerprint, day, day, true
FROM (SELECT *, CAST(published_at AS DATE) AS day, row_number() OVER () - 1 AS i FROM articles)
"""
_INCIDENTS = """
INSERT INTO incidents
SELECT incident_id, 'drone', (['confirmed', 'corroborated', 'single_source', 'claimed'])[CAST(1 + hash(incident_id) % 4 AS INTEGER)],
    min(date), min(date), min(date), min(date), 'day', NULL, NULL,
    (['Iraq', 'Syria', 'Jordan'])[CAST(1 + hash(incident_id) % 3 AS INTEGER)], 's' || hash(incident_id) % 40,
    'Site', 33.8, 42.4, 'site', 'base',
    (['drone', 'rocket', 'mortar'])[CAST(1 + hash(incident_id) % 3 AS INTEGER)], 1, 1, NULL, NULL,
    NULL, NULL, NULL, NULL, 'iri', NULL, 'us', 'none', true, 0.9, 10, 10, 5, ['a'], min(published_at), now(), [],
    'live', NULL, 'x', NULL, NULL
FROM reports GROUP BY incident_id
"""
_TALLIES = """
INSERT INTO stated_tallies
SELECT 't' || i, 'a' || i, 78, 37, 41, NULL, DATE '2018-01-01' + CAST(i AS INTEGER),
    DATE '2018-06-01' + CAST(i * 2 AS INTEGER), 'speaker ' || i % 7, [], 'https://x.example.org', 'article', NULL, NULL, NULL
FROM range(500) t(i)
"""


def build(paths: Paths, articles: int) -> None:
    with open_writer(paths.live) as con:
        sync_sources(con, [making.source()], making.NOW)
        for sql in (_ENTRIES, _ARTICLES):
            con.execute(sql, [articles])
        for sql in (_REPORTS, _INCIDENTS, _TALLIES):
            con.execute(sql)
        con.execute(
            "INSERT INTO incident_values SELECT incident_id, 'weapon', '1', 'x', [], '[]' FROM incidents"
        )


def cycle(paths: Paths, number: int) -> dict[str, float]:
    """One cycle of 100 new articles, on days that history does not reach, so that resolution costs the same."""
    day = dt.date(2025, 1, 1) + dt.timedelta(days=10 * number)
    names = [f"n{number}x{i}" for i in range(100)]
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        made = work()
        spent[name] = (time.process_time() - start) * 1000
        return made

    start = time.process_time()
    with open_writer(paths.live) as con:
        spent["open"] = (time.process_time() - start) * 1000
        pull = [making.pulled(*(making.entry(name) for name in names))]
        timed("pull", lambda: record_pull(con, "run", pull, making.NOW))
        results = [making.result(name, making.report(name, date=day)) for name in names]
        timed("load", lambda: load_readings(con, "run", results, making.NOW))
        timed("resolve", lambda: resolve_dirty(con, making.resolve, None, "run", making.NOW, halo_days=4))
        timed("publish", lambda: publish_if_changed(con, paths))
        start = time.process_time()
    spent["close"] = (time.process_time() - start) * 1000
    return spent


def views(paths: Paths) -> dict[str, float]:
    spent: dict[str, float] = {}
    asked: dict[str, Callable[[], Any]] = {
        f"tally --by {by}": lambda by=by: queries.tally(paths.published, by=by) for by in queries.BYS
    }
    asked["tally_against_stated"] = lambda: queries.against_stated(paths.published)
    for view in ("tally_by_day", "tally_by_site", "tally_by_weapon", "tally_by_claimant", "tally_by_month"):
        asked[view] = lambda view=view: queries.run_sql(paths.published, f"FROM {view}")
    asked["one report's evidence"] = lambda: queries.run_sql(
        paths.published, "FROM report_evidence WHERE report_id = 'a-n0x0-0'"
    )
    for name, ask in asked.items():
        times = []
        for _ in range(5):
            start = time.process_time()
            ask()
            times.append((time.process_time() - start) * 1000)
        spent[name] = min(times)
    return spent


def warehouses(sheet: Sheet, sizes: Sequence[int]) -> None:
    """Each size beside the smallest."""
    least: dict[str, float] = {}
    for articles in sizes:
        with tempfile.TemporaryDirectory(prefix="basewatch-benchmark-") as folder:
            paths = Paths(Path(folder) / "basewatch.duckdb")
            build(paths, articles)
            runs = [cycle(paths, number) for number in range(3)]
            best = {name: min(run[name] for run in runs) for name in runs[0]}
            asked = views(paths)
            size = paths.live.stat().st_size / 1e6
        for name in ("load", "resolve", "publish"):
            least.setdefault(name, best[name])
        slowest = max(asked, key=lambda name: asked[name])
        least.setdefault("slowest", asked[slowest])
        about = f"history of {articles:,} articles ({size:,.0f} MB)"
        for name in ("load", "resolve", "publish"):
            sheet.add(f"{about}: {name} 100 articles", f"{best[name]:.0f} ms", "", best[name] / least[name])
        ratio = asked[slowest] / least["slowest"]
        sheet.add(f"{about}: slowest tally ({slowest})", f"{asked[slowest]:.0f} ms", "", ratio)


def resolving(sheet: Sheet, years: Sequence[int]) -> None:
    """A campaign of 150 attacks with ten reports each, and as dense ones that go on for several times as long."""
    first = 0.0
    for times in years:
        reports, _ = campaign(150 * times, 110 * times)
        spent = cpu_once(lambda reports=reports: resolve_reports(reports, load_knowledge()))
        first = first or spent / len(reports)
        each = spent / len(reports)
        sheet.add(f"resolving {len(reports):,} reports, each", f"{each * 1e3:.2f} ms", "", each / first)
