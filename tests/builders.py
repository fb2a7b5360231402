"""Valid records for tests; a test names only the one field it is about."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import fields
from typing import Any

from extract.records import Incident, Report, Reported, Review

_REPORT_FIELDS = {field.name for field in fields(Report)}
NOON = dt.time(12, tzinfo=dt.UTC)


def report(**changed: Any) -> Report:
    """A report of a drone attack on al-Asad on 18 October 2023. A changed date moves the range with it."""
    day = changed.get("date", dt.date(2023, 10, 18))
    values: dict[str, Any] = {
        "report_id": "a1-0",
        "article_id": changed.get("report_id", "a1-0").rpartition("-")[0] or "a1",
        "date": day,
        "date_earliest": day,
        "date_latest": day,
        "date_precision": "day" if day else "unknown",
        "clock": None,
        "day_part": None,
        "country": "Iraq",
        "site_id": "ain_al_asad",
        "site": "Ain al-Asad Air Base",
        "lat": 33.7856,
        "lon": 42.4411,
        "place_precision": "site",
        "target_kind": "base",
        "weapon": "drone",
        "munitions_min": None,
        "munitions_max": None,
        "intercepted": None,
        "killed": None,
        "wounded": None,
        "us_killed": None,
        "us_wounded": None,
        "damage": None,
        "claimed_by": None,
        "attributed_to": None,
        "confirmed_by": "none",
        "denied_by": "none",
        "correction": False,
        "current": True,
        "confidence": 0.8,
        "evidence": (),
        "rules_version": "1",
    }
    return Report(**(values | changed))


def reported(**changed: Any) -> Reported:
    """A report with its article: its own outlet and family, published the day after the attack at 12:00 UTC.

    Fields of Report and of Reported may be changed alike.
    """
    told = report(**{name: value for name, value in changed.items() if name in _REPORT_FIELDS})
    day = told.date or told.date_latest or dt.date(2023, 10, 18)
    published = dt.datetime.combine(day + dt.timedelta(days=1), NOON)
    values: dict[str, Any] = {
        "report": told,
        "outlet": f"Outlet {told.article_id}",
        "family": f"Family {told.article_id}",
        "kind": "world",
        "url": f"https://news.example.org/{told.article_id}",
        "published_at": published,
        "seen_at": changed.get("published_at", published),
        "fingerprint": "",
    }
    own = {name: value for name, value in changed.items() if name not in _REPORT_FIELDS}
    return Reported(**(values | own))


def incident(**changed: Any) -> Incident:
    """A confirmed drone attack on al-Asad on 18 October 2023, told by one report."""
    values: dict[str, Any] = {
        field.name: getattr(report(), field.name)
        for field in fields(Incident)
        if field.name in _REPORT_FIELDS
    }
    values |= {
        "incident_id": "bw" + hashlib.sha256(b"a1-0").hexdigest()[:10],
        "summary": "Drone attack on Ain al-Asad Air Base, Iraq, 2023-10-18; confirmed",
        "status": "confirmed",
        "confirmed_by": "us",
        "report_ids": ("a1-0",),
        "article_ids": ("a1",),
        "publishers": 1,
        "voices": ("Family a1",),
        "first_reported_at": dt.datetime(2023, 10, 19, 12, tzinfo=dt.UTC),
        "merged": (),
        "flags": (),
    }
    return Incident(**(values | changed))


def review(**changed: Any) -> Review:
    """An analyst dismisses the incident of report a1-0."""
    values: dict[str, Any] = {
        "review_id": "r1",
        "action": "dismiss",
        "incident_id": "bw0000000000",
        "report_ids": ("a1-0",),
        "other_report_ids": (),
        "field": None,
        "value": None,
        "undoes": None,
        "author": "analyst",
        "reason": "a controlled detonation",
        "made_at": dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    }
    return Review(**(values | changed))
