"""Everything that the pages are made of, and an incident as one line of a list. Pure; writes nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from extract.knowledge import Knowledge
from flows.report import map as site_map
from flows.report import words
from flows.report.words import STATUSES, WEAPONS
from warehouse.report import IncidentRows, ReportData, Row

LOCAL = ZoneInfo("Asia/Baghdad")
COUNTED = ("confirmed", "corroborated", "single_source")
# An id that may be part of a file's name. Ours always are; a warehouse of somebody else's may hold anything.
ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
# Weapons as the charts group them, from the floor up.
STACKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "drone": ("Drones", ("drone",)),
    "rocket": ("Rockets", ("rocket",)),
    "mixed": ("Several weapons", ("mixed",)),
    "missile": ("Missiles", ("ballistic_missile", "cruise_missile")),
    "other": ("Mortars, bombs, guns", ("mortar", "ied", "small_arms")),
    "unknown": ("Not stated", ("unknown",)),
}
GROUP_OF = {weapon: group for group, (_, weapons) in STACKS.items() for weapon in weapons}


@dataclass(frozen=True)
class Edition:
    """Everything that the pages are made of, with what several of them need worked out once."""

    data: ReportData
    knowledge: Knowledge
    notice: str = ""  # said on top of every page, such as that this is a demonstration

    @cached_property
    def as_of(self) -> dt.date | None:
        """The local day up to which the data go."""
        at = self.data.last_run_at
        return at.astimezone(LOCAL).date() if at else self.data.live_until

    @cached_property
    def shown(self) -> tuple[IncidentRows, ...]:
        """The incidents that have a page."""
        return tuple(i for i in self.data.incidents if ID.fullmatch(i.incident["incident_id"]))

    @cached_property
    def listed(self) -> tuple[IncidentRows, ...]:
        """Those in the lists: what is told as news, and documented history."""
        return tuple(i for i in self.shown if i.incident["current"])

    @cached_property
    def live(self) -> tuple[IncidentRows, ...]:
        """Those that reports tell of as news."""
        return tuple(i for i in self.listed if i.incident["origin"] == "live")

    @cached_property
    def by_site(self) -> dict[str, list[IncidentRows]]:
        """Listed incidents by place, newest first."""
        grouped: defaultdict[str, list[IncidentRows]] = defaultdict(list)
        for item in self.listed:
            site_id = item.incident["site_id"]
            if site_id and ID.fullmatch(site_id):
                grouped[site_id].append(item)
        return dict(grouped)

    @cached_property
    def by_month(self) -> dict[str, list[IncidentRows]]:
        """Listed incidents by month of their day ('2023-11'), newest first."""
        grouped: defaultdict[str, list[IncidentRows]] = defaultdict(list)
        for item in self.listed:
            if item.incident["day"]:
                grouped[f"{item.incident['day']:%Y-%m}"].append(item)
        return dict(grouped)

    def site_names(self, site_id: str | None, name: str | None) -> tuple[str, str]:
        """The name of a place and its Arabic name, or an empty one."""
        site = self._site(site_id)
        return (site.name, site.name_ar or "") if site else (words.clean(name or ""), "")

    def _site(self, site_id: str | None) -> Any:
        try:
            return self.knowledge.site(site_id) if site_id else None
        except KeyError:
            return None

    def actor(self, actor_id: str | None) -> str:
        """The name of an actor."""
        try:
            return self.knowledge.actor(actor_id).name if actor_id else ""
        except KeyError:
            return words.spelled(actor_id)

    def actor_ar(self, actor_id: str | None) -> str:
        """Its Arabic name, or nothing."""
        try:
            return (self.knowledge.actor(actor_id).name_ar or "") if actor_id else ""
        except KeyError:
            return ""


def line(edition: Edition, item: IncidentRows) -> dict[str, Any]:
    """What lists show of an incident."""
    row = item.incident
    site, site_ar = edition.site_names(row["site_id"], row["site"])
    status, mark, meaning = STATUSES[row["status"]]
    seeded = row["origin"] == "seed"
    return {
        "id": row["incident_id"],
        "day": row["day"],
        "when": words.when(row),
        "headline": words.headline(row),
        "title": words.short_title(row),
        "site": site or None,
        "site_ar": site_ar,
        "site_id": row["site_id"] if row["site_id"] in edition.by_site else None,
        "country": row["country"],
        "weapon": row["weapon"],
        "weapon_name": WEAPONS.get(row["weapon"], row["weapon"]),
        "status": "seeded" if seeded else row["status"],
        "status_name": "Documented history" if seeded else status,
        "mark": "□" if seeded else mark,
        "meaning": meaning,
        "casualties": words.casualties(row),
        "publishers": row["publishers"],
        "claimed_by": edition.actor(row["claimed_by"]),
        "counted": bool(row["counts_attacks"]),
    }


def place_of(edition: Edition, site_id: str | None) -> tuple[float, float, bool] | None:
    """Latitude, longitude, and whether the place is approximate, as its incidents have it."""
    for item in edition.by_site.get(site_id or "", ()):
        row = item.incident
        if row["lat"] is not None and row["lon"] is not None:
            return row["lat"], row["lon"], row["place_precision"] != "site"
    return None


def month_name(month: str) -> str:
    """'2023-11' as 'November 2023'."""
    first = dt.date.fromisoformat(f"{month}-01")
    return f"{first:%B %Y}"


def located(row: Row) -> dict[str, Any]:
    """Where the point lies on the small map."""
    x, y = site_map.projection().at(row["lon"], row["lat"])
    approximate = row["place_precision"] != "site"
    return {"x": f"{x:.0f}", "y": f"{y:.0f}", "approximate": approximate, "r": 60 if approximate else 16,
            "width": site_map.WIDTH, "height": site_map.projection().height}  # fmt: skip
