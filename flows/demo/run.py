"""`basewatch demo`: the bundled archive through the real flow, a cycle a simulated day, and its result."""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from extract.sources import source_from_block
from flows.cycle import Cycle, Step, Summary, directly, run_cycle
from flows.demo.bundle import load_archive
from flows.demo.server import DemoServer, end_of
from flows.messages import compose
from flows.output import safe
from flows.report.build import write_report
from flows.settings import FetchSection, ReportSection, Settings, WarehouseSection, report_folder
from warehouse import queries
from warehouse.paths import Paths

T = TypeVar("T")
PREFERRED_PORT = 8731
NEWEST = 12
STATED_SHOWN = 8
NOTICE = (
    "A demonstration: the outlets are invented, their articles written for it on real attacks. They tell "
    "of a part of the campaign only, hence the gap to the officials’ counts."
)


def run_demo(folder: Path, *, prefect: bool = False) -> None:
    """Serve, run the days, print the result."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    archive = load_archive()
    began = time.monotonic()
    with DemoServer(archive, port=remembered_port(folder)) as server:
        settings = demo_settings(folder, server)
        introduce(console, server)
        summaries = run_days(server, settings, as_flow_runs() if prefect else directly)
        requests = sum(server.requests.values())
    seconds = time.monotonic() - began
    show_work(console, summaries, requests, seconds)
    paths = Paths(settings.warehouse.path)
    page = write_report(paths, report_folder(settings), notice=NOTICE)
    show_result(console, paths, page.index)


def remembered_port(folder: Path) -> int:
    """The port of the last run, so that article addresses stay the same and a second run adds nothing."""
    note = folder / "port"
    port = int(note.read_text()) if note.is_file() else PREFERRED_PORT
    if not is_free(port):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    note.write_text(str(port))
    return port


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of loopback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def demo_settings(folder: Path, server: DemoServer) -> Settings:
    """The demo's own: loopback allowed, no pause between requests to it, nothing from the environment."""
    return Settings(
        _env_prefix="BASEWATCH_DEMO_",  # type: ignore[call-arg]  # pydantic-settings takes it, mypy does not know
        warehouse=WarehouseSection(path=folder / "basewatch.duckdb"),
        fetch=FetchSection(allow=(f"127.0.0.1:{server.port}",), per_host_gap_seconds=0.0),
        report=ReportSection(enabled=False),  # once, at the end
        source=tuple(source_from_block(block) for block in server.sources()),
    )


def introduce(console: Console, server: DemoServer) -> None:
    """What is about to happen."""
    days = server.days()
    console.print(
        f"\n[bold]basewatch demo[/]  {days[0]:%-d %B %Y} to {days[-1]:%-d %B %Y}\n"
        f"{len(server.archive.articles)} articles of {len(server.archive.outlets)} invented outlets, written "
        f"for this demo on real attacks, served at {server.base_url}\n"
    )


def run_days(server: DemoServer, settings: Settings, step: Step) -> list[Summary]:
    """One cycle at the end of every simulated day."""
    days = server.days()
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    summaries = []
    with bars:
        task = bars.add_task("simulated days", total=len(days))
        for day in days:
            bars.update(task, description=f"{day:%d %b %Y}")
            server.moment = end_of(day)
            summaries.append(run_cycle(day_cycle(settings, day, server.moment), step))
            bars.advance(task)
    return summaries


def day_cycle(settings: Settings, day: date, moment: datetime) -> Cycle:
    """A cycle whose clock stands at the end of this day."""
    return Cycle(
        settings=settings,
        paths=Paths(settings.warehouse.path),
        run_id=f"demo-{day:%Y%m%d}",
        clock=lambda: moment,
        kind="demo",
    )


def as_flow_runs() -> Step:
    """Each cycle's stages as Prefect tasks."""
    from flows.serve import prepare_environment

    prepare_environment()
    from flows.monitor import as_task

    logging.getLogger("prefect").setLevel(logging.WARNING)
    step: Step = as_task
    return step


# --- what came of it ---


def show_work(console: Console, summaries: Sequence[Summary], requests: int, seconds: float) -> None:
    """What the cycles did, in two lines."""

    def total(of: Callable[[Summary], int]) -> int:
        return sum(map(of, summaries))

    new = total(lambda s: s.resolved.new)
    loaded, rejected = total(lambda s: s.loaded.loaded), total(lambda s: s.loaded.rejected)
    console.print(
        f"{len(summaries)} cycles in {seconds:.0f} s: {requests} requests, "
        f"{total(lambda s: s.pulled.new)} entries; {loaded} readings loaded (pages that matter are looked at "
        f"again), {rejected} rejected; {new} new incidents."
    )
    if not new:
        console.print("Nothing is new: the archive was loaded before. Delete the folder to start afresh.")


def show_result(console: Console, paths: Paths, page: Path) -> None:
    """Tally, months, stated counts, newest incidents, alerts, and where everything is."""
    show_tally(console, paths.published)
    show_months(console, paths.published)
    show_stated(console, paths.published)
    show_incidents(console, paths.published)
    show_alerts(console, paths.published)
    show_places(console, paths, page)


