"""Valid records for tests; a test names only the one field it is about."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import fields
from typing import Any

from extract.knowledge import load_knowledge
from extract.records import Incident, Report, Reported, Review
from extract.voices import fingerprint

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


# --- shorthand for the golden tables

_WEAPONS = {
    "rocket", "drone", "ballistic_missile", "cruise_missile", "mortar", "ied", "small_arms", "mixed",
    "unknown",
}  # fmt: skip
_PARTS = {"night", "dawn", "morning", "noon", "afternoon", "evening"}
_BODIES = {"us", "coalition", "host_government", "security_source"}
_KINDS = {"wire", "official", "local", "regional", "world", "aggregator", "monitor"}
_COUNTS = {"k": "killed", "w": "wounded", "uk": "us_killed", "uw": "us_wounded"}
_NAMES = {"claimed": "claimed_by", "blamed": "attributed_to", "denied": "denied_by", "fam": "family"}


def shorthand(line: str) -> Reported:
    """A report from one line: its id, then words in any order (golden/resolution/README.md)."""
    report_id, *words = line.split()
    changed: dict[str, Any] = {"report_id": report_id, "weapon": "unknown", **_place("nowhere")}
    for word in words:
        changed |= _meaning(word)
    return reported(**changed)


def _meaning(word: str) -> dict[str, Any]:
    name, _, value = word.partition("=")
    if value:
        return _named(name, value)
    if word[:2] == "20" and "-" in word:
        return _dates(word)
    if ":" in word:
        return {"clock": word}
    for field, choices in (
        ("weapon", _WEAPONS),
        ("day_part", _PARTS),
        ("confirmed_by", _BODIES),
        ("kind", _KINDS),
    ):
        if word in choices:
            return {field: word}
    if word in ("bg", "correction"):
        return {"current": False} if word == "bg" else {"correction": True}
    if word == "undated":
        return {"date": None, "date_earliest": None, "date_latest": None, "date_precision": "unknown"}
    return _place(word)


def _named(name: str, value: str) -> dict[str, Any]:
    if name == "n":
        low, _, high = value.partition("-")
        return {"munitions_min": int(low), "munitions_max": int(high or low)}
    if name == "pub":
        moment = dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)
        return {"published_at": moment, "seen_at": moment}
    if name == "text":
        return {
            "fingerprint": fingerprint(" ".join(f"{value}{number * number % 97}" for number in range(90)))
        }
    if name in _COUNTS:
        return {_COUNTS[name]: int(value)}
    return {_NAMES[name]: value}


def _dates(word: str) -> dict[str, Any]:
    first, _, last = word.partition("..")
    earliest = dt.date.fromisoformat(first)
    if not last:
        return {"date": earliest, "date_earliest": earliest, "date_latest": earliest, "date_precision": "day"}
    latest = dt.date.fromisoformat(last)
    precision = "month" if (latest - earliest).days > 26 else "range"
    return {"date": None, "date_earliest": earliest, "date_latest": latest, "date_precision": precision}


def _place(word: str) -> dict[str, Any]:
    nothing = {
        "site_id": None,
        "site": None,
        "lat": None,
        "lon": None,
        "country": None,
        "place_precision": None,
    }
    if word == "nowhere":
        return nothing
    if word in ("Iraq", "Syria", "Jordan"):
        return nothing | {"country": word, "place_precision": "country"}
    site = load_knowledge().site(word)
    return {
        "site_id": word, "site": site.name, "country": site.country, "lat": site.lat, "lon": site.lon,
        "place_precision": site.precision, "target_kind": site.target_kind,
    }  # fmt: skip
