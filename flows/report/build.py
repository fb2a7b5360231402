"""`write_report`: the published copy as a folder of pages that works from a file, from any host, offline."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from extract.knowledge import load_knowledge
from flows.report import incident_page, listing, overview, places, words
from flows.report import map as site_map
from flows.report.edition import ID, Edition
from flows.report.writer import FolderWriter, digest, is_current
from warehouse.export import export
from warehouse.paths import Paths
from warehouse.report import report_data

HERE = Path(__file__).parent
# The relations that go beside the page. No articles: their texts are not ours to pass on.
DATA_FILES: Mapping[str, str] = {
    "incidents": "every incident with its merged values",
    "incident_reports": "which articles tell of which incident",
    "incident_values": "by which rule each value was chosen, and disagreement",
    "tally_by_day": "attacks by day and country, with running sums",
    "tally_by_site": "attacks by place",
    "tally_against_stated": "what others stated, beside what is counted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What writing the page came to: numbers of files."""

    index: Path
    written: int
    unchanged: int
    removed: int

    def line(self) -> str:
        """One line for people."""
        return (
            f"{self.index}: {self.written} files written, {self.unchanged} unchanged, {self.removed} removed"
        )


def write_report(paths: Paths, folder: Path, *, notice: str = "", base_url: str = "") -> Written:
    """Write or bring up to date the page of the published copy.

    `notice` is said on top of every page. `base_url` is where the folder will be reached, for the links in
    the feeds; without it they are relative. Equal data give equal files. Raises WarehouseError, OSError.
    """
    made_at = published_at(paths)
    edition = Edition(report_data(paths.published), load_knowledge(), notice)
    writer = FolderWriter(folder)
    base = base_url.rstrip("/") + "/" if base_url else ""
    for name, content in assets():
        writer.put(name, content)
    write_data(writer, paths.published)
    maker = Maker(writer, edition, templates_version())
    write_incidents(maker)
    write_lists(maker)
    writer.put("feed.atom", maker.render("feed.atom.j2", places.feed(edition) | {"base": base}).encode())
    writer.put("feed.json", json_feed(edition, base))
    write_front(maker)
    writer.close(made_at)
    return Written(
        index=folder / "index.html",
        written=writer.written,
        unchanged=writer.unchanged,
        removed=writer.removed,
    )


def needs_writing(paths: Paths, folder: Path) -> bool:
    """Whether the published copy is another than the one the folder was made of: also after a run that was
    killed between the two."""
    return paths.published.exists() and not is_current(folder, published_at(paths))


def published_at(paths: Paths) -> int:
    """When the published copy was put in place, in nanoseconds; 0 where there is none."""
    try:
        return paths.published.stat().st_mtime_ns
    except OSError:
        return 0


