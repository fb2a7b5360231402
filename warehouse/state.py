"""What a cycle remembers of sources and entries between polls.

Validators (ETag, Last-Modified, hash of the body) are written in the same transaction as the entries that
came with them. Otherwise a run killed in between would ask "anything newer?" and never see those again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extract.records import FeedEntry, Source
from warehouse.connection import Connection, transaction
from warehouse.rows import bump, fetch, utc
from warehouse.sqlfiles import statement
from warehouse.staging import add, replace, stage, to_row

SourceStatus = Literal["ok", "degraded", "error", "skipped"]
UPDATE_LIMIT = 24  # an entry whose words change at every poll is not read for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One source with what its last polls left behind; `etag`, `last_modified`, `body_hash` as received."""

    source: Source
    status: SourceStatus = "skipped"
    error: str | None = None
    detail: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    interval: dt.timedelta | None = None  # the adapted time between polls; None: not adapted yet
    failures_in_a_row: int = 0
    last_attempt_at: dt.datetime | None = None
    last_success_at: dt.datetime | None = None
    last_new_entry_at: dt.datetime | None = None
    next_due_at: dt.datetime | None = None
    moved_to: str | None = None
    moved_since: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PullOutcome:
    """What one poll of one source came to. Status "error" keeps the stored validators; a 304 repeats them."""

    source_id: str
    status: SourceStatus
    attempted_at: dt.datetime
    error: str | None = None
    detail: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    interval: dt.timedelta | None = None
    next_due_at: dt.datetime | None = None
    moved_to: str | None = None
    entries: tuple[FeedEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PullSummary:
    """How many entries a pull found new, and how many known ones came with changed words."""

    new: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEntry:
    """An entry to be read now. `attempts` counts the failed ones before; `reason` is the last failure's."""

    entry: FeedEntry
    attempts: int
    reason: str | None


def sync_sources(con: Connection, sources: Sequence[Source], now: dt.datetime) -> int:
    """Makes the stored sources those of the configuration; returns how many changed.

    A source that is gone from it becomes inactive. A changed address forgets the validators of the old one.
    """
    known = {row["source_id"]: row for row in fetch(con, "FROM sources")}
    rows = [_source_row(source, known.get(source.source_id), now) for source in sources]
    named = {row["source_id"] for row in rows}
    gone = [{**row, "active": False} for key, row in known.items() if row["active"] and key not in named]
    changed = [row for row in rows if known.get(row["source_id"]) != row] + gone
    if not changed:
        return 0
    moved = [row["source_id"] for row in rows if _other_address(row, known.get(row["source_id"]))]
    with transaction(con):
        replace(con, "sources", "source_id", changed)
        con.execute(statement("load/forget_validators"), [moved])
        bump(con)
    return len(changed)


def source_states(con: Connection) -> tuple[SourceState, ...]:
    """Every source in use with its state, in order of source_id."""
    rows = fetch(con, statement("load/source_states"))
    return tuple(_source_state(row) for row in rows)


def due_sources(con: Connection, now: dt.datetime) -> tuple[SourceState, ...]:
    """The sources in use whose time has come; those never polled first, then the longest overdue."""
    due = [state for state in source_states(con) if state.next_due_at is None or state.next_due_at <= now]
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    return tuple(sorted(due, key=lambda state: (state.next_due_at or first, state.source.source_id)))


def record_pull(
    con: Connection, run_id: str, outcomes: Iterable[PullOutcome], now: dt.datetime
) -> PullSummary:
    """Stores how polls went and the entries they brought, in one transaction.

    An entry seen before is left as it is, unless its words have changed: then it is due again, a limited
    number of times. `run_id` is there as in the other stages; entries do not carry it.
    """
    outcomes = tuple(outcomes)
    if not outcomes:
        return PullSummary(new=0, changed=0)
    with transaction(con):
        new_by_source, changed = _record_entries(con, outcomes, now)
        before = {row["source_id"]: row for row in fetch(con, "FROM internal.source_state")}
        rows = [_state_row(one, before.get(one.source_id), new_by_source, now) for one in outcomes]
        replace(con, "internal.source_state", "source_id", rows)
        new = sum(new_by_source.values())
        if new or changed or any(_health_changed(before.get(row["source_id"]), row) for row in rows):
            bump(con)
    return PullSummary(new=new, changed=changed)


def due_entries(con: Connection, now: dt.datetime, limit: int | None = None) -> tuple[DueEntry, ...]:
    """Entries to be read now: new ones before those that failed, the newest news first."""
    rows = fetch(con, statement("load/due_entries"), [now, limit if limit is not None else 2**31])
    return tuple(_due_entry(row) for row in rows)


def _record_entries(
    con: Connection, outcomes: Sequence[PullOutcome], now: dt.datetime
) -> tuple[dict[str, int], int]:
    """Entries in; returns new entries by source, and how many changed."""
    rows: dict[str, dict[str, Any]] = {}
    for outcome in outcomes:
        for entry in outcome.entries:
            rows.setdefault(entry.entry_id, _entry_row(entry, now))  # of two with one id the first counts
    if not rows:
        return {}, 0
    name = stage(con, "internal.entries", list(rows.values()))
    changed = con.execute(statement("load/update_entries").format(stage=name), [now, UPDATE_LIMIT]).fetchall()
    new = add(con, "internal.entries", ["entry_id"], list(rows.values()), returning="source_id")
    by_source: dict[str, int] = {}
    for source_id in new:
        by_source[source_id] = by_source.get(source_id, 0) + 1
    return by_source, len(changed)


def _entry_row(entry: FeedEntry, now: dt.datetime) -> dict[str, Any]:
    words = "\x1f".join((entry.title, entry.summary, entry.url))
    return to_row(entry) | {
        "state": "due",
        "attempts": 0,
        "due_at": now,
        "content_hash": hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16],
        "updates": 0,
    }


