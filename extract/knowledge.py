"""What the project knows of the world: places, actors and words, read from `extract/data` and checked.

The CSV files are reviewed data (extract/data/README.md says what each column means). They are checked on
every load, loudly: a row that breaks a rule raises `KnowledgeError` with the file, the row and what to do.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast, get_args

from extract.errors import KnowledgeError
from extract.records import PlacePrecision, TargetKind

DATA = Path(__file__).parent / "data"

UsPresence = Literal["yes", "former", "no", "unclear"]
Needs = Literal["", "context"]
ActorType = Literal[
    "militia", "umbrella", "front", "state_force", "official", "media", "monitor", "partner", "spokesperson",
    "other",
]  # fmt: skip
Side = Literal[
    "attacker", "us", "coalition", "host_government", "security_source", "monitor", "media", "partner",
    "israel", "turkey", "other",
]  # fmt: skip
PlaceKind = Literal[
    "air_base", "airport", "area", "base", "border_crossing", "city", "consulate", "convoy_route", "country",
    "diplomatic_facility", "embassy", "foreign_base", "gas_field", "hotel", "launch_area", "oil_field",
    "outpost", "province", "refinery", "region", "sea", "zone",
]  # fmt: skip
TermKind = Literal[
    "attack", "casualty", "claim", "drill", "intercept", "negation", "number", "other", "place_description",
    "strike_on_militia", "tally", "time", "us_target", "weapon",
]  # fmt: skip

WATCHED = ("Iraq", "Syria", "Jordan")
# south, west, north, east of each watched country, a little generous
BOXES = {
    "Iraq": (29.0, 38.7, 37.5, 48.7),
    "Syria": (32.2, 35.6, 37.4, 42.5),
    "Jordan": (29.1, 34.8, 33.5, 39.4),
}
PRECISION_ORDER: tuple[PlacePrecision, ...] = get_args(PlacePrecision)  # from the finest to the coarsest


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place the news names: a facility, or the city, province or country around it.

    `us_presence` is as of the last review of the data; `used_from` and `used_until` are the first and last
    local dates of American or coalition use (None: not known, or still in use).
    """

    site_id: str
    name: str
    name_ar: str | None
    country: str  # one of WATCHED, or another country, known so that it is excluded
    province: str | None
    lat: float | None  # degrees, WGS 84
    lon: float | None
    kind: PlaceKind
    us_presence: UsPresence
    used_from: dt.date | None
    used_until: dt.date | None
    within: str | None  # site_id of the next larger place around it
    precision: PlacePrecision
    target_kind: TargetKind
    source: str

    @property
    def watched(self) -> bool:
        """Whether the place lies in a country whose attacks we keep."""
        return self.country in WATCHED

    def in_use_on(self, day: dt.date) -> bool:
        """Whether `day` lies within the years of use, as far as these are known."""
        return (self.used_from is None or self.used_from <= day) and (
            self.used_until is None or day <= self.used_until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAlias:
    """A spelling. `site_id` is "" for words that look like a place and are none."""

    alias: str
    site_id: str
    language: str
    needs: Needs  # "context": an everyday word or a bare city name, counts only near a military word
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who attacks, claims, confirms, denies or counts."""

    actor_id: str
    name: str
    name_ar: str | None
    type: ActorType
    parent: str | None
    side: Side
    active_from: dt.date | None
    active_until: dt.date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorAlias:
    """A spelling of an actor's name. `actor_id` is "" for words that look like an actor and are none."""

    alias: str
    actor_id: str
    language: str
    needs: Needs
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word with a role. What `value` may be depends on `kind` (extract/data/README.md)."""

    term: str
    language: str
    kind: TermKind
    value: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything in `extract/data` as one frozen value. `version` changes with any byte of the files."""

    sites: tuple[Site, ...]
    site_aliases: tuple[SiteAlias, ...]
    actors: tuple[Actor, ...]
    actor_aliases: tuple[ActorAlias, ...]
    lexicon: tuple[Term, ...]
    version: str
    _sites: Mapping[str, Site] = field(repr=False, compare=False)
    _actors: Mapping[str, Actor] = field(repr=False, compare=False)

    def __hash__(self) -> int:
        return hash(self.version)

    def site(self, site_id: str) -> Site:
        """The place of that id; KeyError where there is none."""
        return self._sites[site_id]

    def actor(self, actor_id: str) -> Actor:
        """The actor of that id; KeyError where there is none."""
        return self._actors[actor_id]

    def around(self, site_id: str) -> tuple[str, ...]:
        """The ids of the places around one, from the nearest to the country."""
        return _around(self, site_id)

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `outer` is `inner` or lies around it."""
        return outer == inner or outer in self.around(inner)

    def terms(self, kind: TermKind, language: str | None = None) -> tuple[Term, ...]:
        """The lexicon's terms of one kind, in one language or all."""
        return tuple(term for term in self.lexicon if term.kind == kind and language in (None, term.language))


@functools.lru_cache(maxsize=4096)
def _around(knowledge: Knowledge, site_id: str) -> tuple[str, ...]:
    return tuple(_ancestors(site_id, {s: site.within for s, site in knowledge._sites.items()}))


# --- folding -----------------------------------------------------------------------------------------

_ARABIC_FOLDS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": None}
)
_DROPPED = re.compile(r"['’‘ʼʿʾ`´\u200c\u200d.]")
_SPACED = re.compile(r"[\s\u00a0‐‑‒–—-]+")


