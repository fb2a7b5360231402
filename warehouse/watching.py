"""What is asked beyond the next poll: a feed's own rhythm, and the pages that are to be looked at again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract.records import FeedEntry
from warehouse.connection import Connection, open_reader
from warehouse.rows import fetch
from warehouse.sqlfiles import statement


def source_rhythms(con: Connection) -> list[dict[str, Any]]:
    """One row per feed in use: its health, usual_gap_seconds, newest_published_at, moved_to, moved_since."""
    return fetch(con, statement("queries/source_rhythm"))


def source_rhythms_of(path: Path) -> list[dict[str, Any]]:
    """The same from the published copy."""
    with open_reader(path) as con:
        return source_rhythms(con)


def archive_files_of(path: Path) -> frozenset[str]:
    """The archive's files that the warehouse (published copy) knows pages in."""
    with open_reader(path) as con:
        return frozenset(row["file"] for row in fetch(con, "SELECT DISTINCT file FROM internal.pages"))


def last_source_notice(con: Connection) -> frozenset[str]:
    """The feeds that the last notice of feeds in trouble named."""
    rows = fetch(
        con,
        "SELECT payload FROM alerts WHERE kind = 'notice' AND change = 'sources' "
        "ORDER BY created_at DESC LIMIT 1",
    )
    return frozenset(json.loads(rows[0]["payload"])["subjects"]) if rows else frozenset()


def entries_to_reread(
    con: Connection,
    now: dt.datetime,
    *,
    looks: Sequence[dt.timedelta],
    step: dt.timedelta,
    until: dt.timedelta,
    kind: str,
    limit: int,
) -> tuple[FeedEntry, ...]:
    """Entries with reports whose page is due for another look: `looks` after it was first fetched.

    A look that did not come about (no answer, no article, no run) is tried again by the first run (of this
    kind) after each `step`, until `until` after it was due.
    """
    if not looks:
        return ()
    ages, steps = [look.total_seconds() for look in looks], [step.total_seconds(), until.total_seconds()]
    rows = fetch(con, statement("load/reread_entries"), [now, ages, *steps, kind, limit])
    return tuple(FeedEntry(**row) for row in rows)
