"""Analysts' decisions: `basewatch review ...`, and `basewatch reconcile`."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import click

from flows.commands.options import day, formats, location
from flows.location import database_path
from flows.output import Format, write
from warehouse import queries
from warehouse.paths import Paths


@click.group("review")
def review_command() -> None:
    """An analyst's decision, with a reason, kept for good.

    \b
    basewatch review queue                               what most needs a look, and why
    basewatch review dismiss INCIDENT --reason "a drill, says the ministry"
    basewatch review correct INCIDENT us_wounded 2 --reason "press release of 9 December"
    basewatch review undo REVIEW --reason "the ministry has corrected itself"

    A decision is applied at once, and last: whatever reports say or better rules find, it stands until
    another review takes it back. It names the reports that the incident has now, so it outlives
    merges and rebuilds.
    """


def decision(command: Callable[..., Any]) -> Callable[..., Any]:
    """--reason, --author, and where."""
    for option in (
        click.option("--reason", required=True, help="Why; kept with the decision."),
        click.option(
            "--author",
            envvar="BASEWATCH_AUTHOR",
            default=getpass.getuser,
            help="Who decides. Default: BASEWATCH_AUTHOR, else this user.",
        ),
    ):
        command = option(command)
    return location(command)


def decided(db: Path | None, config: Path | None, **what: Any) -> None:
    """Carry a decision out and say what it came to."""
    from flows.cycle import Cycle
    from flows.keeping import Decision, decide
    from flows.settings import load_settings

    done = decide(Cycle.live(load_settings(config, db)), Decision(**what))
    click.echo(
        f"kept; incidents: {done.new} new, {done.changed} changed, {done.merged} merged, "
        f"{done.removed} removed; {done.alerts} alerts queued"
    )


@review_command.command("queue")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@formats
@location
def queue_command(limit: int, form: str, db: Path | None, config: Path | None) -> None:
    """What most deserves a person's look, the most urgent first, each with the reasons.

    Denials, possible duplicates (with the other's id, for `review merge`), flags such as a site outside its
    years of use, outlets that disagree, low confidence, gaps against stated tallies, casualties by a
    single source.
    What somebody has confirmed or dismissed is not listed.
    """
    write(queries.review_queue(Paths(database_path(db, config)).published, limit), cast(Format, form))


@review_command.command("list")
@click.argument("incident_id", required=False)
@formats
@location
def list_command(incident_id: str | None, form: str, db: Path | None, config: Path | None) -> None:
    """The decisions so far, newest first, of all incidents or of one; `undone_by`: what took it back."""
    write(queries.reviews(Paths(database_path(db, config)).published, incident_id), cast(Format, form))


@review_command.command("confirm")
@click.argument("incident_id")
@decision
def confirm_command(db: Path | None, config: Path | None, **what: Any) -> None:
    """It happened, as an analyst has found out."""
    decided(db, config, action="confirm", **what)


@review_command.command("dismiss")
@click.argument("incident_id")
@decision
def dismiss_command(db: Path | None, config: Path | None, **what: Any) -> None:
    """It did not happen, or was none of ours. Those who were alerted are told."""
    decided(db, config, action="dismiss", **what)


@review_command.command("merge")
@click.argument("incident_id")
@click.argument("other_id")
@decision
def merge_command(db: Path | None, config: Path | None, **what: Any) -> None:
    """Two incidents are one attack. The one that was known first keeps its id; the other's leads to it."""
    decided(db, config, action="merge", **what)


@review_command.command("split")
@click.argument("incident_id")
@click.argument("report_ids", nargs=-1, required=True)
@decision
def split_command(db: Path | None, config: Path | None, **what: Any) -> None:
    """The reports named tell of another attack. `basewatch show ID` lists an incident's reports."""
    decided(db, config, action="split", **what)


@review_command.command("correct")
@click.argument("incident_id")
@click.argument("field")
@click.argument("value")
@decision
def correct_command(db: Path | None, config: Path | None, **what: Any) -> None:
    """Set FIELD to VALUE (a number, a word, an ISO date, or null), whatever the reports say."""
    from extract.errors import InputError
    from flows.keeping import CORRECTABLE

    if what["field"] not in CORRECTABLE:
        raise InputError(f"{what['field']} cannot be corrected; {', '.join(CORRECTABLE)} can")
    decided(db, config, action="correct", **what)


@review_command.command("undo")
@click.argument("undoes", metavar="REVIEW_ID")
@decision
def undo_command(db: Path | None, config: Path | None, **what: Any) -> None:
    """Take a decision back. `basewatch review list` names them; an undo can be undone."""
    decided(db, config, action="undo", incident_id="", **what)


@click.command("reconcile")
@click.option("--since", type=day, help="First day of one stated tally's window.")
@click.option("--as-of", type=day, help="Its last day.")
@formats
@location
def reconcile_command(
    since: datetime | None, as_of: datetime | None, form: str, db: Path | None, config: Path | None
) -> None:
    """Where our count and the stated ones part, and the incidents on which it may turn.

    \b
    basewatch reconcile                                            every stated tally, with the gap
    basewatch reconcile --since 2023-10-17 --as-of 2023-12-08      the incidents behind one gap, and why

    \b
    maybe_missing   not counted by us, maybe by them: claimed, disputed, told as background only
    maybe_too_many  counted by us, maybe not by them: single source, possible duplicate, flagged, day unsure

    `basewatch review` settles them one by one.
    """
    published = Paths(database_path(db, config)).published
    if since is None and as_of is None:
        write(queries.reconcile_all(published), cast(Format, form))
        return
    if since is None or as_of is None:
        raise click.UsageError("a window has two ends: give both --since and --as-of, or neither")
    write(queries.reconcile(published, since.date(), as_of.date()), cast(Format, form))
