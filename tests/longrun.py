"""200 simulated days of the monitor in one process, through everything that goes wrong; prints its figures.

    python tests/longrun.py [DAYS] [CYCLES A DAY]

Feeds fail and lie; the receiver of alerts is down for two days; the clock jumps back and ahead; the disk is
full for a while (a small tmpfs where it may be mounted, else a limit on the size of files); the database is
unreadable for a while. At the end: every attack alerted exactly once, every entry accounted for, and memory
and open files as they were after the first days.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from extract.errors import BasewatchError  # noqa: E402
from extract.sources import source_from_block  # noqa: E402
from flows.cycle import Cycle, run_cycle  # noqa: E402
from flows.settings import (  # noqa: E402
    AlertsSection,
    FetchSection,
    ReportSection,
    Settings,
    WarehouseSection,
)
from warehouse import queries  # noqa: E402
from warehouse.connection import open_writer  # noqa: E402
from warehouse.paths import Paths  # noqa: E402

START = dt.datetime(2024, 1, 1, 6, tzinfo=dt.UTC)
SITES = (
    ("Ain al-Asad air base", "Iraq's Anbar province"),
    ("al-Tanf garrison", "southern Syria"),
    ("Harir air base", "northern Iraq"),
    ("the Conoco gas field", "eastern Syria"),
)
KEPT_IN_FEED = 20


class World:
    """Feeds and pages as they are at a moment, and who receives the alerts."""

    def __init__(self) -> None:
        self.now, self.receiver_works, self.broken = START, True, set[str]()
        self.stories: list[tuple[dt.datetime, str, str]] = []
        self.told: list[dict[str, Any]] = []
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                world.answer(self)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if world.receiver_works:
                    world.told.append(json.loads(body))
                reply(self, 200 if world.receiver_works else 503, "text/plain", "")

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def publish(self, number: int) -> None:
        """An attack, at a place of its turn, told by a day's story."""
        site, where = SITES[number % len(SITES)]
        day = f"{self.now:%A}, {self.now:%B} {self.now.day}, {self.now.year}"
        text = (
            f"Two drones were launched at US forces at {site} in {where} on {day}, a US official said. "
            "The drones were shot down and there were no casualties or damage, the official said. It was not "
            "clear who was behind the attack."
        )
        self.stories.append((self.now, f"Drones attack US forces at {site}, official says", text))

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """robots.txt, a feed, a story."""
        name = request.path.strip("/").split("/")
        if name[0] == "robots.txt":
            reply(request, 200, "text/plain", "")
        elif name[0] == "feed" and name[1] in self.broken:
            time.sleep(0.01)
            reply(request, 500, "text/plain", "out of order")
        elif name[0] == "feed" and name[1] == "html":
            reply(request, 200, "text/html", "<html><body>Welcome</body></html>")
        elif name[0] == "feed":
            reply(request, 200, "application/rss+xml", self.feed())
        elif name[0] == "story" and int(name[1]) < len(self.stories):
            at, title, text = self.stories[int(name[1])]
            reply(request, 200, "text/html; charset=utf-8", page(title, text, at))
        else:
            reply(request, 404, "text/plain", "")

    def feed(self) -> str:
        """The newest stories."""
        items = "".join(
            f"<item><title>{title}</title><link>{self.base}/story/{n}</link><guid>s{n}</guid>"
            f"<pubDate>{format_datetime(at)}</pubDate><description>{text}</description></item>"
            for n, (at, title, text) in list(enumerate(self.stories))[-KEPT_IN_FEED:]
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>F</title>{items}</channel></rss>"


def reply(request: BaseHTTPRequestHandler, status: int, kind: str, text: str) -> None:
    """One answer."""
    body = text.encode()
    with suppress(OSError):
        request.send_response(status)
        request.send_header("content-type", kind)
        request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


def page(title: str, text: str, at: dt.datetime) -> str:
    """A page with an article."""
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>"
        f"<meta property='article:published_time' content='{at.isoformat()}'></head>"
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A tmpfs of 200 MB there, where it may be mounted; whether it is."""
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(folder)],
            check=False,
            capture_output=True,
        ).returncode
        == 0
    )
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


@contextmanager
def full_disk(folder: Path, mounted: bool) -> Iterator[None]:
    """Nothing more can be written in the folder."""
    if mounted:
        ballast = folder / "ballast"
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * 65536)
        with ballast.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * 512)
        try:
            yield
        finally:
            ballast.unlink()
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))  # Python ignores the signal; writes fail
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def unreadable(db: Path) -> Iterator[None]:
    """Something else lies where the database was."""
    away = db.with_name("away")
    db.rename(away)
    db.write_bytes(b"this is no database" * 1000)
    try:
        yield
    finally:
        away.replace(db)


def rss_mb() -> float:
    """Resident memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def settings_for(world: World, db: Path) -> Settings:
    """Three feeds of one publisher each; one of them never is one."""
    blocks = [
        {
            "id": name,
            "outlet": f"Outlet {name}",
            "language": "en",
            "kind": "world",
            "url": f"{world.base}/feed/{name}",
        }
        for name in ("one", "two", "html")
    ]
    port = world.server.server_port
    return Settings(
        _env_prefix="BASEWATCH_LONGRUN_",  # type: ignore[call-arg]
        warehouse=WarehouseSection(path=db),
        fetch=FetchSection(allow=(f"127.0.0.1:{port}",), per_host_gap_seconds=0.0),
        report=ReportSection(enabled=False),
        alerts=AlertsSection.model_validate({"urls": [f"json://127.0.0.1:{port}/hook"], "storm": 1000}),
        source=tuple(source_from_block(block) for block in blocks),
    )


def main(days: int = 200, a_day: int = 2) -> int:
    """Run, and tell. In fewer than 40 days not everything that goes wrong would find its place."""
    if days < 40:
        sys.exit("at least 40 days")
    folder = Path(tempfile.mkdtemp(prefix="basewatch-longrun-"))
    try:
        with small_disk(folder) as mounted:
            return simulate(folder, mounted, days, a_day)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def simulate(folder: Path, mounted: bool, days: int, a_day: int) -> int:
    """The days."""
    world, db, attacks = World(), folder / "data" / "basewatch.duckdb", 0
    settings, errors, figures = settings_for(world, db), Counter[str](), []
    began, step = time.monotonic(), dt.timedelta(hours=24 / a_day)
    for cycle in range(days * a_day):
        day = cycle // a_day
        share = day / days
        world.now += step
        if cycle == int(0.30 * days * a_day):
            world.now -= dt.timedelta(hours=30)  # somebody mends the clock
        if cycle == int(0.35 * days * a_day):
            world.now += dt.timedelta(days=2)
        if cycle % a_day == 0 and day % 2 == 0 and share < 0.97:
            world.publish(attacks)
            attacks += 1
        world.broken = {"two"} if 0.1 <= share < 0.25 else set()
        world.receiver_works = not 0.40 <= share < 0.41
        if 0.50 <= share < 0.52:
            with full_disk(folder, mounted):
                one_cycle(world, settings, errors)
        elif 0.65 <= share < 0.67:
            with unreadable(db):
                one_cycle(world, settings, errors)
        else:
            one_cycle(world, settings, errors)
        if cycle % max(days * a_day // 20, 1) == 0:
            gc.collect()
            figures.append(
                (day, rss_mb(), len(list(Path("/proc/self/fd").iterdir())), threading.active_count())
            )
    return tell(world, settings, errors, figures, attacks, time.monotonic() - began, mounted)


def one_cycle(world: World, settings: Settings, errors: Counter[str]) -> None:
    """One run; an error of ours is a message, and the next run comes."""
    moment = world.now
    try:
        run_cycle(Cycle(settings=settings, paths=Paths(settings.warehouse.path), clock=lambda: moment))
    except BasewatchError as error:
        errors[str(error).replace(str(settings.warehouse.path.parent), "DATA")[:230]] += 1
    except OSError as error:
        errors[f"OSError: {error.strerror}"] += 1


def tell(
    world: World,
    settings: Settings,
    errors: Counter[str],
    figures: list[tuple[int, float, int, int]],
    attacks: int,
    seconds: float,
    mounted: bool,
) -> int:
    """The figures; 0 where all is as it should be."""
    print(f"{'day':>5} {'RSS MB':>8} {'files':>6} {'threads':>8}")
    for row in figures:
        print("{:>5} {:>8.1f} {:>6} {:>8}".format(*row))
    print(f"{seconds:.0f} s; full disk by {'tmpfs' if mounted else 'RLIMIT_FSIZE'}")
    for message, number in errors.most_common():
        print(f"{number:>5} x {message}")
    entries = queries.status(Paths(settings.warehouse.path).published)["entries"]
    with open_writer(settings.warehouse.path) as con:
        states = dict(
            con.execute(
                "SELECT state, count(*)::INT FROM alerts WHERE incident_id <> '' GROUP BY ALL"
            ).fetchall()
        )
        (incidents,) = con.execute(
            "SELECT count(*)::INT FROM incidents WHERE origin = 'live'"
        ).fetchone() or (0,)
    new = Counter(t["message"] for t in world.told if t["title"].startswith("New incident"))
    early = figures[len(figures) // 4]
    checks = {
        f"{attacks} attacks published, {incidents} incidents": incidents == attacks,
        f"{len(new)} told as new, each once": len(new) == attacks and set(new.values()) == {1},
        f"alerts of incidents: {states}": set(states) == {"sent"},
        f"entries add up: {entries}": entries["seen"]
        == sum(entries[k] for k in ("loaded", "rejected", "failed", "due", "given_up")),
        "no growth of memory (25 MB from a quarter on)": figures[-1][1] - early[1] < 25,
        "no growth of open files": figures[-1][2] <= early[2] + 2,
        "full disk and unreadable database are told": len(errors) >= 2,
    }
    for text, good in checks.items():
        print("ok  " if good else "BAD ", text)
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
