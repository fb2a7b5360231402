"""Feeds and pages of the demo's outlets, written from Jinja templates."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from flows.demo.bundle import Archive, DemoArticle, Outlet, Version

TEMPLATES = Path(__file__).with_name("templates")
SIDEBAR = 5  # related stories and most-read lists are this long
CONTENT_TYPES = {"atom": "application/atom+xml", "rdf": "application/rdf+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's text with its type; `changed_at` None while it is empty."""

    text: str
    content_type: str
    changed_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A headline elsewhere on the page."""

    title: str
    url: str


class Renderer:
    """Writes feeds and pages; all addresses start with `base_url` (no slash at the end)."""

    def __init__(self, archive: Archive, base_url: str) -> None:
        self._archive = archive
        self._base_url = base_url
        self._jinja = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        self._jinja.filters.update(iso=_iso, rfc822=_rfc822, jsonld=_jsonld)

    def url(self, article: DemoArticle) -> str:
        return f"{self._base_url}/{article.outlet.outlet_id}{article.path}"

    def feed(self, outlet: Outlet, moment: dt.datetime) -> Feed:
        """The outlet's feed at `moment`, newest first."""
        shown = self._archive.public(outlet, moment)[: outlet.items]
        items = [self._item(article, moment) for article in shown]
        changed_at = max((item["updated"] for item in items), default=None)
        text = self._jinja.get_template(f"{outlet.feed}.xml.j2").render(
            outlet=outlet, items=items, changed_at=changed_at, home=self._home(outlet)
        )
        content_type = CONTENT_TYPES.get(outlet.feed, "application/rss+xml")
        return Feed(text=text, content_type=f"{content_type}; charset=utf-8", changed_at=changed_at)

    def page(self, article: DemoArticle, version: Version, moment: dt.datetime) -> str:
        """The article's page as shown at `moment`, sidebars included."""
        outlet = article.outlet
        others = [a for a in self._archive.public(outlet, moment) if a is not article]
        return self._jinja.get_template(f"{outlet.template}.html.j2").render(
            outlet=outlet,
            home=self._home(outlet),
            article=article,
            version=version,
            url=self.url(article),
            updated=version.public_at if version is not article.versions[0] else None,
            local=article.published_at.astimezone(outlet.local_zone),
            related=[*self._extra(article), *self._links(others[:SIDEBAR], moment)],
            most_read=self._most_read(outlet, others, moment),
        )

    def _item(self, article: DemoArticle, moment: dt.datetime) -> dict[str, Any]:
        version = article.version_at(moment) or article.versions[0]
        return {
            "title": version.title,
            "summary": version.summary,
            "paragraphs": version.paragraphs,
            "author": article.author,
            "tags": article.tags,
            "url": self.url(article),
            "guid": f"https://{article.outlet.host}{article.path}",  # the same whatever the server's port
            "published": article.published_at,
            "updated": version.public_at,
        }

    def _home(self, outlet: Outlet) -> str:
        return f"{self._base_url}/{outlet.outlet_id}"

    def _extra(self, article: DemoArticle) -> list[Link]:
        home = self._home(article.outlet)
        return [Link(title=title, url=f"{home}/archive/{n}") for n, title in enumerate(article.related)]

    def _most_read(self, outlet: Outlet, others: list[DemoArticle], moment: dt.datetime) -> list[Link]:
        home = self._home(outlet)
        teasers = [Link(title=t, url=f"{home}/most-read/{n}") for n, t in enumerate(outlet.teasers)]
        return [*teasers, *self._links(others[SIDEBAR : SIDEBAR + 2], moment)]

    def _links(self, articles: list[DemoArticle], moment: dt.datetime) -> list[Link]:
        shown = [(a, a.version_at(moment)) for a in articles]
        return [Link(title=version.title, url=self.url(a)) for a, version in shown if version]


def _iso(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _rfc822(moment: dt.datetime) -> str:
    return format_datetime(moment)


def _jsonld(value: Any) -> Markup:
    """JSON that may stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - the only markup character is escaped here