def _source_row(source: Source, known: dict[str, Any] | None, now: dt.datetime) -> dict[str, Any]:
    return {
        "source_id": source.source_id,
        "url": source.url,
        "outlet": source.outlet,
        "family": source.family,
        "language": source.language,
        "kind": source.kind,
        "every_seconds": None if source.every is None else int(source.every.total_seconds()),
        "note": source.note,
        "active": True,
        "added_at": known["added_at"] if known else now,
    }


def _other_address(row: dict[str, Any], known: dict[str, Any] | None) -> bool:
    return known is not None and known["url"] != row["url"]


def _state_row(
    outcome: PullOutcome, before: dict[str, Any] | None, new_by_source: dict[str, int], now: dt.datetime
) -> dict[str, Any]:
    row = to_row(outcome)
    del row["entries"]
    attempted_at, interval = row.pop("attempted_at"), row.pop("interval")
    old = before or {}
    failed, tried = outcome.status == "error", outcome.status != "skipped"
    if failed or not tried:
        row |= {key: old.get(key) for key in ("etag", "last_modified", "body_hash")}
    if not tried and before:
        row |= {
            key: old.get(key) for key in ("status", "error", "detail")
        }  # a poll not made says nothing new
    failures = int(old.get("failures_in_a_row") or 0)
    moved_to = outcome.moved_to or (old.get("moved_to") if failed or not tried else None)
    same_move = moved_to is not None and moved_to == old.get("moved_to")
    return row | {
        "interval_seconds": old.get("interval_seconds")
        if interval is None
        else int(interval.total_seconds()),
        "failures_in_a_row": (failures + 1 if failed else 0) if tried else failures,
        "last_attempt_at": attempted_at if tried else old.get("last_attempt_at"),
        "last_success_at": attempted_at if tried and not failed else old.get("last_success_at"),
        "last_new_entry_at": now if new_by_source.get(outcome.source_id) else old.get("last_new_entry_at"),
        "moved_to": moved_to,
        "moved_since": (old.get("moved_since") if same_move else now) if moved_to else None,
    }


def _health_changed(before: dict[str, Any] | None, row: dict[str, Any]) -> bool:
    """Whether analysts see another state; the moments of polls alone do not call for a new copy."""
    return before is None or any(before[key] != row[key] for key in ("status", "error"))


def _source_state(row: dict[str, Any]) -> SourceState:
    source = Source(
        every=None if row["every_seconds"] is None else dt.timedelta(seconds=row["every_seconds"]),
        **{key: row[key] for key in ("source_id", "url", "outlet", "family", "language", "kind", "note")},
    )
    if row["status"] is None:
        return SourceState(source=source)
    interval = row["interval_seconds"]
    kept = {field.name for field in dataclasses.fields(SourceState)} - {"source", "interval"}
    return SourceState(
        source=source,
        interval=None if interval is None else dt.timedelta(seconds=interval),
        **{key: utc(row[key]) for key in kept},
    )


def _due_entry(row: dict[str, Any]) -> DueEntry:
    names = {field.name for field in dataclasses.fields(FeedEntry)}
    entry = FeedEntry(**{key: value for key, value in row.items() if key in names})
    return DueEntry(entry=entry, attempts=row["attempts"], reason=row["reason"])