def grid(title: str, *columns: str) -> Table:
    """An empty table in the demo's style; a column whose name ends in '#' is right-aligned."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim"
    )
    for column in columns:
        table.add_column(column.rstrip("#"), justify="right" if column.endswith("#") else "left")
    return table


def cells(values: Iterable[Any]) -> list[Text]:
    """Values as cells that cannot steer the terminal."""
    return [Text("" if v is None else safe(str(v))) for v in values]


def show_tally(console: Console, published: Path) -> None:
    """The running tally by country."""
    table = grid("\nThe running tally", "country", "confirmed#", "attacks#", "claimed only#")
    rows = queries.run_sql(
        published, "SELECT country, confirmed, attacks, claimed_only FROM tally(NULL, NULL)"
    ).rows
    for row in rows:
        table.add_row(*cells(row), style="bold" if row[0] == "all" else "")
    console.print(table)
    console.print(
        "[dim]attacks: confirmed or told by a publisher; claimed only: said by the attackers alone[/]"
    )


def show_months(console: Console, published: Path) -> None:
    """Attacks by month and country, with a bar."""
    rows = queries.run_sql(
        published,
        "SELECT month, coalesce(sum(attacks) FILTER (country = 'Iraq'), 0)::INT, "
        "coalesce(sum(attacks) FILTER (country = 'Syria'), 0)::INT "
        "FROM tally_by_month WHERE attacks > 0 GROUP BY month ORDER BY month",
    ).rows
    table = grid("\nBy month", "month", "Iraq#", "Syria#", "")
    for month, iraq, syria in rows:
        bar = Text("█" * iraq, style="blue") + Text("█" * syria, style="yellow")
        table.add_row(month, str(iraq), str(syria), bar)
    console.print(table)


def show_stated(console: Console, published: Path) -> None:
    """What officials stated, beside what this archive lets us count."""
    rows = queries.run_sql(
        published,
        "SELECT as_of, since, speaker, stated_total, stated_iraq, stated_syria, counted_total, gap "
        "FROM tally_against_stated "
        "WHERE origin = 'article' AND stated_total IS NOT NULL AND since >= DATE '2023-10-01' "
        "QUALIFY row_number() OVER (PARTITION BY as_of, stated_total "
        "ORDER BY stated_iraq IS NULL, speaker IS NULL) = 1 "
        "ORDER BY as_of",
    ).rows
    names = ("as of", "since", "who", "stated#", "Iraq#", "Syria#", "counted here#", "gap#")
    table = grid("\nCounted against stated", *names)
    for row in rows[-STATED_SHOWN:]:
        table.add_row(*cells(row))
    console.print(table)
    console.print(
        "[dim]The archive tells of a part of the campaign only, so the gap is what it leaves out.[/]"
    )


def show_incidents(console: Console, published: Path) -> None:
    """The newest incidents."""
    rows = queries.run_sql(
        published,
        "SELECT incident_id, day, summary, status, publishers FROM incidents "
        "WHERE current AND origin = 'live' ORDER BY day DESC, incident_id",
    ).rows[:NEWEST]
    table = grid("\nThe newest incidents", "id", "day", "what", "status", "publishers#")
    for incident_id, day, summary, status, publishers in rows:
        table.add_row(*cells((incident_id, day, in_short(summary), status, publishers)))
    console.print(table)


def in_short(summary: str) -> str:
    """A summary without its day and status, which have columns of their own."""
    parts = summary.split("; ")
    head = re.sub(r", (?:between )?\d{4}-\d\d-\d\d(?: and \d{4}-\d\d-\d\d)?", "", parts[0])
    return "; ".join([head, *(p for p in parts[1:] if not p.startswith(("confirmed", "reported by")))])


def show_alerts(console: Console, published: Path) -> None:
    """The alerts that would have gone out."""
    rows = queries.run_sql(
        published,
        "SELECT kind, change, payload::VARCHAR FROM alerts WHERE incident_id <> '' "
        "ORDER BY created_at DESC, alert_id LIMIT 5",
    ).rows
    counts = queries.run_sql(published, "SELECT count(*)::INT FROM alerts WHERE incident_id <> ''").rows[0][0]
    console.print(f"\n[bold]Alerts[/] that would have gone out: {counts}, the newest")
    for kind, change, payload in rows:
        message = compose(kind, change, json.loads(payload))
        console.print(f"  [bold]{escape(safe(message.title))}[/]")
        console.print(f"  [dim]{escape(safe(message.body.splitlines()[0]))}[/]")


def called_as() -> str:
    """How the user called the program, so that the lines to try next can be copied as they stand."""
    program = Path(sys.argv[0])
    return os.path.relpath(program) if program.name == "basewatch" and program.is_file() else "basewatch"


def show_places(console: Console, paths: Paths, page: Path) -> None:
    """Where everything is, and what to try next."""
    db, program = f"--db {paths.live}", called_as()
    first = queries.run_sql(
        paths.published,
        "SELECT incident_id FROM incidents WHERE current ORDER BY publishers DESC, incident_id LIMIT 1",
    ).rows
    console.print("\n[bold]Where everything is[/]")
    console.print(f"  {page}  the page: open it in a browser")
    console.print(f"  {paths.published}  for any DuckDB client, at any moment")
    console.print(f"  {paths.archive}/  every page and feed as fetched")
    console.print("\n[bold]Try next[/]")
    if first:
        console.print(f"  {program} show {first[0][0]} {db}", highlight=False)
    console.print(f"  {program} tally --by site {db}", highlight=False)
    console.print(f'  {program} sql "FROM tally_by_day" {db}\n', highlight=False)
