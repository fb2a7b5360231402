"""Loads the history that comes with the program (seeds/), marked as such, so that it can be left out.

Seeded incidents are in no tally but for the column `seeded`, are never resolved together with reports, and
raise no alert. A newer program's seeds replace the older one's as a whole.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from warehouse.connection import Connection, transaction
from warehouse.rows import bump, fetch
from warehouse.staging import insert

SEEDS = Path(__file__).parent / "seeds"
_OFFICIAL = frozenset({"us", "coalition", "host_government"})
_COUNTS = ("munitions_min", "munitions_max", "killed", "wounded", "us_killed", "us_wounded")
_WORDS = ("country", "weapon", "claimed_by", "attributed_to", "confirmed_by", "source_url", "quality", "note")


class SiteLike(Protocol):
    """What seeds need to know of a place; extract.knowledge has it."""

    @property
    def site_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def precision(self) -> str: ...
    @property
    def target_kind(self) -> str: ...


def load_seeds(con: Connection, sites: Iterable[SiteLike], now: dt.datetime, folder: Path = SEEDS) -> bool:
    """Loads the seeds, unless these very ones are loaded; returns whether anything changed."""
    files = [folder / "known_incidents.csv", folder / "official_tallies.csv"]
    known = {site.site_id: site for site in sites}
    wanted = _hash(files, known)
    (state,) = fetch(con, "SELECT seeds_hash FROM internal.meta")
    if state["seeds_hash"] == wanted:
        return False
    with transaction(con):
        _remove(con)
        insert(con, "incidents", [_incident(row, known, now, wanted) for row in _read(files[0])])
        insert(con, "stated_tallies", [_tally(row) for row in _read(files[1])])
        con.execute("UPDATE internal.meta SET seeds_hash = $1", [wanted])
        bump(con)
    return True


def remove_seeds(con: Connection) -> None:
    """Takes the seeded history out."""
    with transaction(con):
        _remove(con)
        con.execute("UPDATE internal.meta SET seeds_hash = NULL")
        bump(con)


def _remove(con: Connection) -> None:
    con.execute("DELETE FROM incidents WHERE origin = 'seed'")
    con.execute("DELETE FROM stated_tallies WHERE origin = 'seed'")


def _read(path: Path) -> list[dict[str, str | None]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(handle)]


def _incident(
    row: dict[str, Any], known: dict[str, SiteLike], now: dt.datetime, seeds_hash: str
) -> dict[str, Any]:
    site = known.get(row["site_id"] or "")
    place = site.name if site else row["site_id"]
    first = dt.date.fromisoformat(row["date"])
    exact = row["date_precision"] == "day"
    return {
        **{key: row[key] for key in _WORDS},
        **{key: int(row[key]) if row[key] else None for key in _COUNTS},
        "incident_id": f"seed-{row['seed_id']}",
        "summary": f"{row['weapon'].replace('_', ' ').capitalize()} attack at {place}, {row['country']}",
        "status": _status(row),
        "day": first,
        "date": first if exact else None,
        "date_earliest": first,
        "date_latest": first if exact else _month_end(first),
        "date_precision": row["date_precision"],
        "site_id": row["site_id"],
        "site": place,
        "lat": site.lat if site else None,
        "lon": site.lon if site else None,
        "place_precision": site.precision if site else None,
        "target_kind": site.target_kind if site and site.target_kind else "other",
        "denied_by": "none",
        "current": True,
        "confidence": {"verified": 0.95, "reported": 0.8}.get(row["quality"], 0.5),
        "reports": 0,
        "articles": 0,
        "publishers": 0,
        "voices": [],
        "updated_at": now,
        "flags": [],
        "origin": "seed",
        "content_hash": seeds_hash,
    }


def _status(row: dict[str, Any]) -> str:
    if row["confirmed_by"] in _OFFICIAL:
        return "confirmed"
    if row["quality"] == "unverified" and row["claimed_by"] and row["confirmed_by"] == "none":
        return "claimed"
    return "single_source"


def _month_end(first: dt.date) -> dt.date:
    return (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def _tally(row: dict[str, Any]) -> dict[str, Any]:
    counts = {key: int(row[key]) if row[key] else None for key in ("total", "iraq", "syria", "jordan")}
    words = {
        key: row[key] for key in ("since", "as_of", "speaker", "series", "quality", "source_url", "note")
    }
    parts = [row["series"], row["as_of"], row["since"], row["total"], row["source_url"]]
    key = hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()[:12]
    return {**counts, **words, "tally_id": f"seed-{key}", "evidence": [], "origin": "seed"}


def _hash(files: Iterable[Path], known: dict[str, SiteLike]) -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in files:
        digest.update(file.read_bytes())
    for site_id, site in sorted(known.items()):
        digest.update(f"{site_id}|{site.name}|{site.lat}|{site.lon}|{site.precision}".encode())
    return digest.hexdigest()[:16]