@functools.lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The form in which two spellings of one name are equal.

    Case, accents, vowel signs, apostrophes and full stops go; hyphens and spaces become one space; the Arabic
    letters that outlets write interchangeably become one. "Ain Al-Asad" and "ʿAin al Asad" fold alike,
    "Ain" and "Ayn" do not: such a difference is a row in the alias file.
    """
    if text.isascii():
        spelled = text
    else:
        decomposed = unicodedata.normalize("NFKD", text.translate(_ARABIC_FOLDS))
        spelled = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ARABIC_FOLDS)
    return _SPACED.sub(" ", _DROPPED.sub("", spelled)).strip().casefold()


# --- reading -----------------------------------------------------------------------------------------

PLACES, PLACE_ALIASES, ACTORS, ACTOR_ALIASES, LEXICON = FILES = (
    "places.csv",
    "place_aliases.csv",
    "actors.csv",
    "actor_aliases.csv",
    "lexicon.csv",
)
COLUMNS = {
    PLACES: ("site_id", "name", "name_ar", "country", "province", "lat", "lon", "kind", "us_presence",
             "used_from", "used_until", "within", "precision", "target_kind", "source"),
    PLACE_ALIASES: ("alias", "site_id", "language", "needs", "note"),
    ACTORS: ("actor_id", "name", "name_ar", "type", "parent", "side", "active_from", "active_until",
             "source"),
    ACTOR_ALIASES: ("alias", "actor_id", "language", "needs", "note"),
    LEXICON: ("term", "language", "kind", "value", "note"),
}  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_DEGREES = re.compile(r"-?\d{1,3}(\.\d+)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a data file with where it stands, so that every complaint can say so."""

    file: str
    number: int  # as an editor counts lines; the header is 1
    cells: Mapping[str, str]

    def wrong(self, problem: str) -> KnowledgeError:
        return KnowledgeError(self.file, self.number, problem)

    def text(self, column: str) -> str:
        if not self.cells[column]:
            raise self.wrong(f"{column} is empty: fill it in")
        return self.cells[column]

    def optional(self, column: str) -> str | None:
        return self.cells[column] or None

    def slug(self, column: str) -> str:
        if not _SLUG.fullmatch(self.cells[column]):
            raise self.wrong(f"{column} {self.cells[column]!r}: write it as a slug, such as 'ain_al_asad'")
        return self.cells[column]

    def language(self) -> str:
        if not _LANGUAGE.fullmatch(self.cells["language"]):
            raise self.wrong(f"language {self.cells['language']!r}: write a code of two or three letters")
        return self.cells["language"]

    def one_of(self, column: str, vocabulary: Sequence[str]) -> str:
        if self.cells[column] not in vocabulary:
            allowed = ", ".join(word or "nothing" for word in vocabulary)
            raise self.wrong(f"{column} {self.cells[column]!r}: use one of {allowed}")
        return self.cells[column]

    def day(self, column: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(self.cells[column]) if self.cells[column] else None
        except ValueError:
            raise self.wrong(f"{column} {self.cells[column]!r}: write a date as 2024-01-28") from None

    def degrees(self, column: str) -> float | None:
        if not self.cells[column]:
            return None
        if not _DEGREES.fullmatch(self.cells[column]):
            raise self.wrong(f"{column} {self.cells[column]!r}: write degrees as 33.7856")
        return float(self.cells[column])


def read_rows(file: str, content: bytes, columns: Sequence[str]) -> tuple[Row, ...]:
    """The rows of a CSV data file: UTF-8 without BOM, composed characters, these columns, nothing stray.

    Raises KnowledgeError for whatever is not so.
    """
    lines = csv.reader(io.StringIO(_decoded(file, content), newline=""), strict=True)
    try:
        header = next(lines, [])
        if tuple(header) != tuple(columns):
            raise KnowledgeError(file, 1, f"the columns are {header}: make them {list(columns)}")
        return tuple(_row(file, lines.line_num, columns, line) for line in lines)
    except csv.Error as error:
        raise KnowledgeError(file, lines.line_num, f'not CSV ({error}): quote the cell with ""') from None


def _decoded(file: str, content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        raise KnowledgeError(file, 1, "starts with a byte order mark: save it as UTF-8 without one")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise KnowledgeError(file, row, "not UTF-8: save the file as UTF-8") from None
    if not unicodedata.is_normalized("NFC", text):
        raise KnowledgeError(file, _first_row_not_composed(text), "characters in pieces: normalise it to NFC")
    return text


def _first_row_not_composed(text: str) -> int:
    lines = enumerate(text.split("\n"), start=1)
    return next(number for number, line in lines if not unicodedata.is_normalized("NFC", line))


_STRAY = re.compile(r"^\s|\s$|\s\s|[\x00-\x1f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]")


def _row(file: str, number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(columns):
        raise KnowledgeError(file, number, f"{len(cells)} cells: there are {len(columns)} columns")
    for column, cell in zip(columns, cells, strict=True):
        if stray := _STRAY.search(cell):
            shown = ascii(stray.group())
            raise KnowledgeError(file, number, f"{column} {cell!r} holds a stray {shown}: take it out")
    return Row(file, number, dict(zip(columns, cells, strict=True)))


# --- checks that need more than one row -----------------------------------------------------------------


def _sorted(rows: Sequence[Row], *columns: str) -> Sequence[Row]:
    """The rows, which must be in the order of these columns' code points, without doubles."""
    for before, row in pairwise(rows):
        this, last = (tuple(r.cells[column] for column in columns) for r in (row, before))
        if this == last:
            raise row.wrong(f"{' '.join(this)!r} is there twice: keep one")
        if this < last:
            raise row.wrong(f"{' '.join(this)!r} is not in order: sort the file by {', '.join(columns)}")
    return rows


def _unambiguous(rows: Iterable[Row], id_column: str) -> None:
    """No two rows fold to one spelling: it could not be told which of them is meant."""
    seen: dict[str, Row] = {}
    for row in rows:
        spelling = fold(row.cells["alias"])
        if not spelling:
            raise row.wrong(f"alias {row.cells['alias']!r}: nothing is left of it but marks; take it out")
        first = seen.setdefault(spelling, row)
        if first is row:
            continue
        if first.cells[id_column] == row.cells[id_column]:
            raise row.wrong(f"{row.cells['alias']!r} reads the same as row {first.number}: remove one")
        raise row.wrong(
            f"{row.cells['alias']!r} means {row.cells[id_column] or 'nothing'!r} here and"
            f" {first.cells[id_column] or 'nothing'!r} in row {first.number}: decide for one"
        )


def _known(rows: Iterable[Row], column: str, known: Mapping[str, object], file: str) -> None:
    for row in rows:
        if row.cells[column] and row.cells[column] not in known:
            raise row.wrong(f"{column} {row.cells[column]!r} is unknown: add it to {file} or correct it")


def _acyclic(rows: Sequence[Row], id_column: str, up_column: str) -> None:
    up = {row.cells[id_column]: row.cells[up_column] or None for row in rows}
    for row in rows:
        for ancestor in _ancestors(row.cells[id_column], up):
            if ancestor == row.cells[id_column]:
                raise row.wrong(f"{up_column} leads back to {ancestor!r}: break the circle")


def _ancestors(start: str, up: Mapping[str, str | None]) -> Iterator[str]:
    """What lies above `start`, nearest first; ends where it would repeat."""
    seen: set[str] = set()
    above = up[start]
    while above is not None and above not in seen:
        yield above
        seen.add(above)
        above = up.get(above)


def _in_order(row: Row, first: str, last: str) -> None:
    start, end = row.day(first), row.day(last)
    if start and end and end < start:
        raise row.wrong(f"{last} is before {first}: exchange or correct them")


# --- places ---------------------------------------------------------------------------------------------


def _sites(rows: Sequence[Row]) -> dict[str, Site]:
    sites = {row.cells["site_id"]: _site(row) for row in _sorted(rows, "site_id")}
    _known(rows, "within", sites, PLACES)
    _acyclic(rows, "site_id", "within")
    for row in rows:
        _nested(row, sites)
    return sites


def _site(row: Row) -> Site:
    _in_order(row, "used_from", "used_until")
    lat, lon = _position(row)
    return Site(
        site_id=row.slug("site_id"),
        name=row.text("name"),
        name_ar=row.optional("name_ar"),
        country=row.text("country"),
        province=row.optional("province"),
        lat=lat,
        lon=lon,
        kind=cast(PlaceKind, row.one_of("kind", get_args(PlaceKind))),
        us_presence=cast(UsPresence, row.one_of("us_presence", get_args(UsPresence))),
        used_from=row.day("used_from"),
        used_until=row.day("used_until"),
        within=row.optional("within"),
        precision=cast(PlacePrecision, row.one_of("precision", PRECISION_ORDER)),
        target_kind=cast(TargetKind, row.one_of("target_kind", get_args(TargetKind))),
        source=row.text("source"),
    )


def _position(row: Row) -> tuple[float | None, float | None]:
    lat, lon, country = row.degrees("lat"), row.degrees("lon"), row.cells["country"]
    if (lat is None) != (lon is None):
        raise row.wrong("only one of lat and lon is given: give both or neither")
    if country not in BOXES:
        if row.cells["us_presence"] != "no":
            raise row.wrong(
                f"us_presence of a place in {country!r} must be 'no': we watch {', '.join(BOXES)}"
            )
        return lat, lon
    south, west, north, east = BOXES[country]
    if lat is not None and lon is not None and not (south <= lat <= north and west <= lon <= east):
        raise row.wrong(f"{lat}, {lon} is not in {country}: correct lat and lon (in this order) or country")
    return lat, lon


def _nested(row: Row, sites: Mapping[str, Site]) -> None:
    site = sites[row.cells["site_id"]]
    if site.within is None:
        if site.precision != "country":
            raise row.wrong("within is empty: name the city, province or country around it")
        return
    outer = sites[site.within]
    if outer.country != site.country:
        raise row.wrong(f"within {outer.site_id!r}, which is in {outer.country}: correct within or country")
    if PRECISION_ORDER.index(outer.precision) < PRECISION_ORDER.index(site.precision):
        raise row.wrong(f"within {outer.site_id!r}, a {outer.precision}: name something larger")


# --- the other files ------------------------------------------------------------------------------------


def _site_alias(row: Row) -> SiteAlias:
    return SiteAlias(
        alias=row.text("alias"),
        site_id=row.cells["site_id"],
        language=row.language(),
        needs=cast(Needs, row.one_of("needs", get_args(Needs))),
        note=row.cells["note"],
    )


def _actors(rows: Sequence[Row]) -> dict[str, Actor]:
    actors = {row.cells["actor_id"]: _actor(row) for row in _sorted(rows, "actor_id")}
    _known(rows, "parent", actors, ACTORS)
    _acyclic(rows, "actor_id", "parent")
    return actors


def _actor(row: Row) -> Actor:
    _in_order(row, "active_from", "active_until")
    return Actor(
        actor_id=row.slug("actor_id"),
        name=row.text("name"),
        name_ar=row.optional("name_ar"),
        type=cast(ActorType, row.one_of("type", get_args(ActorType))),
        parent=row.optional("parent"),
        side=cast(Side, row.one_of("side", get_args(Side))),
        active_from=row.day("active_from"),
        active_until=row.day("active_until"),
        source=row.text("source"),
    )


def _actor_alias(row: Row) -> ActorAlias:
    return ActorAlias(
        alias=row.text("alias"),
        actor_id=row.cells["actor_id"],
        language=row.language(),
        needs=cast(Needs, row.one_of("needs", get_args(Needs))),
        note=row.cells["note"],
    )


# What `value` may be, by kind; a kind that is not here takes any slug, or nothing.
_VALUES: dict[str, Callable[[str], object]] = {
    "weapon": frozenset(
        ("rocket", "drone", "ballistic_missile", "cruise_missile", "missile", "mortar", "ied", "small_arms",
         "indirect_fire", "launcher", "calibre", "us_weapon", "any"),
    ).__contains__,
    "casualty": frozenset(
        ("killed", "wounded", "any", "none", "damage", "no_damage", "severity"),
    ).__contains__,
    "claim": frozenset(
        ("claimed", "not_claimed", "attributed", "denied", "statement", "formula", "unknown_attacker"),
    ).__contains__,
    "number": re.compile(
        r"\d+(-\d+)?|at_least|at_most|more_than|about|several|ordinal_\d+|unit",
    ).fullmatch,
    "time": re.compile(r"month_(1[0-2]|[1-9])|weekday_[1-7]|solar_month_\d+|[a-z_]+").fullmatch,
}  # fmt: skip
_ANY_VALUE = re.compile(r"([a-z0-9]+(_[a-z0-9]+)*)?").fullmatch


def _term(row: Row) -> Term:
    kind = cast(TermKind, row.one_of("kind", get_args(TermKind)))
    if not _VALUES.get(kind, _ANY_VALUE)(row.cells["value"]):
        raise row.wrong(f"value {row.cells['value']!r} is not for kind {kind!r}: see extract/data/README.md")
    return Term(
        term=row.text("term"),
        language=row.language(),
        kind=kind,
        value=row.cells["value"],
        note=row.cells["note"],
    )


# --- the whole ------------------------------------------------------------------------------------------


def parse_knowledge(files: Mapping[str, bytes]) -> Knowledge:
    """Knowledge from the content of the five files, by name. Raises KnowledgeError on the first wrong row."""
    rows = {name: read_rows(name, files[name], COLUMNS[name]) for name in FILES}
    sites, actors = _sites(rows[PLACES]), _actors(rows[ACTORS])
    _known(_sorted(rows[PLACE_ALIASES], "alias"), "site_id", sites, PLACES)
    _unambiguous(rows[PLACE_ALIASES], "site_id")
    _known(_sorted(rows[ACTOR_ALIASES], "alias"), "actor_id", actors, ACTORS)
    _unambiguous(rows[ACTOR_ALIASES], "actor_id")
    return Knowledge(
        sites=tuple(sites.values()),
        site_aliases=tuple(_site_alias(row) for row in rows[PLACE_ALIASES]),
        actors=tuple(actors.values()),
        actor_aliases=tuple(_actor_alias(row) for row in rows[ACTOR_ALIASES]),
        lexicon=tuple(_term(row) for row in _sorted(rows[LEXICON], "language", "kind", "term")),
        version=_version(files),
        _sites=sites,
        _actors=actors,
    )


def _version(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(f"{name} {len(files[name])}\n".encode())
        digest.update(files[name])
    return digest.hexdigest()[:16]


@functools.cache
def load_knowledge(folder: Path = DATA) -> Knowledge:
    """The project's knowledge, read once a process. Raises KnowledgeError where a file breaks a rule."""
    return parse_knowledge({name: _content(folder, name) for name in FILES})


def _content(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise KnowledgeError(name, None, f"cannot be read from {folder} ({error}): restore it") from error
