"""Analysts' decisions: rows that are only ever added, and applied last whenever incidents are resolved."""

from __future__ import annotations

import dataclasses
from typing import Any

from extract.records import Review
from warehouse.connection import Connection, transaction
from warehouse.load import mark_days
from warehouse.rows import bump, fetch
from warehouse.sqlfiles import statement
from warehouse.staging import add, to_row

_FIELDS = tuple(field.name for field in dataclasses.fields(Review))


def add_review(con: Connection, review: Review) -> bool:
    """Keeps a decision and marks the days of the reports that it names; False where it was kept before.

    It takes effect with the next resolve_dirty.
    """
    undone = next((one for one in reviews(con) if one.review_id == review.undoes), None)
    named = [*review.report_ids, *review.other_report_ids]
    if undone is not None:
        named += [*undone.report_ids, *undone.other_report_ids]
    with transaction(con):
        kept = add(con, "reviews", ["review_id"], [to_row(review)])
        if not kept:
            return False
        con.execute("INSERT INTO internal.fresh_reviews VALUES ($1)", [review.review_id])
        spans = fetch(con, statement("load/days_of_reports"), [named])
        mark_days(con, [(row["day_from"], row["day_until"]) for row in spans])
        bump(con)
    return True


def reviews(con: Connection) -> tuple[Review, ...]:
    """Every decision, in the order in which they were made."""
    return tuple(_review(row) for row in fetch(con, "FROM reviews ORDER BY made_at, review_id"))


def _review(row: dict[str, Any]) -> Review:
    lists = {name: tuple(row[name]) for name in ("report_ids", "other_report_ids")}
    return Review(**{name: row[name] for name in _FIELDS} | lists)
