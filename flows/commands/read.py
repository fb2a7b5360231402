"""The commands that read the published copy: tally, incidents, show, sql, status."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, cast

import click

from flows.commands.options import day, formats, location
from flows.location import database_path
from flows.output import Format, write
from warehouse import queries
from warehouse.paths import Paths


def published(db: Path | None, config: Path | None) -> Path:
    """The analysts' copy beside the warehouse."""
    return Paths(database_path(db, config)).published


@click.command("tally")
@click.option("--since", type=day, help="First day counted (local, Asia/Baghdad).")
@click.option("--until", type=day, help="Last day counted.")
@click.option(
    "--by",
    type=click.Choice(["country", "site", "weapon", "claimant", "month", "day"]),
    default="country",
    show_default=True,
)
@formats
@location
def tally_command(
    since: datetime | None, until: datetime | None, by: str, form: str, db: Path | None, config: Path | None
) -> None:
    """The running tally of attacks.

    \b
    confirmed     an official body says so
    attacks       confirmed, or told by at least one publisher that is not the attacker
    claimed only  said by the attackers alone; not in `attacks`

    Disputed and dismissed incidents are in no column; Jordan stands outside the total.
    """
    table = queries.tally(
        published(db, config), by=cast(queries.By, by), since=date_of(since), until=date_of(until)
    )
    write(table, cast(Format, form))


@click.command("incidents")
@click.option("--since", type=day, help="First day.")
@click.option("--until", type=day, help="Last day.")
@click.option("--country", type=click.Choice(["Iraq", "Syria", "Jordan"]))
@click.option("--site", help="A site's id or part of its name.")
@click.option("--status", help="confirmed, corroborated, single_source, claimed, disputed or dismissed.")
@click.option("--weapon", help="rocket, drone, ballistic_missile, ...")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@formats
@location
def incidents_command(form: str, db: Path | None, config: Path | None, **filters: Any) -> None:
    """List incidents, newest first."""
    for edge in ("since", "until"):
        filters[edge] = date_of(filters[edge])
    write(queries.incidents(published(db, config), **filters), cast(Format, form))


@click.command("sql")
@click.argument("query")
@formats
@location
def sql_command(query: str, form: str, db: Path | None, config: Path | None) -> None:
    """Run QUERY on the published copy, read-only.

    \b
    basewatch sql "SELECT * FROM tally('2023-10-17', '2023-12-08')"
    basewatch sql "SELECT day, country, cumulative FROM tally_by_day"
    basewatch sql "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'incidents'"
    """
    write(queries.run_sql(published(db, config), query), cast(Format, form))


def date_of(moment: datetime | None) -> Any:
    """The date of what click parsed."""
    return moment.date() if moment else None
