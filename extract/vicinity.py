"""How two places that reports name stand to each other: the same, one inside the other, near, or apart.

Only the gazetteer decides; a report adds nothing but which place it names and how finely.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from extract.records import Report
from extract.thresholds import thresholds

# How finely a place is named; the lower the finer. A zone or an airport that holds bases is coarser than they
# are; a base with another inside or beside it (Rumalyn and Kharab al-Jir) is not.
SITE, COMPOUND, CITY, PROVINCE, COUNTRY, NOWHERE = range(6)
_RANK = {"site": SITE, "city": CITY, "province": PROVINCE, "country": COUNTRY}
_EARTH_KM = 6371.0
_TARGETS = ("base", "outpost", "embassy", "consulate")

Relation = Literal["same", "inside", "in_area", "in_province", "near", "apart"]


class SiteLike(Protocol):
    """What resolution asks of a gazetteer row (extract.knowledge.Site)."""

    @property
    def site_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def used_from(self) -> dt.date | None: ...
    @property
    def used_until(self) -> dt.date | None: ...
    @property
    def within(self) -> str | None: ...
    @property
    def precision(self) -> str: ...
    @property
    def target_kind(self) -> str: ...


class ActorLike(Protocol):
    """What resolution asks of an actor row (extract.knowledge.Actor)."""

    @property
    def actor_id(self) -> str: ...
    @property
    def name(self) -> str: ...


class KnowledgeLike(Protocol):
    """What resolution asks of extract.knowledge.Knowledge."""

    @property
    def sites(self) -> Iterable[SiteLike]: ...
    @property
    def actors(self) -> Iterable[ActorLike]: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a report puts an attack, as finely as it says."""

    rank: int
    key: str  # the gazetteer id; "~name" for a place it does not have; the country; "" for nowhere
    country: str | None
    province: str | None  # the gazetteer id of the province it lies in
    holders: frozenset[str]  # ids of all places that hold it
    lat: float | None
    lon: float | None


class Vicinity:
    """The gazetteer as relations between spots."""

    def __init__(self, knowledge: KnowledgeLike) -> None:
        self.sites = {site.site_id: site for site in knowledge.sites}
        holds_sites = {
            site.within for site in self.sites.values() if site.within and site.precision == "site"
        }
        self._spots = {
            site_id: self._spot_of_site(site, site_id in holds_sites) for site_id, site in self.sites.items()
        }

    def spot(self, report: Report) -> Spot:
        """Where the report puts the attack."""
        if report.site_id is not None and report.site_id in self._spots:
            return self._spots[report.site_id]
        if report.site_id is None and not report.site:
            return self._bare_country(report.country)
        rank = _RANK[report.place_precision or "site"]
        if rank == COUNTRY:
            return self._bare_country(report.country)
        key = report.site_id or "~" + re.sub(r"\W+", " ", (report.site or "").casefold()).strip()
        return Spot(rank, key, report.country, None, frozenset(), report.lat, report.lon)

    def relation(self, a: Spot, b: Spot) -> Relation:
        """How two spots stand to each other; the same whichever is named first."""
        if a.key == b.key:
            return "same"
        if a.country and b.country and a.country != b.country:
            return "apart"
        fine, coarse = (a, b) if a.rank <= b.rank else (b, a)
        if coarse.key in fine.holders or fine.key in coarse.holders:
            return "inside"
        if coarse.rank >= COUNTRY:
            return "in_area"
        if coarse.rank == CITY and fine.rank < CITY:
            return self._in_city(fine, coarse)
        return "near" if _km(fine, coarse) <= thresholds().near_km else "apart"

    def _in_city(self, fine: Spot, city: Spot) -> Relation:
        if _km(fine, city) <= thresholds().city_km:
            return "in_area"
        # "In Hasakah" and "in Deir ez-Zor" often mean the province of that name.
        return "in_province" if fine.province and fine.province == city.province else "apart"

    def _spot_of_site(self, site: SiteLike, holds_sites: bool) -> Spot:
        rank = _RANK[site.precision]
        if rank == COUNTRY:
            return self._bare_country(site.country)
        if rank == SITE and holds_sites and site.target_kind not in _TARGETS:
            rank = COMPOUND
        if rank == PROVINCE and site.target_kind == "convoy":
            rank = COMPOUND  # a road is known no better than by its province, but it is a target like a base
        around = self._around(site)
        province = next((at for at in around if self.sites[at].precision == "province"), None)
        return Spot(rank, site.site_id, site.country, province, frozenset(around), site.lat, site.lon)

    def _around(self, site: SiteLike) -> list[str]:
        """The ids of the places around a place, from the nearest on."""
        found: list[str] = []
        at = site.within
        while at in self.sites and at not in found:
            found.append(at)
            at = self.sites[at].within
        return found

    @staticmethod
    def _bare_country(country: str | None) -> Spot:
        if not country:
            return Spot(NOWHERE, "", None, None, frozenset(), None, None)
        return Spot(COUNTRY, country, country, None, frozenset(), None, None)


def _km(a: Spot, b: Spot) -> float:
    """The distance on the ground; infinite where either has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))
