"""Options that many commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def location(command: Command) -> Command:
    """--db and --config."""
    command = click.option(
        "--config", type=click.Path(path_type=Path), help="Configuration file. Default: basewatch.toml."
    )(command)
    return click.option(
        "--db", type=click.Path(path_type=Path), help="Warehouse file. Default: data/basewatch.duckdb."
    )(command)


def formats(command: Command) -> Command:
    """--format table|json|csv."""
    return click.option(
        "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
    )(command)


day = click.DateTime(formats=["%Y-%m-%d"])
