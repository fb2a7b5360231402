"""The map of Iraq and Syria as plain SVG: outlines, and sites sized by attacks."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from flows.report.charts import short, svg, tag, together

OUTLINES = Path(__file__).parent / "data" / "outlines.json"
WATCHED = ("Iraq", "Syria")
# Where a country's name is written, in degrees; where no site is likely to lie.
NAMES = {
    "Iraq": (43.9, 31.6), "Syria": (37.9, 34.35), "Jordan": (36.7, 31.0), "Turkey": (38.9, 37.62),
    "Iran": (47.6, 34.6), "Saudi Arabia": (42.2, 29.9), "Kuwait": (47.6, 29.35), "Lebanon": (35.85, 33.97),
}  # fmt: skip
WIDTH = 760
GREATEST_RADIUS = 25.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map. `approximate`: attacks are known to have been around here, not at this point."""

    name: str
    lat: float
    lon: float
    attacks: int
    approximate: bool
    href: str
    note: str
    outside: bool = False  # stands outside the tallies (Jordan)


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to the drawing: equirectangular, true to scale in the middle of the window."""

    west: float
    south: float
    east: float
    north: float
    width: int

    @property
    def stretch(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        """Drawing units a degree of latitude."""
        return self.width / ((self.east - self.west) * self.stretch)

    @property
    def height(self) -> int:
        """Of the drawing."""
        return round((self.north - self.south) * self.scale)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """The place of a point."""
        return (lon - self.west) * self.stretch * self.scale, (self.north - lat) * self.scale


@functools.cache
def outlines() -> dict[str, list[list[list[float]]]]:
    """Rings of longitude and latitude, by country."""
    rings: dict[str, list[list[list[float]]]] = json.loads(OUTLINES.read_text(encoding="utf-8"))["countries"]
    return rings


@functools.cache
def projection(width: int = WIDTH) -> Projection:
    """The window that the outlines were cut to, a little within."""
    return Projection(34.8, 28.9, 49.0, 37.8, width)


@functools.cache
def land() -> Markup:
    """All countries, those watched drawn apart, and their names."""
    view = projection()
    shapes = [
        tag("path", class_="country watched" if name in WATCHED else "country", d=path(view, rings))
        for name, rings in sorted(outlines().items(), key=lambda item: item[0] in WATCHED)
    ]
    names = []
    for name, (lon, lat) in NAMES.items():
        x, y = view.at(lon, lat)
        kind = "country-name watched" if name in WATCHED else "country-name"
        names.append(tag("text", name, class_=kind, x=x, y=y, text_anchor="middle"))
    return together([*shapes, *names])


def path(view: Projection, rings: Iterable[Sequence[Sequence[float]]]) -> str:
    """Rings as one path."""
    drawn = []
    for ring in rings:
        points = [view.at(lon, lat) for lon, lat in ring]
        drawn.append("M" + "L".join(f"{short(x)} {short(y)}" for x, y in points) + "Z")
    return "".join(drawn)


def overview(name: str, title: str, spots: Sequence[Spot]) -> Markup:
    """The map with every site; the greatest first, so that small ones stay on top."""
    view = projection()
    most = max((spot.attacks for spot in spots), default=1)
    ordered = sorted(spots, key=lambda s: (-s.attacks, s.name))
    circles = [circle(view, spot, radius(spot.attacks, most)) for spot in ordered]
    content = land() + together(circles) + labels(view, ordered, most)
    # The circles are links: the drawing is a group of them, not one picture.
    return svg(view.width, view.height, name, title, content, "map", role="group")


def radius(attacks: int, most: int) -> float:
    """The area is as the number of attacks."""
    return max(GREATEST_RADIUS * math.sqrt(attacks / max(most, 1)), 3.5)


def circle(view: Projection, spot: Spot, r: float) -> Markup:
    """A site as a link to its page."""
    x, y = view.at(spot.lon, spot.lat)
    kinds = ["spot", *(["approximate"] if spot.approximate else []), *(["outside"] if spot.outside else [])]
    drawn = tag("circle", tag("title", spot.note), class_=" ".join(kinds), cx=x, cy=y, r=r)
    return tag("a", drawn, href=spot.href, aria_label=spot.note)


def labels(view: Projection, spots: Sequence[Spot], most: int, limit: int = 12) -> Markup:
    """Names beside the sites with most attacks, each on the first side where nothing else is written."""
    taken: list[tuple[float, float, float, float]] = []
    for spot in spots:
        x, y = view.at(spot.lon, spot.lat)
        if spot.attacks >= most / 4:
            r = radius(spot.attacks, most) * 0.7
            taken.append((x - r, y - r, x + r, y + r))
    parts = []
    for rank, spot in enumerate(spots[:limit]):
        placed = place_label(view, spot, radius(spot.attacks, most), taken)
        if placed:
            x, y, anchor = placed
            kind = "place-name" if rank < 5 else "place-name minor"
            parts.append(
                tag("text", f"{spot.name} {spot.attacks}", class_=kind, x=x, y=y, text_anchor=anchor)
            )
    return tag("g", together(parts), aria_hidden="true") if parts else Markup("")


def place_label(
    view: Projection, spot: Spot, r: float, taken: list[tuple[float, float, float, float]]
) -> tuple[float, float, str] | None:
    """Where the name fits: right, left, above, below, in that order; noted in `taken`."""
    cx, cy = view.at(spot.lon, spot.lat)
    length = 7.0 * (len(spot.name) + 1 + len(str(spot.attacks)))
    sides = (
        (cx + r + 4, cy + 4, "start"), (cx - r - 4, cy + 4, "end"), (cx, cy - r - 5, "middle"),
        (cx, cy + r + 14, "middle"), (cx + r * 0.7 + 4, cy - r * 0.7 - 2, "start"),
        (cx + r * 0.7 + 4, cy + r * 0.7 + 10, "start"), (cx - r * 0.7 - 4, cy - r * 0.7 - 2, "end"),
        (cx - r * 0.7 - 4, cy + r * 0.7 + 10, "end"),
    )  # fmt: skip
    for x, y, anchor in sides:
        west = x if anchor == "start" else x - length if anchor == "end" else x - length / 2
        box = (west, y - 11, west + length, y + 3)
        inside = box[0] > 2 and box[2] < view.width - 2 and box[1] > 2 and box[3] < view.height - 2
        if inside and not any(overlap(box, other) for other in taken):
            taken.append(box)
            return x, y, anchor
    return None


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    """Whether two boxes share a point."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def locator(name: str, title: str, lat: float, lon: float, approximate: bool) -> Markup:
    """A small map with one point."""
    view = projection()
    x, y = view.at(lon, lat)
    kind = "spot approximate" if approximate else "spot"
    mark = tag("circle", class_=kind, cx=x, cy=y, r=34 if approximate else 14)
    return svg(view.width, view.height, name, title, land() + mark, "map locator")
