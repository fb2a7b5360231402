"""`basewatch watch`: the running monitor at a glance. Looks at the published copy and disturbs nothing."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from flows.output import safe, shown
from flows.terminal import months_line, status
from warehouse import queries
from warehouse.errors import WarehousePathError
from warehouse.paths import Paths
from warehouse.runs import last_begun

NEWEST = 10
TROUBLED_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is shown, as read at one moment."""

    now: datetime
    every: timedelta
    begun: tuple[str, datetime] | None  # kind of the newest run, and when it began
    state: dict[str, Any] | None = None  # None: nothing is published yet
    feeds: Sequence[dict[str, Any]] = ()
    tally: Sequence[dict[str, Any]] = ()
    months: queries.Table | None = None
    newest: Sequence[dict[str, Any]] = ()


def look(paths: Paths, every: timedelta, now: datetime) -> View:
    """Read everything once. Raises WarehouseError, but for a copy that is not there yet."""
    view = View(now=now, every=every, begun=last_begun(paths))
    path = paths.published
    try:
        return View(
            now=now,
            every=every,
            begun=view.begun,
            state=queries.status(path),
            feeds=queries.source_health(path).dicts(),
            tally=queries.tally(path).dicts(),
            months=queries.tally(path, by="month"),
            newest=queries.incidents(path, queries.IncidentFilter(limit=NEWEST)).dicts(),
        )
    except WarehousePathError:
        return view


def watch(
    paths: Paths,
    every: timedelta,
    *,
    once: bool,
    seconds: float = 2.0,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Show it, and again and again until Ctrl-C; the copy is read again only when it has changed."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    if once:
        console.print(drawn(look(paths, every, clock())))
        return
    seen, view = None, look(paths, every, clock())
    with Live(console=console, screen=True, auto_refresh=False) as live:
        while True:
            stamp = changed_at(paths.published)
            if stamp != seen:
                seen, view = stamp, look(paths, every, clock())
            live.update(drawn(at_moment(view, paths, clock())), refresh=True)
            time.sleep(seconds)


def changed_at(path: Path) -> int | None:
    """When the file was put in place, in nanoseconds; None where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def at_moment(view: View, paths: Paths, now: datetime) -> View:
    """The same content with the clock and the newest run of this moment."""
    return replace(view, now=now, begun=last_begun(paths))


def drawn(view: View) -> Group:
    """The view for the terminal."""
    parts: list[Any] = [Text("basewatch", style="bold") + Text(f"  {shown(view.now)} UTC", style="dim")]
    parts += [Text(""), schedule(view)]
    if view.state is None:
        return Group(*parts, Text("\nNothing is published yet: the first run that reads news publishes."))
    parts += [feeds(view.feeds), entries(view.state["entries"]), Text(""), tally(view.tally)]
    line = months_line(view.months) if view.months else None
    return Group(*parts, *([line] if line else []), Text(""), newest(view.newest))


def schedule(view: View) -> Text:
    """When the newest run began and when the next is due."""
    if view.begun is None:
        return Text("No run yet. `basewatch serve` runs on schedule, `basewatch run` once.")
    kind, began = view.begun
    due = began + view.every
    wait = "due now" if due <= view.now else f"in {span(due - view.now)}"
    if view.now - due > 2 * view.every:
        wait = "overdue; is `basewatch serve` running?"
    ago = span(max(view.now - began, timedelta(0)))
    return Text.assemble(
        ("Last run ", "dim"), f"began {shown(began)} UTC, {ago} ago ({safe(kind)})",
        ("   Next run ", "dim"), f"{shown(due)} UTC, {wait}",
    )  # fmt: skip


def span(length: timedelta) -> str:
    """'45 s', '12 min', '3 h', '5 d'."""
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size or (unit == "min" and seconds >= size):
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def feeds(health: Sequence[dict[str, Any]]) -> Text:
    """How the feeds are, and which are in trouble."""
    counts = Counter(feed["status"] for feed in health)
    words = {"ok": "well", "degraded": "with defects", "error": "failing", "skipped": "not asked yet"}
    said = ", ".join(f"{counts[key]} {word}" for key, word in words.items() if counts[key]) or "none"
    text = Text.assemble(("Feeds ", "dim"), said)
    troubled = [feed for feed in health if feed["status"] == "error"]
    for feed in troubled[:TROUBLED_SHOWN]:
        text.append(
            f"\n  {safe(feed['source_id'])} {feed['error']}, {feed['failures_in_a_row']} in a row", "red"
        )
    if len(troubled) > TROUBLED_SHOWN:
        text.append(f"\n  and {len(troubled) - TROUBLED_SHOWN} more", "red")
    return text


def entries(ended: dict[str, int]) -> Text:
    """Where the entries ended."""
    parts = [
        f"{ended[end]} {end.replace('_', ' ')}" for end in ("loaded", "rejected", "failed", "due", "given_up")
    ]
    return Text.assemble(("Entries ", "dim"), f"{ended['seen']} seen: {', '.join(parts)}")


def tally(rows: Sequence[dict[str, Any]]) -> Text:
    """'Iraq 22 reported, 15 confirmed' and so on, in one line."""
    named = {"all": "Iraq and Syria"}
    parts = [
        f"{named.get(row['country'], row['country'])} {row['attacks']} ({row['confirmed']} confirmed)"
        for row in rows
        if row["in_tally"] or row["attacks"]
    ]
    return Text.assemble(("Tally ", "dim"), " · ".join(parts))


def newest(rows: Sequence[dict[str, Any]]) -> Table | Text:
    """The newest incidents."""
    if not rows:
        return Text("No incident yet.")
    table = Table(box=None, pad_edge=False, show_header=False)
    for width in (10, 14, None):
        table.add_column(no_wrap=True, overflow="ellipsis", min_width=width)
    for row in rows:
        table.add_row(Text(shown(row["day"]), style="dim"), status(row["status"]), Text(safe(row["summary"])))
    return table
