"""Valid records for tests; a test names only the one field it is about."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A gazetteer row as resolution sees it, for tests that need no more than a few places."""

    site_id: str
    name: str
    country: str
    province: str = ""
    lat: float | None = None
    lon: float | None = None
    used_from: dt.date | None = None
    used_until: dt.date | None = None
    within: str | None = None
    precision: str = "site"
    target_kind: str = "base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What resolution asks of the knowledge, small enough to be read in a test."""

    sites: tuple[Place, ...]
    actors: tuple[Any, ...] = ()


def known() -> Known:
    """Places in Iraq, Syria and Jordan as the news of 2023 names them, true to the map."""
    rows = [
        ("ain_al_asad", "Ain al-Asad Air Base", "Iraq", "Anbar", 33.7856, 42.4411, None, "site"),
        ("erbil_air_base", "Erbil Air Base", "Iraq", "Erbil", 36.2376, 43.9632, None, "site"),
        ("harir_air_base", "Harir Air Base", "Iraq", "Erbil", 36.5326, 44.3519, None, "site"),
        ("green_zone", "Green Zone", "Iraq", "Baghdad", 33.3078, 44.3717, None, "site"),
        (
            "us_embassy_baghdad",
            "US Embassy Baghdad",
            "Iraq",
            "Baghdad",
            33.2985,
            44.3923,
            "green_zone",
            "site",
        ),
        ("union_iii", "Union III", "Iraq", "Baghdad", 33.307, 44.386, "green_zone", "site"),
        ("camp_victory", "Camp Victory", "Iraq", "Baghdad", 33.2797, 44.2347, None, "site"),
        ("camp_taji", "Camp Taji", "Iraq", "Baghdad", 33.5236, 44.2569, None, "site"),
        ("al_tanf", "Al-Tanf Garrison", "Syria", "Homs", 33.4983, 38.6181, None, "site"),
        ("green_village", "Green Village", "Syria", "Deir ez-Zor", 35.07, 40.47, None, "site"),
        ("mss_euphrates", "MSS Euphrates", "Syria", "Deir ez-Zor", 35.18, 40.40, None, "site"),
        ("rumalyn", "Rumalyn Landing Zone", "Syria", "Hasakah", 36.86, 41.97, None, "site"),
        ("shaddadi", "Shaddadi", "Syria", "Hasakah", 36.0567, 40.73, None, "site"),
        ("tower_22", "Tower 22", "Jordan", "Mafraq", 33.31417, 38.70333, None, "site"),
        ("baghdad", "Baghdad", "Iraq", "Baghdad", 33.3152, 44.3661, None, "city"),
        ("erbil", "Erbil", "Iraq", "Erbil", 36.1911, 44.0092, None, "city"),
        ("hasakah", "Hasakah", "Syria", "Hasakah", 36.5, 40.75, None, "city"),
        ("anbar", "Anbar", "Iraq", "Anbar", None, None, None, "province"),
        ("deir_ez_zor_province", "Deir ez-Zor", "Syria", "Deir ez-Zor", None, None, None, "province"),
    ]
    return Known(
        sites=tuple(
            Place(
                site_id=site_id, name=name, country=country, province=province, lat=lat, lon=lon,
                within=within, precision=precision,
            )
            for site_id, name, country, province, lat, lon, within, precision in rows
        )
    )  # fmt: skip
