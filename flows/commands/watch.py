"""The command that looks on: watch."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import click

from flows.commands.options import location


@click.command("watch")
@click.option("--once", is_flag=True, help="Print it once and end; so it does where output is piped.")
@location
def watch_command(once: bool, db: Path | None, config: Path | None) -> None:
    """The running monitor at a glance: last and next run, feeds, tally, newest incidents, until Ctrl-C.

    It looks at the published copy only and keeps nothing from running. Another process runs the monitor
    (`basewatch serve`).
    """
    from flows.settings import load_settings
    from flows.watching import watch
    from warehouse.paths import Paths

    settings = load_settings(config, db)
    with suppress(KeyboardInterrupt):
        watch(Paths(settings.warehouse.path), settings.schedule.every, once=once or not sys.stdout.isatty())
