"""The commands that work: run, serve, demo."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from flows.commands.options import location
from flows.location import config_path


@click.command("run")
@click.option(
    "--prefect", is_flag=True, help="As a Prefect flow run even where no Prefect API is configured."
)
@click.option("--profile", is_flag=True, help="Tell on stderr what each stage cost (not with Prefect).")
@location
def run_command(prefect: bool, profile: bool, db: Path | None, config: Path | None) -> None:
    """One cycle of the monitor now: pull feeds, fetch and read new articles, load, resolve, alert, publish.

    With a Prefect API configured (PREFECT_API_URL or a profile), or with --prefect, this is a Prefect flow
    run; otherwise the same stages run in the same order in this process, at once.

    Exit status 1 where a feed or page could not be had; what it was is in `basewatch status`.
    """
    from flows.serve import api_configured, prepare_environment

    if prefect or api_configured():
        prepare_environment()
        clean = run_as_flow(config, db)
    else:
        click.echo("basewatch: running the stages directly (no Prefect API is configured)", err=True)
        clean = run_directly(config, db, profile=profile)
    if not clean:
        sys.exit(1)


def run_as_flow(config: Path | None, db: Path | None) -> bool:
    """A Prefect flow run; whether nothing failed."""
    from flows.monitor import monitor

    summary: dict[str, Any] = monitor(str(config) if config else None, str(db) if db else None)
    return not summary["failures"] and not summary["alerts"].get("failed")


def run_directly(config: Path | None, db: Path | None, *, profile: bool = False) -> bool:
    """The stages in this process; whether nothing failed."""
    from flows.costs import Costs
    from flows.cycle import Cycle, run_cycle
    from flows.logs import configure
    from flows.progress import Bars
    from flows.settings import load_settings

    configure()
    settings = load_settings(config, db)
    costs = Costs()
    with Bars() as bars:
        summary = run_cycle(Cycle.live(settings, bars), costs.step)
    if profile:
        click.echo(costs.table(), err=True)
    for failure in summary.failures:
        click.echo(f"basewatch: {failure}", err=True)
    click.echo(summary.line())
    for kind, incident_id, text in summary.incidents:
        click.echo(f"  {kind:<8}{incident_id}  {text}")
    return summary.clean


@click.command("serve")
@click.option("--every", help="Time between runs, such as 15m or 1h. Default: [schedule] every.")
@location
def serve_command(every: str | None, db: Path | None, config: Path | None) -> None:
    """The monitor on its schedule, in this process, until Ctrl-C or SIGTERM.

    Where no Prefect API is configured, a local Prefect server of our own is started beside the warehouse
    (SQLite, telemetry off) and its address printed. Runs never overlap; a run that fell due while the machine
    slept starts on waking.
    """
    from flows.errors import ConfigError
    from flows.serve import serve
    from flows.settings import load_settings, parse_duration

    settings = load_settings(config, db)
    interval = parse_duration(every) if every else settings.schedule.every
    if not isinstance(interval, timedelta) or interval < timedelta(seconds=1):
        raise ConfigError(f"--every {every}: write a number and s, m, h or d, such as 15m")
    serve(config_path(config), settings.warehouse.path, interval, settings.warehouse.path.parent / "prefect")


@click.command("demo")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/demo"),
    show_default=True,
    help="Where the demo's warehouse and page are written.",
)
@click.option("--prefect", is_flag=True, help="Run every cycle as a Prefect flow run (slower).")
def demo_command(folder: Path, prefect: bool) -> None:
    """See it work: the bundled archive, 17 October 2023 to 10 February 2024, through the real flow.

    Invented outlets with articles in our own words on real attacks are served over HTTP on loopback, and the
    monitor runs once for every simulated day. Then: the tally beside what officials stated, the newest
    incidents, the alerts that would have gone out, and where everything is. A second run adds nothing.
    """
    from flows.demo.run import run_demo

    run_demo(folder, prefect=prefect)
