"""The outbox of alerts: read by whoever delivers, who tells here how it went.

Each delivery is noted on its own as soon as it is made, so that a crash repeats at most one. A channel is
named by a key that its owner makes of the address; the address itself is a secret and never comes here.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, Literal

from warehouse.connection import Connection, transaction
from warehouse.rows import bump, fetch
from warehouse.sqlfiles import statement

AlertState = Literal["pending", "sent", "filtered", "held", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert to be delivered. `delivered` are the channels that have it already."""

    alert_id: str
    kind: Literal["new", "updated", "dismissed", "digest", "notice"]
    change: str | None  # for updated: status, casualties, claim or correction
    incident_id: str
    payload: dict[str, Any]  # incident (its fields), changed ({field: [old, new]}), articles (outlet, url)
    created_at: dt.datetime
    state: AlertState
    attempts: int
    delivered: frozenset[str]


def pending_alerts(con: Connection, now: dt.datetime, limit: int | None = None) -> tuple[Alert, ...]:
    """Alerts whose time has come, the oldest first; those never tried before those that failed."""
    rows = fetch(con, statement("load/pending_alerts"), [now, limit if limit is not None else 2**31])
    return tuple(
        Alert(**{**row, "payload": json.loads(row["payload"]), "delivered": frozenset(row["delivered"])})
        for row in rows
    )


def mark_sent(con: Connection, alert_id: str, channel: str, now: dt.datetime) -> None:
    """One channel has the alert."""
    _note_delivery(con, alert_id, channel, "sent", None, now)


def mark_failed(con: Connection, alert_id: str, channel: str, detail: str, now: dt.datetime) -> None:
    """One channel could not be given the alert. `detail` must not hold the channel's address."""
    _note_delivery(con, alert_id, channel, "failed", detail, now)


def settle(
    con: Connection,
    alert_id: str,
    state: AlertState,
    now: dt.datetime,
    *,
    next_attempt_at: dt.datetime | None = None,
    detail: str | None = None,
) -> None:
    """Ends one attempt: sent, filtered, failed (given up), held, or pending until `next_attempt_at`."""
    with transaction(con):
        con.execute(statement("load/settle_alert"), [alert_id, state, now, next_attempt_at, detail])
        bump(con)


def retry_failed(con: Connection, now: dt.datetime) -> int:
    """Makes alerts that were given up due again at once; returns how many."""
    with transaction(con):
        due = con.execute(statement("load/retry_alerts"), [now]).fetchall()
        if due:
            bump(con)
    return len(due)


def _note_delivery(
    con: Connection, alert_id: str, channel: str, state: str, detail: str | None, now: dt.datetime
) -> None:
    with transaction(con):
        con.execute(statement("load/note_delivery"), [alert_id, channel, state, detail, now])
