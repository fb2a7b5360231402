"""The commands that read the published copy: tally, incidents, show, sql, status."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast, get_args

import click

from extract.errors import InputError
from extract.records import IncidentStatus, Weapon
from flows.commands.options import day, formats, location
from flows.location import database_path
from flows.output import Format, plain, write
from warehouse import queries
from warehouse.deliveries import channel_health_of
from warehouse.paths import Paths
from warehouse.watching import source_rhythms_of

STATUSES = get_args(IncidentStatus)
LISTED = ("incident_id", "day", "summary", "status", "publishers", "confidence")


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
    in_order(since, until)
    path, window = published(db, config), {"since": date_of(since), "until": date_of(until)}
    table = queries.tally(path, by=cast(queries.By, by), **window)
    if form == "table":
        table = named(table, "claimed_by", "(nobody)")
    if form == "table" and sys.stdout.isatty():
        from flows.terminal import print_tally

        print_tally(table, queries.tally(path, by="month", **window))
    else:
        write(table, cast(Format, form))


def named(table: queries.Table, column: str, nobody: str) -> queries.Table:
    """The table with a word where a column is empty, for people."""
    if column not in table.columns:
        return table
    place = table.columns.index(column)
    rows = [(*row[:place], row[place] or nobody, *row[place + 1 :]) for row in table.rows]
    return queries.Table(table.columns, tuple(rows))


@click.command("incidents")
@click.option("--since", type=day, help="First day.")
@click.option("--until", type=day, help="Last day.")
@click.option("--country", type=click.Choice(["Iraq", "Syria", "Jordan"]))
@click.option("--site", help="A site's id or part of its name.")
@click.option("--status", type=click.Choice(STATUSES), multiple=True, help="May be given several times.")
@click.option("--weapon", type=click.Choice(get_args(Weapon)))
@click.option("--claimant", help="An actor's id, such as islamic_resistance_in_iraq.")
@click.option("--text", help="A part of the summary.")
@click.option("--background/--no-background", default=False, help="History told as background, too.")
@click.option(
    "--seeds/--no-seeds", default=False, help="Documented history that comes with the program, too."
)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@formats
@location
def incidents_command(
    form: str, db: Path | None, config: Path | None, background: bool, seeds: bool, **filters: Any
) -> None:
    """List incidents, newest first."""
    in_order(filters["since"], filters["until"])
    for edge in ("since", "until"):
        filters[edge] = date_of(filters[edge])
    wanted = queries.IncidentFilter(
        current=None if background else True, origin=None if seeds else "live", **filters
    )
    table = queries.incidents(published(db, config), wanted)
    if not table.rows:
        check_claimant(wanted.claimant)
    if form == "table" and sys.stdout.isatty():
        from flows.terminal import print_incidents

        print_incidents(chosen(table, LISTED))
    else:
        write(table if form != "table" else chosen(table, LISTED), cast(Format, form))


def check_claimant(name: str | None) -> None:
    """Raise InputError for an id that nobody has: nothing found would look like a finding."""
    if name is None:
        return
    from difflib import get_close_matches

    from extract.knowledge import load_knowledge

    known = [actor.actor_id for actor in load_knowledge().actors]
    if name not in known:
        like = get_close_matches(name, known, n=3, cutoff=0.4)
        hint = f"; did you mean {', '.join(like)}?" if like else ""
        raise InputError(
            f"--claimant {name}: nobody has that id{hint} (`basewatch tally --by claimant` lists them)"
        )


def chosen(table: queries.Table, columns: Sequence[str]) -> queries.Table:
    """Some columns of a table."""
    places = [table.columns.index(name) for name in columns]
    return queries.Table(tuple(columns), tuple(tuple(row[p] for p in places) for row in table.rows))


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


def in_order(since: datetime | None, until: datetime | None) -> None:
    """Raise InputError where a window ends before it begins: its zeros would look like a finding."""
    if since and until and until < since:
        raise InputError(f"--until {until:%Y-%m-%d} lies before --since {since:%Y-%m-%d}; give them in order")


def date_of(moment: datetime | None) -> Any:
    """The date of what click parsed."""
    return moment.date() if moment else None


@click.command("show")
@click.argument("incident")
@formats
@location
def show_command(incident: str, form: str, db: Path | None, config: Path | None) -> None:
    """One incident by its id (an id merged away leads on to the one it became).

    Every value with the rule by which it was merged, the words of each article it stands on, what other
    reports say instead, and what changed when and because of which report.
    """
    card = queries.incident_card(published(db, config), incident)
    if card is None:
        raise InputError(f"there is no incident {incident}. `basewatch incidents` lists them.")
    if form == "json":
        click.echo(json.dumps(card, default=plain, ensure_ascii=False, indent=1))
    elif form == "csv":
        write(value_table(card), "csv")
    else:
        from flows.card import print_card

        print_card(card)


def value_table(card: dict[str, Any]) -> queries.Table:
    """The card's values, a row a field."""
    rows = tuple(
        (v["field"], card["incident"].get(v["field"]), v["rule"], len(v["report_ids"]))
        for v in card["values"]
    )
    return queries.Table(("field", "value", "rule", "reports"), rows)


@click.command("status")
@formats
@location
def status_command(form: str, db: Path | None, config: Path | None) -> None:
    """Where every entry ended, and which feeds are in trouble.

    Every entry seen ends exactly once: loaded, rejected with a reason, failed and due again, or given up; the
    sums agree. A feed is in trouble that fails, or has been silent for far longer than it is as a rule.
    Exit status 1 where a feed or a channel fails; silence alone is told, and no failure.
    """
    from flows.health import with_verdicts

    path, now = published(db, config), datetime.now(UTC)
    state, health = queries.status(path), queries.source_health(path).dicts()
    feeds = with_verdicts(health, source_rhythms_of(path), now)
    channels = channel_health_of(path, now)
    if form == "json":
        whole = {**state, "feeds": feeds, "channels": channels}
        click.echo(json.dumps(whole, default=plain, ensure_ascii=False, indent=1))
    elif form == "csv":
        rows = tuple(tuple(feed.values()) for feed in feeds)
        write(queries.Table(tuple(feeds[0]) if feeds else (), rows), "csv")
    else:
        from flows.card import print_status

        print_status(state, feeds, channels)
    if any(f["status"] == "error" for f in feeds) or any(c["failures"] for c in channels):
        sys.exit(1)
