"""A cycle near its limit: 500 feeds that have not changed, and 100 new articles in ten others.

The site is a process of its own, so that only what the monitor does is counted. What a cycle is held against
is the feeds parsed and the pages read by the same functions and nothing else: no fetching, no warehouse.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Queue, get_context
from pathlib import Path
from typing import Any

from extract.feeds import parse_feed
from flows.costs import Costs
from flows.cycle import Cycle, run_cycle
from flows.settings import load_settings
from tests.benchmarks.measuring import Sheet, cpu_once
from tests.benchmarks.pages import feed, feed_item, read_whole, relevant_bodies
from warehouse.paths import Paths

START = dt.datetime(2024, 2, 1, 8, tzinfo=dt.UTC)
NEWS_FEEDS, ARTICLES, ITEMS = 10, 100, 20


def old_feed(number: int, place: str) -> bytes:
    """A feed of off-topic items that never changes."""
    about = "The council met in the library and talked of trams, gardens and the new school. " * 4
    link = f"http://{place}/old/{number}"
    items = (feed_item(f"{link}/{n}", f"Council meeting {n} of year {number}", about) for n in range(ITEMS))
    return feed(number, "".join(items))


def news_feed(number: int, place: str, *, full: bool) -> bytes:
    """One of the feeds that have something new in the second cycle."""
    each = ARTICLES // NEWS_FEEDS
    numbers = range(number * each, (number + 1) * each) if full else ()
    title = "Rockets fired at a base in Iraq, part {}"
    return feed(number, "".join(feed_item(f"http://{place}/story/{n}", title.format(n), "") for n in numbers))


def serve(told: Queue[int]) -> None:
    """The site; runs until it is ended. From the second time that a feed of news is asked for, it is full."""
    bodies, asked = relevant_bodies(ARTICLES), set[str]()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, _, name = self.path.strip("/").partition("/")
            if kind == "old" and self.headers.get("If-None-Match"):
                self.answer(304, b"", "application/rss+xml")
            elif kind == "old":
                self.answer(200, old_feed(int(name), self.headers["Host"]), "application/rss+xml")
            elif kind == "news":
                full = name in asked
                asked.add(name)
                self.answer(200, news_feed(int(name), self.headers["Host"], full=full), "application/rss+xml")
            elif kind == "story":
                self.answer(200, bodies[int(name) % len(bodies)], "text/html; charset=utf-8")
            else:
                self.answer(404, b"", "text/plain")

        def answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", '"1"')
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.put(server.server_address[1])
        server.serve_forever()


@contextmanager
def site() -> Iterator[str]:
    """host:port of the site while it is up."""
    context = get_context("spawn")
    told: Queue[int] = context.Queue()
    process = context.Process(target=serve, args=(told,), daemon=True)
    process.start()
    try:
        yield f"127.0.0.1:{told.get(timeout=120)}"
    finally:
        process.terminate()
        process.join()


def live_cycle(sheet: Sheet, feeds: int) -> None:
    """The second cycle, by stage, beside its feed parsing and page reading alone."""
    with site() as place, tempfile.TemporaryDirectory(prefix="basewatch-benchmark-") as name:
        folder = Path(name)
        settings = load_settings(configuration(folder, place, feeds))
        cycle = Cycle(settings=settings, paths=Paths(settings.warehouse.path), clock=lambda: START)
        run_cycle(cycle)
        costs, later = Costs(), START + dt.timedelta(hours=2)
        again = Cycle(settings=settings, paths=Paths(settings.warehouse.path), clock=lambda: later)
        loaded = run_cycle(again, costs.step).loaded
        spent = sum(stage[2] for stage in costs.stages)
        parsing = cpu_once(lambda: [parse(old_feed(n, place)) for n in range(feeds)]) - cpu_once(
            lambda: [old_feed(n, place) for n in range(feeds)]
        )
        bodies = relevant_bodies(ARTICLES)
        pages = [bodies[n % len(bodies)] for n in range(ARTICLES)]
        reading = cpu_once(lambda: [read_whole(body) for body in pages])
    sheet.add(
        f"cycle: {feeds} feeds unchanged, {ARTICLES} new articles ({loaded.loaded} loaded)",
        f"{spent:.2f} s",
        f"parsing all feeds {parsing:.2f} s + reading the pages {reading:.2f} s",
        spent / (parsing + reading),
        "1.5",
    )
    sheet.add("of it, by stage", ", ".join(f"{name} {used:.2f}" for name, _, used in costs.stages))


def parse(body: bytes) -> Any:
    """A feed as the cycle parses it."""
    return parse_feed(
        body, content_type="application/rss+xml", url="http://n.example.org/f", source_id="s", now=START
    )


def configuration(folder: Path, place: str, feeds: int) -> Path:
    """A configuration file with all feeds of the site."""
    sources = [("old", n) for n in range(feeds)] + [("news", n) for n in range(NEWS_FEEDS)]
    blocks = [
        f'[[source]]\nid = "{kind}-{n}"\noutlet = "{kind} {n}"\nfamily = "{kind} {n}"\nlanguage = "en"\n'
        f'kind = "local"\nurl = "http://{place}/{kind}/{n}"'
        for kind, n in sources
    ]
    own = [
        f'[warehouse]\npath = "{folder / "data" / "basewatch.duckdb"}"',
        f'[fetch]\nallow = ["{place}"]\nper_host_gap_seconds = 0',
    ]
    path = folder / "basewatch.toml"
    path.write_text("\n".join([*own, *blocks]), encoding="utf-8")
    return path
