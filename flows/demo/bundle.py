"""The bundled archive as values: outlets, articles with their versions, and what was public at a moment."""

from __future__ import annotations

import datetime as dt
import itertools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import BasewatchError

ARCHIVE = Path(__file__).with_name("archive")


class ArchiveError(BasewatchError):
    """The archive's files contradict each other; the message names the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One invented outlet: who it says it is, and how its feed and pages look."""

    outlet_id: str
    name: str
    family: str
    language: str
    kind: str
    feed: str
    template: str
    host: str
    section: str
    items: int  # entries that its feed shows
    local_zone: dt.timezone  # what its pages print times in
    compressed: bool
    teasers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An article's text from one moment on."""

    public_at: dt.datetime
    title: str
    summary: str
    body: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.body.split("\n\n") if part.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """One article of the archive; `versions` are in order of time and never empty."""

    stem: str
    outlet: Outlet
    path: str
    author: str | None
    tags: tuple[str, ...]
    captions: tuple[str, ...]
    related: tuple[str, ...]
    versions: tuple[Version, ...]

    @property
    def published_at(self) -> dt.datetime:
        return self.versions[0].public_at

    def version_at(self, moment: dt.datetime) -> Version | None:
        """What a reader saw at `moment`; None before publication."""
        shown = [version for version in self.versions if version.public_at <= moment]
        return shown[-1] if shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """All of the archive, articles in order of publication."""

    outlets: tuple[Outlet, ...]
    articles: tuple[DemoArticle, ...]

    def outlet(self, outlet_id: str) -> Outlet | None:
        return next((outlet for outlet in self.outlets if outlet.outlet_id == outlet_id), None)

    def page(self, outlet: Outlet, path: str) -> DemoArticle | None:
        return next((a for a in self.articles if a.outlet == outlet and a.path == path), None)

    def public(self, outlet: Outlet, moment: dt.datetime) -> tuple[DemoArticle, ...]:
        """The outlet's articles at `moment`, newest first."""
        found = (a for a in self.articles if a.outlet == outlet and a.published_at <= moment)
        return tuple(sorted(found, key=lambda a: (a.published_at, a.stem), reverse=True))

    def days(self) -> tuple[dt.date, ...]:
        """The UTC days on which something was published or changed, in order."""
        return tuple(sorted({v.public_at.date() for a in self.articles for v in a.versions}))


def load_archive(folder: Path = ARCHIVE) -> Archive:
    """Read the archive's TOML files. Raises ArchiveError where they do not fit together."""
    rows = _read(folder / "outlets.toml")["outlet"]
    outlets = {row["id"]: _outlet(row) for row in rows}
    files = sorted((folder / "articles").glob("*.toml"))
    articles = sorted((_article(file, outlets) for file in files), key=lambda a: (a.published_at, a.stem))
    _check_paths(articles)
    return Archive(outlets=tuple(outlets.values()), articles=tuple(articles))


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ArchiveError(f"{file.name}: {error}") from error


def _outlet(row: Mapping[str, Any]) -> Outlet:
    return Outlet(
        outlet_id=row["id"],
        name=row["outlet"],
        family=row["family"],
        language=row["language"],
        kind=row["kind"],
        feed=row["feed"],
        template=row["template"],
        host=row["host"],
        section=row["section"],
        items=row["items"],
        local_zone=dt.timezone(dt.timedelta(hours=row["utc_offset_hours"])),
        compressed=row["compressed"],
        teasers=tuple(row["teasers"]),
    )


def _article(file: Path, outlets: Mapping[str, Outlet]) -> DemoArticle:
    row = _read(file)
    if row["outlet"] not in outlets:
        raise ArchiveError(f"{file.name}: unknown outlet {row['outlet']!r}")
    return DemoArticle(
        stem=file.stem,
        outlet=outlets[row["outlet"]],
        path=row["path"],
        author=row.get("author"),
        tags=tuple(row.get("tags", ())),
        captions=tuple(row.get("captions", ())),
        related=tuple(row.get("related", ())),
        versions=_versions(row, file),
    )


def _versions(row: Mapping[str, Any], file: Path) -> tuple[Version, ...]:
    first = Version(
        public_at=_moment(row["published"], file),
        title=row["title"],
        summary=row["summary"],
        body=row["body"].strip(),
    )
    versions = [first]
    for update in row.get("update", ()):
        last = versions[-1]
        versions.append(
            Version(
                public_at=_moment(update["modified"], file),
                title=update.get("title", last.title),
                summary=update.get("summary", last.summary),
                body=update.get("body", last.body).strip(),
            )
        )
    if any(later.public_at <= earlier.public_at for earlier, later in itertools.pairwise(versions)):
        raise ArchiveError(f"{file.name}: an update is not later than what it updates")
    return tuple(versions)


def _moment(value: Any, file: Path) -> dt.datetime:
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise ArchiveError(f"{file.name}: {value!r} is no moment with a time zone")
    return value.astimezone(dt.UTC)


def _check_paths(articles: Iterable[DemoArticle]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for article in articles:
        key = (article.outlet.outlet_id, article.path)
        if key in seen:
            raise ArchiveError(f"{article.stem} and {seen[key]} have the same path")
        seen[key] = article.stem
