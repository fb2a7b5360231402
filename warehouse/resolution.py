"""Resolves the days that have changed, and writes what came of it: one transaction for each stretch of days.

Resolution itself is a pure function given by the caller. This module finds which reports it must see,
compares its answer with what is stored, and writes the difference: incidents, values, history, redirects and
alerts, together with the mark that the days are done. A kill before the commit leaves the marks, so the next
run does the same again; an answer equal to what is stored writes nothing.

Resolution is local: what a report may change lies within `halo_days` of its days. So the stored incidents of
the changed days and the halo around them are replaced, and the reports within another halo are read to do it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extract.records import Evidence, Incident, Report, Reported, Review
from warehouse.alerting import Lineage, alert_rows, removal_row
from warehouse.connection import Connection, transaction
from warehouse.load import local_day
from warehouse.quoting import with_quotes
from warehouse.reviews import reviews
from warehouse.rows import bump, fetch
from warehouse.sqlfiles import statement
from warehouse.staging import add, dumps, insert, replace, stage, to_row

Resolver = Callable[[Sequence[Reported], Any, Sequence[Review]], tuple[Incident, ...]]
DEFAULT_HALO_DAYS = 64  # extract.dedup.HALO_DAYS; the caller passes it
_REPORT_FIELDS = tuple(field.name for field in dataclasses.fields(Report))
_REPORTED_FIELDS = ("outlet", "family", "kind", "url", "published_at", "seen_at", "fingerprint")
_NOT_HISTORY = frozenset(
    {"incident_id", "summary", "confidence", "report_ids", "article_ids", "merged", "voices"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveSummary:
    """What changed: incidents by what happened to them, and how many alerts were queued."""

    new: int = 0
    changed: int = 0
    merged: int = 0
    removed: int = 0
    alerts: int = 0
    reports_seen: int = 0

    def __add__(self, other: ResolveSummary) -> ResolveSummary:
        names = [field.name for field in dataclasses.fields(self)]
        return ResolveSummary(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """One report as stored: for the resolver, and where it stood so far."""

    reported: Reported
    incident_id: str | None
    day_from: dt.date
    day_until: dt.date
    quiet: bool

    @property
    def report_id(self) -> str:
        return self.reported.report.report_id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """Local days, inclusive: those whose incidents are replaced, and those whose reports are read for it."""

    dirty: tuple[dt.date, ...]
    write_from: dt.date
    write_until: dt.date
    halo: dt.timedelta

    def holds(self, day: dt.date) -> bool:
        return self.write_from <= day <= self.write_until

    def with_days(self, days: Iterable[dt.date]) -> _Window:
        every = [self.write_from, self.write_until, *days]
        return dataclasses.replace(self, write_from=min(every), write_until=max(every))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """What is known of the days that are resolved together."""

    days: tuple[dt.date, ...]
    lost_from: frozenset[str]  # incidents that lost a report
    stored: dict[str, _Stored]  # the reports that were read, by id
    fresh: frozenset[str]  # those that came or changed as news
    decisions: tuple[tuple[str, str], ...]  # (incident, review of it not resolved yet), oldest first

    def decision(self, incident_id: str) -> str | None:
        """The newest of the reviews that concern an incident and are not resolved yet."""
        return dict(self.decisions).get(incident_id)

    before: dict[str, dict[str, Any]]  # stored incidents to be replaced, by id
    after: dict[str, Incident]  # what takes their place


def resolve_dirty(
    con: Connection,
    resolver: Resolver,
    knowledge: Any,
    run_id: str,
    now: dt.datetime,
    *,
    quiet: bool = False,
    halo_days: int = DEFAULT_HALO_DAYS,
    on_progress: Callable[[int, int], None] | None = None,
) -> ResolveSummary:
    """Resolves every stretch of changed days; returns what changed.

    `quiet` queues no alerts at all (rebuild). `on_progress` hears of days done and days in all.
    """
    lost = frozenset(row["incident_id"] for row in fetch(con, "FROM internal.dirty_incidents"))
    days = [row["day"] for row in fetch(con, "FROM internal.dirty_days")]
    days += [row["day"] for row in _incidents(con, lost) if row["day"]]
    windows = _windows(days, dt.timedelta(days=halo_days))
    total, done, summary = sum(len(window.dirty) for window in windows), 0, ResolveSummary()
    for window in windows:
        stretch = _look(con, resolver, knowledge, window, lost)
        summary += _write(con, stretch, run_id, now, quiet=quiet)
        done += len(window.dirty)
        if on_progress:
            on_progress(done, total)
    return summary


def _windows(days: Iterable[dt.date], halo: dt.timedelta) -> list[_Window]:
    """The windows to resolve; those that would write the same days are one."""
    groups: list[list[dt.date]] = []
    for day in sorted(set(days)):
        if groups and day - halo <= groups[-1][-1] + halo + dt.timedelta(days=1):
            groups[-1].append(day)
        else:
            groups.append([day])
    return [
        _Window(dirty=tuple(group), write_from=group[0] - halo, write_until=group[-1] + halo, halo=halo)
        for group in groups
    ]


def _look(
    con: Connection, resolver: Resolver, knowledge: Any, window: _Window, lost: frozenset[str]
) -> _Stretch:
    """Reads what a window needs and has it resolved. Should an incident stand in and outside of the window
    after all, the window grows until none does, so that no report is left in two incidents or in none."""
    made = reviews(con)
    while True:
        stored = _reports(con, window.write_from - window.halo, window.write_until + window.halo)
        resolved = resolver(tuple(one.reported for one in stored.values()), knowledge, made)
        after = {one.incident_id: one for one in resolved if window.holds(_day(one, stored))}
        before = {row["incident_id"]: row for row in _incidents_of_days(con, window)}
        taken = {stored[key].incident_id for one in after.values() for key in one.report_ids}
        left = {one.incident_id for one in resolved if one.incident_id not in after}
        strays = _incidents(con, {key for key in taken if key and key not in before})
        moved = [_day(one, stored) for one in resolved if one.incident_id in before.keys() & left]
        outside = [row["day"] for row in strays if row["day"]] + moved
        unread = _days_of_unread(con, before.values(), made, stored)
        outside += [day for day in unread if not window.holds(day)]
        if not outside:
            break
        window = window.with_days(outside)
    return _Stretch(
        days=window.dirty,
        lost_from=lost & before.keys(),
        stored=stored,
        fresh=_fresh(con, after.values()),
        decisions=_decisions(con, after.values(), made),
        before=before,
        after=after,
    )


def _days_of_unread(
    con: Connection,
    before: Iterable[dict[str, Any]],
    made: Sequence[Review],
    stored: dict[str, _Stored],
) -> list[dt.date]:
    """The days of reports that belong to this window's incidents but lie far from it: an analyst has merged
    two incidents months apart, or corrected the date of one."""
    read = Counter(one.incident_id for one in stored.values())
    partly = sorted(row["incident_id"] for row in before if row["reports"] > read[row["incident_id"]])
    named = {
        report_id
        for review in made
        if review.action == "merge" and not {*review.report_ids, *review.other_report_ids}.isdisjoint(stored)
        for report_id in (*review.report_ids, *review.other_report_ids)
    }
    unread = sorted(named - stored.keys())
    rows = fetch(con, statement("load/days_of_incidents"), [partly]) if partly else []
    rows += fetch(con, statement("load/days_of_reports"), [unread]) if unread else []
    return [day for row in rows for day in (row["day_from"], row["day_until"])]


def _day(incident: Incident, stored: dict[str, _Stored]) -> dt.date:
    """The local day an incident is counted on, and by which it belongs to a window."""
    told = incident.first_reported_at
    days = (incident.date, incident.date_latest, incident.date_earliest, local_day(told) if told else None)
    fallback = min(stored[report_id].day_from for report_id in incident.report_ids)
    return next((day for day in days if day is not None), fallback)


def _write(
    con: Connection, stretch: _Stretch, run_id: str, now: dt.datetime, *, quiet: bool
) -> ResolveSummary:
    stored = stretch.stored
    known = {key: row["content_hash"] for key, row in stretch.before.items()}
    hashes = {key: _hash(incident) for key, incident in stretch.after.items()}
    moved = {
        report_id: incident.incident_id
        for incident in stretch.after.values()
        for report_id in incident.report_ids
        if stored[report_id].incident_id != incident.incident_id
    }
    changed = [stretch.after[key] for key, value in sorted(hashes.items()) if known.get(key) != value]
    gone = sorted(stretch.before.keys() - stretch.after.keys())
    summary = ResolveSummary(
        new=sum(incident.incident_id not in stretch.before for incident in changed),
        changed=sum(incident.incident_id in stretch.before for incident in changed),
        reports_seen=len(stored),
    )
    with transaction(con):
        _clear_marks(con, stretch)
        if not (changed or gone or moved):
            return summary
        redirects = _redirects(stretch, gone)
        origins = _origins(stretch, redirects)
        history = _History(stretch, origins, run_id, now)
        _store_incidents(con, changed, hashes, stored, now)
        _remove_incidents(con, gone)
        _store_redirects(con, redirects, now)
        _move_reports(con, moved, stretch)
        insert(con, "incident_history", history.rows(changed, gone, redirects))
        removed = [key for key in gone if key in stretch.lost_from and key not in redirects]
        alerts = 0 if quiet else _queue_alerts(con, stretch, changed, removed, origins, now)
        bump(con)
    return dataclasses.replace(
        summary, merged=len(redirects), removed=len(gone) - len(redirects), alerts=alerts
    )


def _clear_marks(con: Connection, stretch: _Stretch) -> None:
    if stretch.days:
        con.execute(statement("load/clear_days"), [list(stretch.days)])
    if stretch.lost_from:
        con.execute(statement("load/clear_incidents"), [sorted(stretch.lost_from)])
    if stretch.fresh:
        con.execute(statement("load/clear_fresh"), [sorted(stretch.fresh)])
    if stretch.decisions:
        con.execute(
            statement("load/clear_fresh_reviews"), [sorted({review_id for _, review_id in stretch.decisions})]
        )


def _fresh(con: Connection, incidents: Iterable[Incident]) -> frozenset[str]:
    """The reports of these incidents that came or changed as news."""
    marked = {row["report_id"] for row in fetch(con, "FROM internal.fresh_reports")}
    return frozenset(marked & {report_id for one in incidents for report_id in one.report_ids})


def _decisions(
    con: Connection, incidents: Iterable[Incident], made: Sequence[Review]
) -> tuple[tuple[str, str], ...]:
    """Which incidents are concerned by which of the reviews that are not resolved yet, in order of making.

    An undo concerns the reports of what it takes back.
    """
    marked = {row["review_id"] for row in fetch(con, "FROM internal.fresh_reviews")}
    by_id = {one.review_id: one for one in made}
    home = {report_id: one.incident_id for one in incidents for report_id in one.report_ids}
    found: dict[tuple[str, str], None] = {}
    for review in made:
        meant = by_id.get(review.undoes or "", review)
        for report_id in (*meant.report_ids, *meant.other_report_ids):
            if review.review_id in marked and report_id in home:
                found[(home[report_id], review.review_id)] = None
    return tuple(found)


def _redirects(stretch: _Stretch, gone: Sequence[str]) -> dict[str, str]:
    """Where each incident went whose id is no longer in use: to the one that has most of its reports."""
    home = {r: incident.incident_id for incident in stretch.after.values() for r in incident.report_ids}
    redirects = {}
    for old_id in gone:
        votes = Counter(
            home[one.report_id]
            for one in stretch.stored.values()
            if one.incident_id == old_id and one.report_id in home
        )
        if votes:
            redirects[old_id] = min(votes, key=lambda new_id: (-votes[new_id], new_id))
    return redirects


def _origins(stretch: _Stretch, redirects: dict[str, str]) -> dict[str, list[str]]:
    """For each incident, the stored ones it goes on from: itself, and those merged into it, in order."""
    origins: dict[str, list[str]] = {}
    for incident_id in stretch.after:
        merged = sorted(old for old, new in redirects.items() if new == incident_id)
        itself = [incident_id] if incident_id in stretch.before else []
        origins[incident_id] = itself + merged
    return origins


def _store_incidents(
    con: Connection,
    changed: Sequence[Incident],
    hashes: dict[str, str],
    stored: dict[str, _Stored],
    now: dt.datetime,
) -> None:
    ids = [incident.incident_id for incident in changed]
    if not ids:
        return
    rows = [_incident_row(incident, hashes[incident.incident_id], stored, now) for incident in changed]
    replace(con, "incidents", "incident_id", rows)
    con.execute(statement("load/delete_values"), [ids])
    insert(con, "incident_values", [row for incident in changed for row in _value_rows(incident)])
    con.execute(statement("load/delete_redirects"), [ids])  # an id that is in use again leads nowhere else


def _incident_row(
    incident: Incident, content_hash: str, stored: dict[str, _Stored], now: dt.datetime
) -> dict[str, Any]:
    row = to_row(incident)
    return row | {
        "day": _day(incident, stored),
        "reports": len(incident.report_ids),
        "articles": len(incident.article_ids),
        "updated_at": now,
        "origin": "live",
        "content_hash": content_hash,
    }


def _value_rows(incident: Incident) -> list[dict[str, Any]]:
    return [
        {
            "incident_id": incident.incident_id,
            "field": merged.field,
            "value": _parsed(merged.value),
            "rule": merged.rule,
            "report_ids": list(merged.report_ids),
            "others": [{"value": _parsed(value), "report_ids": list(ids)} for value, ids in merged.others],
        }
        for merged in incident.merged
    ]


def _parsed(value: str | None) -> Any:
    return None if value is None else json.loads(value)


def _remove_incidents(con: Connection, gone: Sequence[str]) -> None:
    if gone:
        for table in ("incidents", "incident_values"):
            con.execute(statement("load/delete_incidents").format(table=table), [list(gone)])


def _store_redirects(con: Connection, redirects: dict[str, str], now: dt.datetime) -> None:
    """New ones in; older ones that led to an id now gone are led on, so one step is always enough."""
    rows = [{"old_id": old, "new_id": new, "since": now} for old, new in redirects.items()]
    if rows:
        replace(con, "incident_redirects", "old_id", rows)
        name = stage(con, "incident_redirects", rows)
        con.execute(statement("load/lead_on").format(stage=name))


def _move_reports(con: Connection, moved: dict[str, str], stretch: _Stretch) -> None:
    """Notes at each report which incident it tells of."""
    homes = {report_id for incident in stretch.after.values() for report_id in incident.report_ids}
    left = [
        key for key, one in stretch.stored.items() if one.incident_id in stretch.before and key not in homes
    ]
    pairs: list[dict[str, Any]] = [
        {"report_id": key, "incident_id": value} for key, value in sorted(moved.items())
    ]
    pairs += [{"report_id": key, "incident_id": None} for key in sorted(left)]
    if pairs:
        name = stage(con, "reports", pairs)
        days = [one.day_from for one in stretch.stored.values()]
        con.execute(statement("load/move_reports").format(stage=name), [min(days), max(days)])


def _queue_alerts(
    con: Connection,
    stretch: _Stretch,
    changed: Sequence[Incident],
    removed: Sequence[str],
    origins: dict[str, list[str]],
    now: dt.datetime,
) -> int:
    ids = {one.incident_id: [one.incident_id, *origins[one.incident_id]] for one in changed}
    concerned = sorted({*removed, *(key for keys in ids.values() for key in keys)})
    if not concerned:
        return 0
    alerted = {row["incident_id"] for row in fetch(con, statement("load/alerted"), [concerned])}
    rows = [removal_row(stretch.before[key], now) for key in removed if key in alerted]
    for incident in changed:
        before = tuple(stretch.before[key] for key in origins[incident.incident_id])
        lineage = Lineage(
            before=before,
            alerted=not alerted.isdisjoint(ids[incident.incident_id]),
            reports=tuple(stretch.stored[report_id].reported for report_id in incident.report_ids),
            fresh=stretch.fresh.intersection(incident.report_ids),
            reviewed=stretch.decision(incident.incident_id) is not None,
        )
        rows += alert_rows(incident, lineage, now)
    return len(add(con, "alerts", ["alert_id"], with_quotes(con, rows)))


class _History:
    """The rows of incident_history that a stretch gives rise to, in a fixed order."""

    def __init__(
        self,
        stretch: _Stretch,
        origins: dict[str, list[str]],
        run_id: str,
        now: dt.datetime,
    ) -> None:
        self._stretch, self._origins = stretch, origins
        self._shared = {"changed_at": now, "run_id": run_id}

    def rows(
        self, changed: Sequence[Incident], gone: Sequence[str], redirects: dict[str, str]
    ) -> list[dict[str, Any]]:
        rows = [row for incident in changed for row in self._of_incident(incident)]
        for old_id in gone:
            new_id = redirects.get(old_id)
            rows.append(self._row(old_id, "merged" if new_id else "removed", new_value=new_id))
        return rows

    def _of_incident(self, incident: Incident) -> list[dict[str, Any]]:
        key = incident.incident_id
        before = [self._stretch.before[old] for old in self._origins[key]]
        mine = {key, *self._origins[key]}
        was = {one.report_id for one in self._stretch.stored.values() if one.incident_id in mine}
        added = [report_id for report_id in incident.report_ids if report_id not in was]
        rows = []
        if not before:
            rows.append(self._row(key, "created", report_id=added[0] if added else incident.report_ids[0]))
        rows += [self._row(key, "report_added", report_id=report_id) for report_id in added]
        left = sorted(was - set(incident.report_ids))
        rows += [self._row(key, "report_removed", report_id=report_id) for report_id in left]
        if before:
            rows += self._of_values(incident, before[0], added)
        return rows

    def _of_values(
        self, incident: Incident, before: dict[str, Any], added: Sequence[str]
    ) -> list[dict[str, Any]]:
        says = {merged.field: merged.report_ids for merged in incident.merged}
        new = [*added, *sorted(self._stretch.fresh & set(incident.report_ids) - set(added))]
        rows = []
        for field, value in _facts(incident).items():
            old = before[field]
            if dumps(old) == dumps(value):
                continue
            because = next((r for r in says.get(field, ()) if r in new), new[0] if new else None)
            review = self._stretch.decision(incident.incident_id) if because is None else None
            rows.append(
                self._row(
                    incident.incident_id, "value", field=field, old_value=old, new_value=value,
                    report_id=because, review_id=review,
                )
            )  # fmt: skip
        return rows

    def _row(self, incident_id: str, change: str, **values: Any) -> dict[str, Any]:
        return {"incident_id": incident_id, "change": change, **self._shared, **values}


def _facts(incident: Incident) -> dict[str, Any]:
    """The fields whose changes are history. Counts of reports follow from the reports themselves."""
    row = to_row(incident)
    return {key: value for key, value in row.items() if key not in _NOT_HISTORY}


def _hash(incident: Incident) -> str:
    return hashlib.sha256(repr(incident).encode("utf-8", "replace")).hexdigest()[:16]


def _incidents(con: Connection, ids: Iterable[str]) -> list[dict[str, Any]]:
    wanted = sorted(ids)
    return fetch(con, statement("load/incidents_by_id"), [wanted]) if wanted else []


def _reports(con: Connection, first: dt.date, last: dt.date) -> dict[str, _Stored]:
    return _stored(fetch(con, statement("load/reports_of_days"), [first, last]))


def _incidents_of_days(con: Connection, window: _Window) -> list[dict[str, Any]]:
    return fetch(con, statement("load/incidents_of_days"), [window.write_from, window.write_until])


def _stored(rows: Iterable[dict[str, Any]]) -> dict[str, _Stored]:
    return {
        row["report_id"]: _Stored(
            reported=reported_of(row),
            incident_id=row["incident_id"],
            day_from=row["day_from"],
            day_until=row["day_until"],
            quiet=row["quiet"],
        )
        for row in rows
    }


def reported_of(row: dict[str, Any]) -> Reported:
    """A row of `reports` as the record that resolution reads."""
    values = {name: row[name] for name in _REPORT_FIELDS if name != "evidence"}
    evidence = tuple(Evidence(**one) for one in row["evidence"])
    return Reported(
        report=Report(evidence=evidence, **values), **{name: row[name] for name in _REPORTED_FIELDS}
    )
