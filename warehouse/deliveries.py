"""What delivering needs beyond the outbox itself: who was told before, how the channels are, and alerts that
no incident gives cause for (the daily digest, a feed or a channel in trouble)."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.connection import Connection, open_reader, transaction
from warehouse.outbox import Alert, pending_alerts
from warehouse.rows import bump, fetch
from warehouse.sqlfiles import statement
from warehouse.staging import add

FAILURES_REMEMBERED = dt.timedelta(days=7)  # a channel that is no longer configured is not told of for ever


@dataclass(frozen=True, slots=True)
class DueAlert:
    """An alert whose time has come. `told` are the channels that have another alert of its incident;
    `taken_back`: the incident was dismissed since."""

    alert: Alert
    told: frozenset[str]
    taken_back: bool


def due_alerts(con: Connection, now: dt.datetime) -> tuple[DueAlert, ...]:
    """Alerts to deliver now, with what was told before."""
    alerts = pending_alerts(con, now)
    if not alerts:
        return ()
    rows = fetch(con, statement("load/told_before"), [[alert.alert_id for alert in alerts]])
    before = {row["alert_id"]: row for row in rows}
    return tuple(
        DueAlert(a, frozenset(before[a.alert_id]["told"]), before[a.alert_id]["taken_back"]) for a in alerts
    )


def queue_notice(
    con: Connection, kind: str, change: str, subject: str, payload: dict[str, Any], now: dt.datetime
) -> bool:
    """Puts in what no incident gives cause for, once for this kind, change and subject (a day, as a rule).

    `kind` is digest or notice. Returns whether it was new.
    """
    row = {
        "alert_id": hashlib.sha256("\x1f".join((kind, change, subject)).encode()).hexdigest()[:16],
        "kind": kind, "change": change, "incident_id": "", "payload": payload, "created_at": now,
        "state": "pending", "attempts": 0, "next_attempt_at": now,
    }  # fmt: skip
    with transaction(con):
        new = bool(add(con, "alerts", ["alert_id"], [row]))
        if new:
            bump(con)
    return new


def last_digest_at(con: Connection) -> dt.datetime | None:
    """When the last digest was made."""
    (row,) = fetch(con, "SELECT max(created_at) AS at FROM alerts WHERE kind = 'digest'")
    moment: dt.datetime | None = row["at"]
    return moment


def digest_facts(
    con: Connection, since: dt.datetime, day: dt.date, windows: tuple[dt.date, ...]
) -> dict[str, Any]:
    """What a digest tells: the tally from each day of `windows` on, what became known or changed since a
    moment, and the feeds that are in trouble. Plain values."""
    tally = [
        {**row, "since": start.isoformat()}
        for start in windows
        for row in fetch(con, statement("queries/digest_tally"), [start])
    ]
    changed = fetch(con, statement("queries/digest_incidents"), [since])
    return {
        "day": day.isoformat(),
        "tally": tally,
        "new": [_named(row) for row in changed if row["is_new"]],
        "changed": [_named(row) for row in changed if not row["is_new"]],
        "sources": fetch(
            con, "SELECT source_id, error FROM source_health WHERE status = 'error' ORDER BY source_id"
        ),
    }


def channel_health(con: Connection, now: dt.datetime) -> list[dict[str, Any]]:
    """One row per channel that something was sent to: sent, failures (rounds since the last delivery),
    last_sent_at, last_failed_at, detail."""
    return fetch(con, statement("queries/channel_health"), [now - FAILURES_REMEMBERED])


def channel_health_of(path: Path, now: dt.datetime) -> list[dict[str, Any]]:
    """The same from the published copy."""
    with open_reader(path) as con:
        return channel_health(con, now)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {"incident_id": row["incident_id"], "summary": row["summary"]}
