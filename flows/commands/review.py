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

    A decision names the reports that the incident has now, so it outlives merges, rebuilds and better rules.
    `basewatch review undo` takes one back; both stay in the history.
    """


def decision(command: Callable[..., Any]) -> Callable[..., Any]:
    """--reason, --author, and where."""
    for option in (
        click.option("--reason", required=True, help="Why; kept with the decision."),
        click.option("--author", default=getpass.getuser, help="Who decides. Default: this user."),
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
    """What most deserves a person's look, the most urgent first, each with the reasons."""
    write(queries.review_queue(Paths(database_path(db, config)).published, limit), cast(Format, form))


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
    """Two incidents are one attack."""
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
    """Take a decision back."""
    decided(db, config, action="undo", incident_id="", **what)


@click.command("reconcile")
@click.option("--since", type=day, required=True, help="First day of the stated tally's window.")
@click.option("--as-of", type=day, required=True, help="Its last day.")
@formats
@location
def reconcile_command(
    since: datetime, as_of: datetime, form: str, db: Path | None, config: Path | None
) -> None:
    """The incidents on which our count and a stated one may part, and why.

    \b
    maybe_missing   not counted by us, maybe by them
    maybe_too_many  counted by us, maybe not by them
    """
    published = Paths(database_path(db, config)).published
    write(queries.reconcile(published, since.date(), as_of.date()), cast(Format, form))