# --- the folder's parts, those that are linked to before those that link ---


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the pages of one edition."""

    writer: FolderWriter
    edition: Edition
    version: str  # of templates and code: a page made by others is made anew

    def page(self, name: str, template: str, made_of: object, content: Callable[[], dict[str, Any]]) -> None:
        """One page, made only where needed."""
        mark = digest(self.version, template, self.edition.notice, made_of)
        self.writer.page(name, mark, lambda: self.render(template, content() | self.frame(name)))

    def frame(self, name: str) -> dict[str, Any]:
        """What every page prints around its content."""
        return {
            "root": "../" * name.count("/"),
            "here": name,
            "notice": self.edition.notice,
            "as_of": self.edition.as_of,
        }

    def render(self, template: str, content: Mapping[str, Any]) -> str:
        """A template with its content."""
        return templates().get_template(template).render(content)


def write_incidents(maker: Maker) -> None:
    """A page an incident, and one that leads on for each id that was merged away."""
    edition, known = maker.edition, set[str]()
    for item in edition.shown:
        here = item.incident["incident_id"]
        linked = item.incident["site_id"] in edition.by_site
        known.add(here)
        maker.page(
            f"incidents/{here}.html",
            "incident.html.j2",
            (item, linked, edition.knowledge.version),
            functools.partial(incident_page.incident, edition, item),
        )
    for item in edition.shown:
        for old in item.incident["former_ids"]:
            if ID.fullmatch(old) and old not in known:
                to = {
                    "id": old,
                    "to": item.incident["incident_id"],
                    "headline": words.headline(item.incident),
                }
                maker.page(f"incidents/{old}.html", "moved.html.j2", to, lambda to=to: to)  # type: ignore[misc]


def write_lists(maker: Maker) -> None:
    """A page a place, a page a month."""
    edition, version = maker.edition, maker.edition.knowledge.version
    this_month = edition.as_of and f"{edition.as_of:%Y-%m}"
    for site_id, items in edition.by_site.items():
        rows = [item.incident for item in items]
        maker.page(
            f"sites/{site_id}.html",
            "site.html.j2",
            (rows, this_month, edition.data.live_from, version),
            functools.partial(places.site, edition, site_id),
        )
    months = sorted(edition.by_month)
    for at, month in enumerate(months):
        rows = [item.incident for item in edition.by_month[month]]
        maker.page(
            f"months/{month}.html",
            "month.html.j2",
            (rows, months[max(at - 1, 0) : at + 2], version),
            functools.partial(places.month, edition, month),
        )


def write_front(maker: Maker) -> None:
    """The pages that speak of all the data."""
    edition, put = maker.edition, maker.writer.put

    def page(name: str, template: str, content: dict[str, Any]) -> None:
        put(name, maker.render(template, content | maker.frame(name)).encode("utf-8", "replace"))

    page("sites.html", "sites.html.j2", places.sites_index(edition))
    page("method.html", "method.html.j2", places.method(edition, accuracy()) | {"files": data_files()})
    page("incidents.html", "incidents.html.j2", listing.listing(edition))
    page("index.html", "index.html.j2", overview.overview(edition))


def json_feed(edition: Edition, base: str) -> bytes:
    """JSON Feed 1.1."""
    content = places.feed(edition)
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "basewatch: attacks on US facilities in Iraq and Syria",
        "language": "en",
        "home_page_url": f"{base}index.html",
        **({"feed_url": f"{base}feed.json"} if base else {}),
        "items": [
            {
                "id": f"urn:basewatch:incident:{entry['id']}",
                "url": f"{base}incidents/{entry['id']}.html",
                "title": words.clean(f"{entry['headline']}, {entry['when']}"),
                "content_text": words.clean(entry["summary"]),
                "date_published": stamp(entry["first"]),
                "date_modified": stamp(entry["updated"]),
                "tags": [tag for tag in (entry["status"], entry["country"], entry["weapon"]) if tag],
            }
            for entry in content["entries"]
        ],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def write_data(writer: FolderWriter, published: Path) -> None:
    """The relations as Parquet and CSV, the incidents as GeoJSON."""
    with tempfile.TemporaryDirectory(prefix=".data-", dir=writer.folder) as folder:
        made = [
            *export(published, Path(folder), "parquet", tuple(DATA_FILES)),
            *export(published, Path(folder), "csv", tuple(DATA_FILES)),
            *export(published, Path(folder), "geojson"),
        ]
        for file in made:
            writer.put(f"data/{file.name}", file.read_bytes())


def data_files() -> list[tuple[str, str]]:
    """Names of the data files with what is in them."""
    files = [
        (f"{name}.{form}", about if form == "parquet" else "the same")
        for name, about in DATA_FILES.items()
        for form in ("parquet", "csv")
    ]
    return [("incidents.geojson", "incidents as points for a map"), *files]


def assets() -> Iterator[tuple[str, bytes]]:
    """Style, script, icon, and the land of the small maps."""
    for file in sorted((HERE / "assets").iterdir()):
        yield f"assets/{file.name}", file.read_bytes()
    yield "assets/land.svg", land_picture().encode()


def land_picture() -> str:
    """The map without places, as a picture of its own, so that it need not stand in each of many pages."""
    view = site_map.projection()
    style = (
        ".country{fill:#efece4;stroke:#b9b3a5}.watched{fill:#fdfcf9;stroke:#6d675b}.country-name{display:none}"
        "@media (prefers-color-scheme:dark){.country{fill:#1d2024;stroke:#4b4f55}"
        ".watched{fill:#2a2e33;stroke:#9a968d}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view.width} {view.height}">'
        f"<style>{style}</style>{site_map.land()}</svg>\n"
    )


def accuracy() -> dict[str, Any] | None:
    """What was measured on labelled articles, where the program comes with such a file."""
    file = HERE / "data" / "accuracy.json"
    if not file.is_file():
        return None
    measured: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return measured


# --- templates ---


@functools.cache
def templates() -> Environment:
    """The templates: everything escaped, everything cleaned, nothing undefined."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=words.printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # three looks at files for each of many pages
    )
    env.filters.update(
        long_day=words.long_day, short_day=words.short_day, moment=words.moment, number=words.number,
        plural=words.plural, spelled=words.spelled, stamp=stamp,
    )  # fmt: skip
    return env


def stamp(moment: dt.datetime | None) -> str:
    """RFC 3339, as feeds have it."""
    return (moment or dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


@functools.cache
def templates_version() -> str:
    """Changes with any file of this package."""
    hashed = hashlib.blake2b(digest_size=8)
    for file in sorted(HERE.rglob("*")):
        if file.is_file() and file.suffix in (".py", ".j2", ".json"):
            hashed.update(file.read_bytes())
    return hashed.hexdigest()
