"""The path of a page, and of a feed, beside libraries that do a part of it."""

from __future__ import annotations

import datetime as dt
import io
import random
from typing import Any

import feedparser
import trafilatura

from extract.feeds import parse_feed
from extract.gate import page_may_tell
from extract.knowledge import load_knowledge
from extract.reading import read_article
from extract.records import Article, Rejection
from extract.scraping import read_page
from extract.voices import fingerprint
from tests import general_news
from tests.benchmarks.measuring import Sheet, cpu, ms, side_by_side

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
URL = "https://n.example.org/a"


def scrape(body: bytes) -> Article | Rejection:
    """A page as the cycle scrapes it."""
    return read_page(body, content_type="text/html", url=URL, entry=None, source=None, now=NOW)


def read_whole(body: bytes) -> Any:
    """A page from bytes to reports, the gate included."""
    page_may_tell(body, "text/html")
    article = scrape(body)
    return read_article(article, load_knowledge()) if isinstance(article, Article) else article


def relevant_bodies(number: int) -> list[bytes]:
    """Relevant articles of the golden corpora, spread over them, as pages with all that a page carries."""
    pages = [body.encode() for _, body in general_news.relevant_pages()]
    return pages[:: max(1, len(pages) // number)][:number]


def pages_and_gate(sheet: Sheet, relevant: int, general: int) -> None:
    """Stopped at the gate, or read from bytes to reports."""
    bodies, others = (
        relevant_bodies(relevant),
        [general_news.general_page(n).encode() for n in range(general)],
    )
    articles = [a for a in map(scrape, bodies) if isinstance(a, Article)]
    size = f"{sum(map(len, bodies)) / len(bodies) / 1e3:.0f} kB"
    peer, whole, scraping, reading, gate = side_by_side(
        lambda: [trafilatura.extract(body.decode()) for body in bodies],
        lambda: [read_whole(body) for body in bodies],
        lambda: [scrape(body) for body in bodies],
        lambda: [read_article(a, load_knowledge()) for a in articles],
        lambda: [page_may_tell(body, "text/html") for body in bodies],
    )
    beside = f"trafilatura.extract {ms(peer, len(bodies))}"
    for name, spent, asked in (
        (f"relevant page ({size}), bytes to reports", whole, "1.3"),
        ("of it: gate", gate, ""),
        ("of it: scraping", scraping, ""),
        ("of it: reading", reading, ""),
    ):
        sheet.add(name, ms(spent, len(bodies)), beside, spent / peer, asked)
    some = others[:: max(1, len(others) // 30)]
    stopped, peer = side_by_side(
        lambda: [page_may_tell(body, "") for body in others],
        lambda: [trafilatura.extract(body.decode()) for body in some],
    )
    stopped, peer = stopped / len(others), peer / len(some)
    sheet.add(
        "general page at the gate", ms(stopped), f"trafilatura.extract {ms(peer)}", stopped / peer, "0.05"
    )
    passed = sum(page_may_tell(body, "") for body in others)
    sheet.add("general pages past the gate", f"{passed} of {len(others)}", "", passed / len(others), "0.02")
    newspaper(sheet, bodies[:10], scraping / len(bodies))
    near_duplicates(sheet, [a.text for a in articles])


def growth(sheet: Sheet) -> None:
    """An article and its page twice, four and eight times as long."""
    bodies = relevant_bodies(30)
    longest = max((a for a in map(scrape, bodies) if isinstance(a, Article)), key=lambda a: len(a.text))
    chance, lines = random.Random(1), longest.text.split("\n")  # noqa: S311 -- not for secrets
    spent: list[float] = []
    for times in (1, 2, 4, 8):
        more = [line for _ in range(times) for line in chance.sample(lines, len(lines))]
        body = general_news.page(longest.title, "\n".join(more), outlet=7, published="2024-02-01").encode()
        spent.append(cpu(lambda body=body: read_whole(body), 2))  # type: ignore[misc]
    told = ", ".join(f"{one / spent[0]:.1f}" for one in spent)
    sheet.add(
        f"text of {len(longest.text)} characters 1, 2, 4, 8 times", ms(spent[0]), f"times as much: {told}"
    )


def newspaper(sheet: Sheet, bodies: list[bytes], ours: float) -> None:
    """newspaper4k on the same pages."""
    try:
        from newspaper import Article as Peer
    except ImportError:
        return

    def parse(body: bytes) -> None:
        article = Peer(URL)
        article.download(input_html=body.decode())
        article.parse()

    peer = cpu(lambda: [parse(body) for body in bodies], 1) / len(bodies)
    sheet.add("page to article", ms(ours), f"newspaper4k {ms(peer)}", ours / peer)


def near_duplicates(sheet: Sheet, texts: list[str]) -> None:
    """datasketch's MinHash of the same texts."""
    try:
        from datasketch import MinHash
    except ImportError:
        return

    def sketch(text: str) -> None:
        MinHash(num_perm=128).update_batch([word.encode() for word in text.split()])

    ours, peer = side_by_side(
        lambda: [fingerprint(text) for text in texts], lambda: [sketch(text) for text in texts]
    )
    count = len(texts)
    sheet.add("fingerprint of a text", ms(ours, count), f"datasketch MinHash {ms(peer, count)}", ours / peer)


def feed(number: int, items: str) -> bytes:
    """A feed of that name with those items."""
    return f"<rss version='2.0'><channel><title>Feed {number}</title>{items}</channel></rss>".encode()


def feed_item(link: str, title: str, about: str) -> str:
    """An item of 1 February 2024."""
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><description>{about}</description>"
        "<pubDate>Thu, 01 Feb 2024 06:00:00 GMT</pubDate></item>"
    )


def feeds(sheet: Sheet) -> None:
    """A feed of 50 items."""
    link = "https://n.example.org/{}"
    items = (feed_item(link.format(n), f"Story {n}", general_news.paragraphs(n, 1)[0]) for n in range(50))
    body = feed(1, "".join(items))
    ours, peer = side_by_side(
        lambda: parse_feed(body, content_type="application/rss+xml", url=URL, source_id="s", now=NOW),
        lambda: feedparser.parse(io.BytesIO(body)),
    )
    sheet.add("feed of 50 items", ms(ours), f"feedparser {ms(peer)}", ours / peer)
