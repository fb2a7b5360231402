"""The commands that keep the warehouse: check, doctor, backup, restore, rebuild."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from flows.commands.options import formats, location
from flows.location import database_path
from flows.output import Format, safe, write
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
@click.option(
    "--pages/--text",
    default=True,
    show_default="--pages",
    help="The pages as fetched, where the archive has them; or the articles' stored text alone (faster).",
)
@location
def rebuild_command(pages: bool, db: Path | None, config: Path | None) -> None:
    """Read all that is stored again through today's rules and lists.

    After an upgrade, or when places, actors, words or page rules were added. Pages come from the archive;
    where it has none, the article's stored text is read. Nothing is fetched and nobody is alerted; analysts'
    decisions stay. Killed, it goes on where it was. A backup first does no harm: basewatch backup FILE
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
        + (f"; {done['pages_gone']} pages are no more in the archive" if done["pages_gone"] else "")
    )


@click.command("upkeep")
@location
def upkeep_command(db: Path | None, config: Path | None) -> None:
    """What should be done once a day: look at feeds and data, save the warehouse, drop what is old.

    The [keep] section says where backups go, how many are kept, and when entries that came to nothing are
    forgotten. `deployments/` has it as a Prefect flow; here it runs at once, for cron and the like.
    Exit status 1 where the data fail a check; `basewatch check` shows all findings.
    """
    from flows.cycle import Cycle
    from flows.keeping import keep
    from flows.settings import load_settings

    done = keep(Cycle.live(load_settings(config, db)))
    unwell = [h for h in done.feeds if not h.well]
    click.echo(
        f"backup {done.backup}; {len(done.removed)} old ones dropped; {done.forgotten} entries forgotten"
    )
    click.echo(
        f"{len(done.findings)} findings, {len(done.errors)} of them errors; {len(unwell)} feeds in trouble"
    )
    for health in unwell:
        click.echo(f"  {safe(f'{health.source_id}: {health.verdict}: {health.reason}')}")
    for finding in done.errors[:20]:
        click.echo(f"  {safe(f'{finding.check}: {finding.subject}: {finding.finding}')}")
    if done.errors:
        sys.exit(1)
