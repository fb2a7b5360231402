"""What users ask of the published copy. Everything here opens it read-only and closes it again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from warehouse.connection import open_reader
from warehouse.errors import WarehouseQueryError
from warehouse.rows import fetch, utc
from warehouse.sqlfiles import statement

By = Literal["country", "site", "weapon", "claimant", "month", "day"]
BYS: tuple[By, ...] = ("country", "site", "weapon", "claimant", "month", "day")


@dataclass(frozen=True, slots=True)
class Table:
    """A result: names of columns, and rows of plain values (dates, moments in UTC, numbers, text, lists)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """Which incidents to list; None asks nothing. Days are local and both ends belong to the window."""

    since: dt.date | None = None
    until: dt.date | None = None
    country: str | None = None
    site: str | None = None  # an id, or a part of the name
    weapon: str | None = None
    status: Sequence[str] = ()
    claimant: str | None = None
    min_confidence: float | None = None
    min_casualties: int | None = None  # killed and wounded together
    text: str | None = None  # a part of the summary
    current: bool | None = True  # None: background too
    origin: Literal["live", "seed"] | None = "live"
    limit: int | None = None


def tally(
    path: Path, *, by: By = "country", since: dt.date | None = None, until: dt.date | None = None
) -> Table:
    """The running tally over local days, both ends in the window; None leaves an end open."""
    with open_reader(path) as con:
        return _table(con, statement(f"queries/tally_by_{by}"), [since, until])


def against_stated(path: Path) -> Table:
    """Every stated tally beside ours over the same days."""
    with open_reader(path) as con:
        return _table(con, "FROM tally_against_stated", [])


def incidents(path: Path, wanted: IncidentFilter | None = None) -> Table:
    """Incidents, newest first."""
    f = wanted or IncidentFilter()
    values = [
        f.since, f.until, f.country, f.site, f.weapon, list(f.status), f.claimant, f.min_confidence,
        f.min_casualties, f.text, f.current, f.origin, f.limit if f.limit is not None else 2**31,
    ]  # fmt: skip
    with open_reader(path) as con:
        return _table(con, statement("queries/incidents"), values)


def incident_card(path: Path, incident_id: str) -> dict[str, Any] | None:
    """All there is on one incident, by an id in use or one that was merged away; None where there is none.

    Keys: incident, redirected_from (the id asked for, or None), values (rule, reports, disagreement of each
    field), reports (each with its evidence and its article), history, reviews, former_ids.
    """
    with open_reader(path) as con:
        led_to = fetch(con, "SELECT new_id FROM incident_redirects WHERE old_id = $1", [incident_id])
        here = led_to[0]["new_id"] if led_to else incident_id
        found = fetch(con, "FROM incidents WHERE incident_id = $1", [here])
        if not found:
            return None
        former = fetch(con, "FROM incident_redirects WHERE new_id = $1 ORDER BY since, old_id", [here])
        ids = [here, *(row["old_id"] for row in former)]
        return {
            "incident": found[0],
            "redirected_from": incident_id if led_to else None,
            "former_ids": ids[1:],
            "values": _parsed(fetch(con, statement("queries/card_values"), [here]), "value", "others"),
            "reports": fetch(con, statement("queries/card_reports"), [here]),
            "history": _parsed(
                fetch(con, statement("queries/card_history"), [ids]), "old_value", "new_value"
            ),
            "reviews": fetch(con, statement("queries/card_reviews"), [here]),
        }


def status(path: Path) -> dict[str, Any]:
    """Where every entry ended, what the feeds are like, and the last runs.

    entries: seen = loaded + rejected + failed + due + given_up, always. rejected: how often each reason.
    """
    with open_reader(path) as con:
        (entries,) = fetch(con, statement("queries/status_entries"))
        return {
            "entries": entries,
            "rejected": fetch(con, statement("queries/status_rejections")),
            "sources": fetch(
                con, "SELECT status, count(*) AS sources FROM source_health GROUP BY ALL ORDER BY 1"
            ),
            "counts": fetch(con, statement("queries/status_counts"))[0],
            "runs": _parsed(fetch(con, statement("queries/status_runs")), "counts"),
        }


def reconcile(path: Path, since: dt.date, as_of: dt.date) -> Table:
    """The incidents of a stated tally's window that we may be missing, or have too many of, and why."""
    with open_reader(path) as con:
        return _table(con, statement("queries/reconcile"), [since, as_of])


def review_queue(path: Path, limit: int | None = None) -> Table:
    """The incidents that most deserve a person's look, the most urgent first, each with the reasons."""
    with open_reader(path) as con:
        return _table(con, statement("queries/review_queue"), [limit if limit is not None else 2**31])


def reviews(path: Path, incident_id: str | None = None) -> Table:
    """Every decision, newest first, with the incident it is about today and the review that takes it back."""
    with open_reader(path) as con:
        return _table(con, statement("queries/reviews"), [incident_id])


def reconcile_all(path: Path) -> Table:
    """Every stated tally that can be compared with ours, and how many incidents either side may be off by."""
    with open_reader(path) as con:
        return _table(con, statement("queries/reconcile_all"), [])


def source_health(path: Path) -> Table:
    """One row per feed in use."""
    with open_reader(path) as con:
        return _table(con, "FROM source_health ORDER BY source_id", [])


def alerts(path: Path, limit: int | None = None) -> Table:
    """The outbox, newest first."""
    with open_reader(path) as con:
        return _table(con, statement("queries/alerts"), [limit if limit is not None else 2**31])


def run_sql(path: Path, sql: str) -> Table:
    """Runs a user's statement on the published copy: no writing, no other files, no network.

    Raises WarehouseQueryError with the database's words, and where it is not exactly one statement.
    """
    with open_reader(path) as con:
        con.execute("SET enable_external_access = false; SET lock_configuration = true")
        try:
            if len(con.extract_statements(sql)) != 1:
                raise WarehouseQueryError("give exactly one statement")
            return _table(con, sql, [])
        except duckdb.Error as error:
            raise WarehouseQueryError(str(error)) from error


def _table(con: Any, sql: str, values: Sequence[Any]) -> Table:
    result = con.execute(sql, list(values)) if values else con.execute(sql)
    if result.description is None:
        return Table((), ())
    columns = tuple(column[0] for column in result.description)
    return Table(columns, tuple(tuple(map(utc, row)) for row in result.fetchall()))


def _parsed(rows: list[dict[str, Any]], *columns: str) -> list[dict[str, Any]]:
    """JSON columns as values."""
    for row in rows:
        for column in columns:
            row[column] = None if row[column] is None else json.loads(row[column])
    return rows
