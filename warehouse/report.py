"""What the report page is made of, read from the published copy in one go.

Everything comes by a few whole-table queries and is grouped here: a query per incident would cost a page of
ten thousand incidents minutes instead of seconds.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.connection import open_reader
from warehouse.rows import fetch
from warehouse.sqlfiles import statement

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRows:
    """One incident with all that its page shows."""

    incident: Row
    values: Rows = ()  # how each field was merged, by name of field
    reports: Rows = ()  # in order of publication, each with its evidence
    history: Rows = ()  # oldest first
    reviews: Rows = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """The content of the whole page. Days are local (Asia/Baghdad), moments UTC."""

    incidents: tuple[IncidentRows, ...]  # newest first; background and documented history too
    tally: Rows  # a row per country and one for all
    days: Rows  # tally_by_day
    weeks: Rows  # week, country, weapon, attacks
    months: Rows  # tally_by_month
    sites: Rows  # tally_by_site
    weapons: Rows
    claimants: Rows
    stated: Rows  # oldest first
    sources: Rows
    entries: Row  # where every entry ended
    rejected: Rows
    last_run_at: dt.datetime | None
    live_from: dt.date | None  # first and last local day with a live attack
    live_until: dt.date | None


def report_data(path: Path) -> ReportData:
    """Reads the published copy. Raises WarehouseError where it cannot be opened."""
    with open_reader(path) as con:

        def ask(name: str) -> list[dict[str, Any]]:
            return fetch(con, statement(f"queries/{name}"))

        (moments,) = ask("report_moments")
        return ReportData(
            incidents=tuple(_incidents(ask)),
            tally=fetch(con, "FROM tally(NULL, NULL)"),
            days=fetch(con, "FROM tally_by_day"),
            weeks=ask("report_weeks"),
            months=fetch(con, "FROM tally_by_month"),
            sites=fetch(con, "FROM tally_by_site"),
            weapons=fetch(con, "FROM tally_by_weapon"),
            claimants=fetch(con, "FROM tally_by_claimant"),
            stated=ask("report_stated"),
            sources=ask("report_sources"),
            entries=ask("status_entries")[0],
            rejected=ask("status_rejections"),
            last_run_at=moments["last_run_at"],
            live_from=moments["live_from"],
            live_until=moments["live_until"],
        )


def _incidents(ask: Any) -> Iterable[IncidentRows]:
    values = _grouped(_parsed(ask("report_values"), "value", "others"))
    reports = _grouped(ask("report_reports"))
    history = _grouped(_parsed(ask("report_history"), "old_value", "new_value"))
    reviews = _grouped(_parsed(ask("report_reviews"), "value"))
    for row in ask("report_incidents"):
        here = row["incident_id"]
        yield IncidentRows(
            incident=row,
            values=values[here],
            reports=reports[here],
            history=history[here],
            reviews=reviews[here],
        )


def _grouped(rows: Rows) -> defaultdict[str, list[Row]]:
    by_incident: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_incident[row["incident_id"]].append(row)
    return by_incident


def _parsed(rows: list[dict[str, Any]], *columns: str) -> list[dict[str, Any]]:
    """JSON columns as values; what an analyst wrote may be no JSON and stays as it is."""
    for row in rows:
        for column in columns:
            row[column] = _value(row[column])
    return rows


def _value(written: str | None) -> Any:
    try:
        return None if written is None else json.loads(written)
    except ValueError:
        return written
