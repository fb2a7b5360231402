"""Valid records for the warehouse tests, and a resolver one can foresee: one site, one day, one attack."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from extract.records import (
    Article,
    Evidence,
    FeedEntry,
    Incident,
    MergedValue,
    Reading,
    Report,
    Reported,
    Review,
    Source,
    StatedTally,
)
from warehouse.load import ReadResult
from warehouse.state import PullOutcome

NOW = dt.datetime(2023, 11, 10, 12, tzinfo=dt.UTC)
DAY = dt.date(2023, 11, 9)
SITES = {
    "ain_al_asad": ("Ain al-Asad Air Base", "Iraq"),
    "al_tanf": ("Al-Tanf Garrison", "Syria"),
    "tower_22": ("Tower 22", "Jordan"),
    "shaddadi": ("Shaddadi", "Syria"),
}


def source(source_id: str = "example", **changed: Any) -> Source:
    values: dict[str, Any] = {
        "source_id": source_id,
        "url": f"https://{source_id}.example.org/rss",
        "outlet": f"The {source_id}",
        "family": f"{source_id} group",
        "language": "en",
        "kind": "local",
    }
    return Source(**(values | changed))


def entry(name: str, source_id: str = "example", **changed: Any) -> FeedEntry:
    values: dict[str, Any] = {
        "entry_id": f"e-{name}",
        "source_id": source_id,
        "url": f"https://news.example.org/{name}",
        "guid": name,
        "title": f"Title {name}",
        "summary": "",
        "published_at": NOW,
        "published_status": "found",
        "seen_at": NOW,
    }
    return FeedEntry(**(values | changed))


def pulled(*entries: FeedEntry, source_id: str = "example", **changed: Any) -> PullOutcome:
    values: dict[str, Any] = {
        "source_id": source_id,
        "status": "ok",
        "attempted_at": NOW,
        "etag": '"1"',
        "body_hash": "h1",
        "next_due_at": NOW + dt.timedelta(minutes=15),
        "entries": entries,
    }
    return PullOutcome(**(values | changed))


def article(name: str, **changed: Any) -> Article:
    text = changed.get("text", f"A drone struck the base, {name} said.")
    values: dict[str, Any] = {
        "article_id": f"a-{name}",
        "url": f"https://news.example.org/{name}",
        "title": f"Title {name}",
        "text": text,
        "language": "en",
        "outlet": f"Outlet {name}",
        "family": f"Family {name}",
        "kind": "world",
        "published_at": NOW,
        "published_status": "found",
        "modified_at": None,
        "seen_at": NOW,
        "text_hash": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8],
        "fingerprint": f"f-{name}",
        "extractor": "test 1",
    }
    return Article(**(values | changed))


def report(name: str, place: int = 0, **changed: Any) -> Report:
    day = changed.get("date", DAY)
    site_id = changed.get("site_id", "ain_al_asad")
    site, country = SITES.get(site_id, (None, None))
    values: dict[str, Any] = {
        "report_id": f"a-{name}-{place}",
        "article_id": f"a-{name}",
        "date": day,
        "date_earliest": day,
        "date_latest": day,
        "date_precision": "day" if day else "unknown",
        "clock": None,
        "day_part": None,
        "country": country,
        "site_id": site_id,
        "site": site,
        "lat": None,
        "lon": None,
        "place_precision": "site" if site_id else None,
        "target_kind": "base",
        "weapon": "drone",
        "munitions_min": 1,
        "munitions_max": 1,
        "intercepted": None,
        "killed": None,
        "wounded": None,
        "us_killed": None,
        "us_wounded": None,
        "damage": None,
        "claimed_by": None,
        "attributed_to": None,
        "confirmed_by": "us",
        "denied_by": "none",
        "correction": False,
        "current": True,
        "confidence": 0.9,
        "evidence": (Evidence(field="weapon", quote="drone", start=2, end=7),),
        "rules_version": "1",
    }
    return Report(**(values | changed))


def tally(name: str, **changed: Any) -> StatedTally:
    values: dict[str, Any] = {
        "article_id": f"a-{name}",
        "total": 78,
        "iraq": 37,
        "syria": 41,
        "jordan": None,
        "since": dt.date(2023, 10, 17),
        "as_of": dt.date(2023, 12, 8),
        "speaker": "an official",
        "evidence": (Evidence(field="total", quote="78", start=0, end=2),),
    }
    return StatedTally(**(values | changed))


def reading(
    name: str, *reports: Report, tallies: tuple[StatedTally, ...] = (), reason: str = "attack"
) -> Reading:
    return Reading(
        article_id=f"a-{name}",
        relevant=bool(reports),
        reason=reason,
        reports=reports,
        stated_tallies=tallies,
        rules_version="1",
    )


def result(name: str, *reports: Report, **changed: Any) -> ReadResult:
    """A loaded entry whose article holds the reports; by default one report of a drone attack."""
    told = reports or (report(name),)
    values: dict[str, Any] = {
        "entry_id": f"e-{name}",
        "article": article(name),
        "reading": reading(name, *told),
        "source_id": "example",
    }
    return ReadResult(**(values | changed))


def review(review_id: str, action: str, incident_id: str, *report_ids: str, **changed: Any) -> Review:
    values: dict[str, Any] = {
        "review_id": review_id,
        "action": action,
        "incident_id": incident_id,
        "report_ids": report_ids,
        "other_report_ids": (),
        "field": None,
        "value": None,
        "undoes": None,
        "author": "analyst",
        "reason": "said so",
        "made_at": NOW,
    }
    return Review(**(values | changed))


def incident_id(anchor: str) -> str:
    """The id of the incident whose earliest report is a-<anchor>-0."""
    return "bw" + hashlib.sha256(f"a-{anchor}-0".encode()).hexdigest()[:10]


def resolve(reported: Sequence[Reported], knowledge: Any, reviews: Sequence[Review]) -> tuple[Incident, ...]:
    """One site, one day, one attack; a review of "dismiss" dismisses what it names, "merge" joins."""
    groups: dict[Any, list[Reported]] = defaultdict(list)
    merged = {
        key: one.review_id
        for one in reviews
        if one.action == "merge"
        for key in (*one.report_ids, *one.other_report_ids)
    }
    for item in reported:
        told = item.report
        groups[merged.get(told.report_id, (told.date, told.site_id))].append(item)
    dismissed = {key for one in reviews if one.action == "dismiss" for key in one.report_ids}
    undone = {one.undoes for one in reviews}
    dismissed -= {key for one in reviews if one.review_id in undone for key in one.report_ids}
    made = [_incident(sorted(group, key=_order), dismissed) for group in groups.values()]
    return tuple(sorted(made, key=lambda one: one.incident_id))


def _order(item: Reported) -> tuple[Any, ...]:
    return (item.seen_at, item.published_at, item.report.report_id)


def _incident(group: list[Reported], dismissed: set[str]) -> Incident:
    first = group[0].report
    reports = [item.report for item in group]
    voices = tuple(sorted({item.family for item in group}))
    confirmed = next((one.confirmed_by for one in reports if one.confirmed_by != "none"), "none")
    status: Any = (
        "confirmed" if confirmed != "none" else "corroborated" if len(voices) > 1 else "single_source"
    )
    if all(one.claimed_by for one in reports) and confirmed == "none":
        status = "claimed"
    if any(one.report_id in dismissed for one in reports):
        status = "dismissed"
    names = {field.name for field in dataclasses.fields(Incident)} & {
        f.name for f in dataclasses.fields(Report)
    }
    values: dict[str, Any] = {name: getattr(first, name) for name in names}
    merged = []
    for field in ("killed", "wounded", "us_killed", "us_wounded"):
        said = {one.report_id: getattr(one, field) for one in reports if getattr(one, field) is not None}
        values[field] = max(said.values(), default=None)
        merged.append(
            MergedValue(
                field=field,
                value=json.dumps(values[field]),
                rule="greatest",
                report_ids=tuple(key for key, value in said.items() if value == values[field]),
                others=tuple((json.dumps(v), (k,)) for k, v in said.items() if v != values[field]),
            )
        )
    values |= {
        "incident_id": "bw" + hashlib.sha256(first.report_id.encode()).hexdigest()[:10],
        "summary": f"{first.weapon} at {first.site}, {first.date}",
        "status": status,
        "confirmed_by": confirmed,
        "claimed_by": next((one.claimed_by for one in reports if one.claimed_by), None),
        "current": any(one.current for one in reports),
        "report_ids": tuple(sorted(one.report_id for one in reports)),
        "article_ids": tuple(sorted({one.article_id for one in reports})),
        "publishers": len(voices),
        "voices": voices,
        "first_reported_at": min(item.published_at for item in group if item.published_at),
        "merged": tuple(merged),
        "flags": (),
    }
    return Incident(**values)
