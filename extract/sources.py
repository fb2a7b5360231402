"""The feeds we poll: `[[source]]` blocks, in extract/data/sources.toml and in the user's configuration."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlsplit

from extract.errors import SourcesError
from extract.records import Kind, Source

SOURCES = Path(__file__).parent / "data" / "sources.toml"

# How sure we are of a feed's address (extract/data/README.md); where left out, the user vouches for it.
CONFIRMED = ("stored feed seen", "listed as working", "not confirmed")

_REQUIRED = ("id", "outlet", "language", "kind", "url")
_OPTIONAL = ("family", "every", "note", "confirmed")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_EVERY = re.compile(r"([1-9]\d{0,3})([mhd])")
_UNIT = {"m": "minutes", "h": "hours", "d": "days"}
_LONGEST = dt.timedelta(days=30)


def load_sources(path: Path | None = None) -> tuple[Source, ...]:
    """The sources of a TOML file of `[[source]]` blocks, in its order; None: the project's own list.

    Raises SourcesError, naming file, block and key, where the file cannot be read or a block is wrong.
    """
    file = path or SOURCES
    blocks = _blocks(_document(file), file.name)
    sources = tuple(
        source_from_block(block, where=f"{file.name}, [[source]] {number}")
        for number, block in enumerate(blocks, start=1)
    )
    check_distinct(sources, where=file.name)
    return sources


def source_from_block(block: Mapping[str, object], *, where: str = "[[source]]") -> Source:
    """One source from one `[[source]]` block. `where` opens the text of any SourcesError raised."""
    where = f"{where} ({block['id']!r})" if isinstance(block.get("id"), str) else where
    _check_keys(block, where)
    values = {key: _text(block, key, where) for key in block}
    return Source(
        source_id=_matching(values["id"], _ID, "id", "small letters, digits and hyphens", where),
        url=_feed_url(values["url"], where),
        outlet=values["outlet"],
        family=values.get("family", values["outlet"]),
        language=_matching(values["language"], _LANGUAGE, "language", "a code such as 'en'", where),
        kind=cast(Kind, _one_of(values["kind"], get_args(Kind), "kind", where)),
        every=_interval(values["every"], where) if "every" in values else None,
        note=_note(values, where),
    )


def check_distinct(sources: Iterable[Source], *, where: str) -> None:
    """Raise SourcesError where two sources share an id or an address."""
    by_id: dict[str, Source] = {}
    by_url: dict[str, Source] = {}
    for source in sources:
        if source.source_id in by_id:
            raise SourcesError(f"{where}: two sources have the id {source.source_id!r}; rename one")
        by_id[source.source_id] = source
        same = by_url.setdefault(_same_feed(source.url), source)
        if same is not source:
            raise SourcesError(
                f"{where}: {same.source_id!r} and {source.source_id!r} have one address,"
                f" {source.url}; keep one of them"
            )


def _document(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourcesError(f"{file}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise SourcesError(f"{file}: not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(f"{file}: not TOML ({error})") from error


def _blocks(document: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    for key in document:
        if key != "source":
            raise SourcesError(f"{name}: unknown key {key!r}{_nearest(key, ('source',))}")
    blocks = document.get("source", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SourcesError(f"{name}: 'source' is not a list of blocks; write each as [[source]]")
    return blocks


def _check_keys(block: Mapping[str, object], where: str) -> None:
    for key in block:
        if key not in _REQUIRED + _OPTIONAL:
            raise SourcesError(f"{where}: unknown key {key!r}{_nearest(key, _REQUIRED + _OPTIONAL)}")
    for key in _REQUIRED:
        if key not in block:
            raise SourcesError(f"{where}: the key {key!r} is missing; add it")


def _text(block: Mapping[str, object], key: str, where: str) -> str:
    value = block[key]
    if not isinstance(value, str):
        raise SourcesError(f"{where}: {key} = {value!r} is not text; put it in quotes")
    if not value or value != value.strip() or any(not c.isprintable() for c in value):
        raise SourcesError(f"{where}: {key} = {value!r} is empty or has stray spaces; write it plainly")
    return value


def _matching(value: str, pattern: re.Pattern[str], key: str, form: str, where: str) -> str:
    if not pattern.fullmatch(value):
        raise SourcesError(f"{where}: {key} = {value!r}; write {form}")
    return value


def _one_of(value: str, allowed: Sequence[str], key: str, where: str) -> str:
    if value not in allowed:
        raise SourcesError(
            f"{where}: {key} = {value!r}{_nearest(value, allowed)}; it is one of {', '.join(allowed)}"
        )
    return value


def _feed_url(url: str, where: str) -> str:
    """The URL as given. Whether its host may be reached is decided when it is fetched."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", url):
        raise SourcesError(f"{where}: url = {url!r} is no http or https address; write it in full")
    if parts.username is not None or parts.password is not None:
        raise SourcesError(f"{where}: the url holds a user name or password; take it out")
    return url


def _interval(text: str, where: str) -> dt.timedelta:
    match = _EVERY.fullmatch(text)
    if match is None:
        raise SourcesError(f"{where}: every = {text!r}; write minutes, hours or days, such as '15m'")
    interval = dt.timedelta(**{_UNIT[match[2]]: int(match[1])})
    if interval > _LONGEST:
        raise SourcesError(f"{where}: every = {text!r} is more than {_LONGEST.days} days; shorten it")
    return interval


def _note(values: Mapping[str, str], where: str) -> str:
    """The note, which says so where the address is not confirmed: `sources list` shows it."""
    confirmed = _one_of(values.get("confirmed", CONFIRMED[0]), CONFIRMED, "confirmed", where)
    doubt = "address not confirmed" if confirmed == "not confirmed" else ""
    return "; ".join(part for part in (values.get("note", ""), doubt) if part)


def _same_feed(url: str) -> str:
    """An address without what two spellings of one feed differ in: scheme, www, a slash at the end."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}:{parts.port or ''}{parts.path.rstrip('/')}?{parts.query}"


def _nearest(word: str, allowed: Sequence[str]) -> str:
    near = difflib.get_close_matches(word.casefold(), allowed, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else f"; the keys are {', '.join(allowed)}"
