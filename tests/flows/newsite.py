"""A small news site on loopback, for tests of the whole job."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2023, 12, 8, 12, 0, tzinfo=dt.UTC)
Run = Callable[..., "subprocess.CompletedProcess[str]"]

ATTACK = (
    "Rockets hit US embassy in Baghdad",
    "BAGHDAD - Fourteen rockets were fired at the US embassy in Baghdad early on Friday, Iraqi security "
    "officials said. There were no casualties and only minor damage, a US military official said. No group "
    "has claimed responsibility for the attack, which took place shortly after four in the morning.",
)
MARKET = (
    "Baghdad book market draws record crowds",
    "BAGHDAD - Al-Mutanabbi Street drew record crowds on Friday as booksellers marked the end of the season. "
    "Traders said that sales of novels and poetry were better than in any year that they could remember.",
)


@dataclass
class Site:
    """A feed and its pages, served on loopback; `folder` is where the job runs."""

    server: HTTPServer
    folder: Path
    stories: list[tuple[str, str]] = field(default_factory=list)
    now: dt.datetime = NOW  # when all of it was published
    taken_down: set[int] = field(default_factory=set)  # stories whose page is no more

    def publish(self, *stories: tuple[str, str]) -> None:
        """Put stories on the site."""
        self.stories.extend(stories)

    def answer(self, request: Request) -> Response:
        """The feed, a story, or not found."""
        name = request.path.rsplit("/", 1)[-1]
        if name == "feed.xml":
            return Response(self.feed(), content_type="application/rss+xml; charset=utf-8")
        if name.isdigit() and int(name) < len(self.stories) and int(name) not in self.taken_down:
            return Response(page(*self.stories[int(name)], self.now), content_type="text/html; charset=utf-8")
        return Response("not found", status=404)

    def feed(self) -> str:
        """The stories so far as RSS 2.0."""
        items = "".join(
            f"<item><title>{title}</title><link>{self.server.url_for(f'/story/{n}')}</link>"
            f"<guid isPermaLink='false'>story-{n}</guid><pubDate>{format_datetime(self.now)}</pubDate>"
            f"<description>{text[:80]}</description></item>"
            for n, (title, text) in enumerate(self.stories)
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Site</title>{items}</channel></rss>"

    @property
    def db(self) -> Path:
        """The warehouse that the configuration names."""
        return self.folder / "data" / "basewatch.duckdb"

    def config(self, *more: str) -> Path:
        """A configuration file that names this site's feed, and more blocks."""
        path = self.folder / "basewatch.toml"
        own = source_block("site", self.server.url_for("/feed.xml"))
        fetch = f'allow = ["{self.server.host}:{self.server.port}"]\nper_host_gap_seconds = 0'
        text = [f'[warehouse]\npath = "{self.db}"', f"[fetch]\n{fetch}", own, *more]
        path.write_text("\n".join(text), encoding="utf-8")
        return path


def environment(folder: Path) -> dict[str, str]:
    """The environment of a child process: no setting of this machine, Prefect's files in `folder`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BASEWATCH_", "PREFECT_"))}
    own = {
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(folder / "prefect"),
        "NO_COLOR": "1",
        "COLUMNS": "160",
    }
    return kept | own


def source_block(source_id: str, url: str) -> str:
    """A [[source]] block."""
    named = f'id = "{source_id}"\noutlet = "{source_id}"\n'
    return f'[[source]]\n{named}language = "en"\nkind = "local"\nurl = "{url}"\n'


def page(title: str, text: str, now: dt.datetime = NOW) -> str:
    """A page with an article."""
    return (
        f"<!doctype html><html lang='en'><head><title>{title} | Site</title>"
        f"<meta property='og:title' content='{title}'>"
        f"<meta property='article:published_time' content='{now.isoformat()}'></head>"
        f"<body><nav>Home World Sport</nav><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
