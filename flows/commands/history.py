"""basewatch backfill: archives through the same core."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import day, location

if TYPE_CHECKING:
    from flows.archives import Ask


@click.command("backfill")
@click.argument("archives", nargs=-1, metavar="WARC...")
@click.option("--since", type=day, help="Only articles published on this day or later.")
@click.option("--until", type=day, help="Only articles published on this day or before.")
@click.option("--language", "languages", multiple=True, help="Only this language (repeatable).")
@click.option(
    "--runner",
    type=click.Choice(["pool", "threads", "processes", "dask", "ray"]),
    default="pool",
    show_default=True,
    help="pool: processes here, without Prefect; the others: Prefect's task runners.",
)
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True)
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask or Ray cluster that is there.")
@click.option(
    "--max-record",
    type=click.IntRange(1),
    default=20_000_000,
    show_default=True,
    help="Bytes; larger records are skipped and named.",
)
@location
def backfill_command(
    archives: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    languages: tuple[str, ...],
    runner: str,
    workers: int,
    scheduler: str | None,
    max_record: int,
    db: Path | None,
    config: Path | None,
) -> None:
    """Read WARC archives (CC-NEWS, or our own archive folder) into the warehouse, as history: no alerts.

    WARC is a file, a folder, or - for a list of paths on standard input. An archive that was read before
    through the same rules is passed over. Exit status 1 where something in an archive could not be read; what
    it was is told on stderr.
    """
    from flows.archives import Ask
    from flows.backfill import find_archives

    listed = (
        Path(line.strip())
        for name in archives
        for line in (sys.stdin if name == "-" else [name])
        if line.strip()
    )
    try:
        paths = find_archives(listed)
    except FileNotFoundError as error:
        raise click.UsageError(f"{error}: there is no such file or folder") from error
    if not paths:
        raise click.UsageError("no archive named; give a .warc or .warc.gz file, a folder, or -")
    ask = Ask(
        since=since.date() if since else None,
        until=until.date() if until else None,
        languages=languages,
        max_record_bytes=max_record,
    )
    line, losses = _by_pool(paths, ask, workers, db, config) if runner == "pool" else _by_prefect(
        paths, ask, runner, workers, scheduler, db, config
    )  # fmt: skip
    for loss in losses:
        click.echo(f"basewatch: {loss}", err=True)
    click.echo(line)
    if losses:
        sys.exit(1)


def _by_pool(
    paths: tuple[Path, ...], ask: Ask, workers: int, db: Path | None, config: Path | None
) -> tuple[str, list[str]]:
    from flows.backfill import in_processes, run_backfill
    from flows.cycle import Cycle
    from flows.settings import load_settings

    cycle = Cycle.live(load_settings(config, db))
    summary = run_backfill(
        cycle, paths, ask, in_processes(workers), lambda line: click.echo(f"basewatch: {line}", err=True)
    )
    return summary.line(), list(summary.losses)


def _by_prefect(
    paths: tuple[Path, ...],
    ask: Ask,
    runner: str,
    workers: int,
    scheduler: str | None,
    db: Path | None,
    config: Path | None,
) -> tuple[str, list[str]]:
    from dataclasses import asdict

    from flows.serve import prepare_environment

    prepare_environment()
    from flows.backfill_flow import backfill, task_runner

    flow = backfill.with_options(task_runner=task_runner(runner, workers, scheduler))
    told = flow(list(paths), str(config) if config else None, str(db) if db else None, asdict(ask))
    return told["line"], told["losses"]
