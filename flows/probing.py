"""Asking feeds outside of a run: nothing is stored. For `basewatch sources check --now` and `sources add`."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from extract.feeds import ParsedFeed, parse_feed
from extract.fetch import Fetcher
from extract.records import Fetched, FetchFailure, Source
from flows.cycle import FEED_TYPES
from flows.settings import Settings

FEED_LINKS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
LINKS_TRIED = 5
# Where sites keep a feed that no page names, the commonest first.
COMMON_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feeds/rss", "/index.xml")


@dataclass(frozen=True, slots=True)
class Probe:
    """What a feed answered just now."""

    source_id: str
    verdict: str  # ok, degraded, or the slug of the failure
    entries: int
    newest: datetime | None
    detail: str


@dataclass(frozen=True, slots=True)
class Discovered:
    """A feed that was found, or why none was."""

    url: str
    feed: ParsedFeed | None
    trouble: str = ""

    def block(self, source_id: str | None, outlet: str | None, kind: str) -> dict[str, str]:
        """The [[source]] block that it would get."""
        host = (urlsplit(self.url).hostname or "feed").removeprefix("www.")
        name = outlet or (self.feed.title if self.feed else None) or host
        return {
            "id": source_id or re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-"),
            "outlet": " ".join(name.split()),
            "language": ((self.feed.language if self.feed else None) or "en")[:2],
            "kind": kind,
            "url": self.url,
        }


def block_text(block: dict[str, str]) -> str:
    """A block as TOML; a JSON string is a TOML string."""
    return "[[source]]\n" + "".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in block.items())


def probe_all(settings: Settings, sources: Sequence[Source]) -> list[Probe]:
    """Ask the feeds, all at once within the fetcher's limits."""

    async def ask() -> list[Probe]:
        async with Fetcher(settings.fetch.for_fetcher(), now) as fetcher:
            return list(await asyncio.gather(*(probe(fetcher, source) for source in sources)))

    return asyncio.run(ask())


async def probe(fetcher: Fetcher, source: Source) -> Probe:
    """One feed asked."""
    parsed = await read(fetcher, source.url, source.source_id)
    if isinstance(parsed, FetchFailure):
        return Probe(source.source_id, parsed.reason, 0, None, parsed.detail)
    dates = [e.published_at for e in parsed.entries if e.published_at]
    verdict = "degraded" if parsed.defect else "ok"
    return Probe(
        source.source_id, verdict, len(parsed.entries), max(dates, default=None), parsed.defect or ""
    )


async def read(fetcher: Fetcher, url: str, source_id: str) -> ParsedFeed | FetchFailure:
    """A feed fetched and parsed, or why not."""
    answer = await fetcher.get(url, accept=FEED_TYPES)
    if isinstance(answer, FetchFailure):
        return answer
    parsed = parsed_of(answer, source_id)
    return parsed.failure or parsed


def parsed_of(answer: Fetched, source_id: str) -> ParsedFeed:
    """An answer read as a feed."""
    return parse_feed(
        answer.body, content_type=answer.content_type, url=answer.url, source_id=source_id, now=now()
    )


def discover(settings: Settings, url: str) -> Discovered:
    """The feed at an address, or that the page there names."""

    async def look() -> Discovered:
        async with Fetcher(settings.fetch.for_fetcher(), now) as fetcher:
            answer = await fetcher.get(url, accept=f"text/html, {FEED_TYPES}")
            if isinstance(answer, FetchFailure):
                return Discovered(url, None, f"{answer.reason}: {answer.detail}")
            here = parsed_of(answer, "new")
            if here.failure is None:
                return Discovered(answer.url, here)
            usual = [urljoin(answer.url, path) for path in COMMON_PATHS]
            for candidate in dict.fromkeys([*feed_links(answer)[:LINKS_TRIED], *usual]):
                parsed = await read(fetcher, candidate, "new")
                if not isinstance(parsed, FetchFailure):
                    return Discovered(candidate, parsed)
            return Discovered(
                url,
                None,
                "neither a feed nor a page that names one, and none at the usual places; "
                "give the feed's own address",
            )

    return asyncio.run(look())


def feed_links(page: Fetched) -> list[str]:
    """The feeds that a page names in its head, in its order."""
    from lxml import etree, html

    try:
        tree: Any = html.document_fromstring(page.body)
    except (etree.LxmlError, ValueError):
        return []
    links = [
        urljoin(page.url, link.get("href").strip())
        for link in tree.iter("link")
        if link.get("href") and "alternate" in link.get("rel", "").lower()
        if link.get("type", "").lower() in FEED_LINKS
    ]
    return list(dict.fromkeys(links))


def now() -> datetime:
    """The clock of live requests."""
    return datetime.now(UTC)
