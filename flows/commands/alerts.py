"""`basewatch alerts list|test|retry`: the outbox and its channels."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click

from flows.commands.options import formats, location
from flows.location import database_path
from flows.output import Format, write
from warehouse import queries
from warehouse.paths import Paths


@click.group("alerts")
def alerts_command() -> None:
    """The outbox: what was told, what waits, and whether the channels work.

    Channels are Apprise URLs: in BASEWATCH_ALERTS_URLS (apart by spaces), in `[alerts] urls`, or in
    [[alerts.channel]] blocks with filters of their own. `prefect://NAME` names a Prefect Secret block that
    holds the URL. URLs are secrets: they are shown nowhere; a channel is named by its key.
    """


@alerts_command.command("list")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@formats
@location
def list_command(limit: int, form: str, db: Path | None, config: Path | None) -> None:
    """The outbox, newest first.

    \b
    pending   waits for its (next) attempt
    sent      every channel that wants it has it
    filtered  no channel wants it
    failed    given up; `basewatch alerts retry` tries again
    """
    write(queries.alerts(Paths(database_path(db, config)).published, limit), cast(Format, form))


@alerts_command.command("test")
@formats
@location
def test_command(form: str, db: Path | None, config: Path | None) -> None:
    """Send a marked sample through each channel, and say what happened. Exit status 1 where one failed."""
    from flows.channels import open_channels, send
    from flows.messages import SAMPLE
    from flows.settings import load_settings

    channels = open_channels(load_settings(config, db).alerts)
    if not channels:
        click.echo("basewatch: no channel is configured; set BASEWATCH_ALERTS_URLS", err=True)
        sys.exit(1)
    answers = [(channel, send(channel, SAMPLE)) for channel in channels]
    rows = tuple((c.key, c.scheme, "taken" if a is None else "failed", a) for c, a in answers)
    write(queries.Table(("channel", "service", "result", "detail"), rows), cast(Format, form))
    if any(answer for _, answer in answers):
        sys.exit(1)


@alerts_command.command("retry")
@location
def retry_command(db: Path | None, config: Path | None) -> None:
    """Try again, now, what was given up. Exit status 1 where it fails again."""
    from flows.alerts import deliver_due
    from flows.cycle import Cycle
    from flows.settings import load_settings
    from warehouse.outbox import retry_failed
    from warehouse.publish import publish_if_changed
    from warehouse.runs import run_lock

    cycle = Cycle.live(load_settings(config, db))
    with run_lock(cycle.paths, "delivery of alerts"):
        with cycle.writer() as con:
            due = retry_failed(con, datetime.now(UTC))
        counts = deliver_due(cycle.writer, cycle.settings.alerts, cycle.clock)
        with cycle.writer() as con:
            publish_if_changed(con, cycle.paths)
    told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    click.echo(f"{due} given up before are tried again: {told or 'nothing is due'}")
    if counts.get("failed"):
        sys.exit(1)
