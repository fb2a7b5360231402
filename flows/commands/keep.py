"""The commands that keep the warehouse: check, doctor, backup, restore, rebuild."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from flows.commands.options import formats, location
from flows.location import database_path
from flows.output import Format, write
from warehouse.paths import Paths
from warehouse.queries import Table


@click.command("check")
@click.option("--notices/--no-notices", default=True, help="What is only worth a look, too.")
@formats
@location
def check_command(notices: bool, form: str, db: Path | None, config: Path | None) -> None:
    """Check the published data: evidence, sums, ranges, ids. Exit status 1 where something is wrong."""
    from warehouse.checks import run_checks
    from warehouse.connection import open_reader

    with open_reader(Paths(database_path(db, config)).published) as con:
        findings = [f for f in run_checks(con) if notices or f.severity != "notice"]
    rows = tuple((f.severity, f.check, f.subject, f.finding, f.reason) for f in findings)
    write(Table(("severity", "check", "subject", "finding", "reason"), rows), cast(Format, form))
    if any(f.severity == "error" for f in findings):
        sys.exit(1)


@click.command("doctor")
@formats
@location
def doctor_command(form: str, db: Path | None, config: Path | None) -> None:
    """Look at configuration, paths, disk, clock, versions, warehouse, Prefect, feeds and channels.

    Nothing is changed and nobody is told or asked. Each line says what to do where something is not well.
    Exit status 1 where something will not work.
    """
    from flows.doctor import examine

    answers = examine(config, db)
    rows = tuple((a.state, a.subject, a.finding, a.advice) for a in answers)
    write(Table(("state", "subject", "finding", "what to do"), rows), cast(Format, form))
    if any(a.state == "bad" for a in answers):
        sys.exit(1)


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@location
def backup_command(target: Path, db: Path | None, config: Path | None) -> None:
    """Copy the warehouse, at rest and whole, to the new file TARGET.

    The archive of pages is not in it: its files only grow, so any copying tool keeps them.
    """
    from warehouse.backup import backup
    from warehouse.runs import run_lock

    paths = Paths(database_path(db, config))
    with run_lock(paths, "backup"):
        size = backup(paths, target)
    click.echo(f"{target}: {size / 1e6:.1f} MB")


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@location
def restore_command(source: Path, db: Path | None, config: Path | None) -> None:
    """Put the backup SOURCE in the place of the warehouse, and publish it. What was there is kept beside."""
    from warehouse.backup import restore
    from warehouse.runs import run_lock

    paths = Paths(database_path(db, config))
    with run_lock(paths, "restore"):
        kept = restore(paths, source)
    click.echo(f"{paths.live} is now {source}" + (f"; the file before it is {kept}" if kept else ""))


@click.command("rebuild")
@click.option("--pages", is_flag=True, help="From the pages as fetched, not from the articles' stored text.")
@location
def rebuild_command(pages: bool, db: Path | None, config: Path | None) -> None:
    """Read all that is stored again through today's rules and lists.

    Nothing is fetched and nobody is alerted; analysts' decisions stay. Killed, it goes on where it was.
    """
    from flows.cycle import Cycle
    from flows.keeping import rebuild
    from flows.progress import Bars
    from flows.settings import load_settings

    with Bars() as bars:
        done = rebuild(Cycle.live(load_settings(config, db), bars), pages=pages)
    click.echo(
        f"{done['read']} read again, {done['changed']} read otherwise than before; "
        f"incidents {done['incidents_new']} new, {done['incidents_changed']} changed"
    )
