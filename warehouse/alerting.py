"""Which changes of an incident are worth an alert. Pure: rows for the outbox come out, nothing is written.

An incident alerts when it becomes known, and after that when casualties rise, when it is claimed or
confirmed, and when it is dismissed or corrected. It takes news or a person's decision:
background, history, old news and changes of our rules never alert.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.records import Incident, Reported
from warehouse.quoting import stands_on
from warehouse.staging import dumps, to_row

OLDEST_NEWS = dt.timedelta(days=30)  # an attack longer ago is history, whoever tells of it now
_CASUALTIES = ("killed", "wounded", "us_killed", "us_wounded")
_CORRECTABLE = ("date", "country", "site_id", "weapon", "claimed_by", *_CASUALTIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Where an incident comes from: `before` holds the rows of the incidents that it goes on from."""

    before: tuple[dict[str, Any], ...]
    alerted: bool  # one of them has alerted as new
    reports: tuple[Reported, ...]
    fresh: frozenset[str]  # reports that live polling brought or changed
    reviewed: bool  # a person has decided on it since it was last resolved


def alert_rows(incident: Incident, lineage: Lineage, now: dt.datetime) -> list[dict[str, Any]]:
    """The outbox rows that a new or changed incident gives cause for."""
    if not lineage.fresh and not lineage.reviewed:
        return []  # other rules, or reports that went to another incident: no news
    if lineage.alerted and lineage.before:
        return [_row(incident, lineage, now, *cause) for cause in _updates(incident, lineage)]
    if _becomes_known(incident, lineage, now):
        return [_row(incident, lineage, now, "new", None, None)]
    return []


def _becomes_known(incident: Incident, lineage: Lineage, now: dt.datetime) -> bool:
    if lineage.alerted or not incident.current or incident.status == "dismissed":
        return False
    if any(row["current"] for row in lineage.before):
        return False  # known before, and held to be history then
    fresh = any(item.report.current and item.report.report_id in lineage.fresh for item in lineage.reports)
    return fresh and not _is_old(incident, now)


def _is_old(incident: Incident, now: dt.datetime) -> bool:
    last = incident.date_latest or incident.date
    return last is not None and last < (now - OLDEST_NEWS).date()


def removal_row(before: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    """The outbox row for an incident that has alerted and of which no report is left."""
    facts = {key: _plain(value) for key, value in before.items()}
    return {
        "alert_id": _id(before["incident_id"], "dismissed", "removed"),
        "kind": "dismissed",
        "incident_id": before["incident_id"],
        "payload": {"incident": facts, "changed": {"status": [before["status"], None]}, "articles": []},
        "created_at": now,
        "state": "pending",
        "attempts": 0,
        "next_attempt_at": now,
    }


Cause = tuple[str, str | None, dict[str, Any] | None]  # kind, change, {field: [old, new]}


def _updates(incident: Incident, lineage: Lineage) -> Iterator[Cause]:
    old, new = lineage.before[0], to_row(incident)
    if incident.status == "dismissed":
        if old["status"] != "dismissed":
            yield "dismissed", None, {"status": [old["status"], "dismissed"]}
        return
    rose = {f: [old[f], new[f]] for f in _CASUALTIES if (new[f] or 0) > (old[f] or 0)}
    if rose:
        yield "updated", "casualties", rose
    if new["claimed_by"] and not old["claimed_by"]:
        yield "updated", "claim", {"claimed_by": [None, new["claimed_by"]]}
    statuses = {old["status"], new["status"]}
    if len(statuses) == 2 and statuses & {"confirmed", "disputed", "dismissed"}:
        yield "updated", "status", {"status": [old["status"], new["status"]]}
    corrected = {
        f: [_plain(old[f]), new[f]]
        for f in _CORRECTABLE
        if old[f] is not None and new[f] != old[f] and f not in rose
    }
    if corrected and _said_to_be_corrected(lineage):
        yield "updated", "correction", corrected


def _said_to_be_corrected(lineage: Lineage) -> bool:
    """A new report says that it corrects, or a person has decided."""
    return lineage.reviewed or any(
        item.report.correction for item in lineage.reports if item.report.report_id in lineage.fresh
    )


def _row(
    incident: Incident, lineage: Lineage, now: dt.datetime, kind: str, change: str | None, fields: Any
) -> dict[str, Any]:
    told = sorted({(item.outlet, item.url) for item in lineage.reports})
    facts = {key: value for key, value in to_row(incident).items() if key not in ("merged", "report_ids")}
    said = {field: values[1] for field, values in (fields or {}).items()}
    return {
        "alert_id": _id(incident.incident_id, kind, change, dumps(said)),
        "kind": kind,
        "change": change,
        "incident_id": incident.incident_id,
        "payload": {
            "incident": facts,
            "changed": fields or {},
            "articles": [{"outlet": outlet, "url": url} for outlet, url in told],
            "stands_on": stands_on(lineage.reports, fields or (), lineage.fresh),
        },
        "created_at": now,
        "state": "pending",
        "attempts": 0,
        "next_attempt_at": now,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _id(*parts: str | None) -> str:
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "replace")).hexdigest()[
        :16
    ]
