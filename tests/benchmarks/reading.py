"""What reading an article costs beside trafilatura: python -m tests.benchmarks.reading [--pages ...].

Every article is wrapped into a page; the text goes to our reader and the page to trafilatura, in turns within
one process. CPU seconds of the process (process_time), the median of several rounds; compare the ratios, not
the milliseconds. Four pages round the same text: bare (title and paragraphs: the least that trafilatura can
be given), plain (a menu, related stories, some scripts: a demo page), scripts (a page of
tests.general_news) and usual, which has as many elements of
each kind and as many levels as the median of the 181 news pages of Zyte's article-extraction benchmark (740
elements, 16 levels), and fewer letters and attributes (71 kB for 115).
"""

# ruff: noqa: E501  (markup on long lines)

from __future__ import annotations

import argparse
import datetime as dt
import functools
import gc
import statistics
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from extract.knowledge import load_knowledge
from extract.reading import read_article
from extract.records import Article
from extract.scraping import article_from_text, read_page
from tests import general_news
from tests.benchmarks.measuring import Sheet, ms

GOLDEN = Path(__file__).parents[1] / "golden"
NOW = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
ROUNDS = 5
GENERAL = 60
PAGES = ("bare", "plain", "scripts", "usual")
LIMITS = {"relevant": 0.5, "Arabic, relevant": 0.5, "hard negative": 0.05, "general news": 0.05}


@dataclass(frozen=True, slots=True)
class Row:
    """One group of articles in one kind of page: medians of CPU seconds an article."""

    group: str
    page: str
    articles: int
    characters: float
    page_bytes: float
    read: float
    default: float
    fast: float
    whole: float  # from the bytes of the page to its reports

    @property
    def of_fast(self) -> float:
        """Reading as a share of trafilatura's fast extraction."""
        return self.read / self.fast

    @property
    def whole_of_default(self) -> float:
        """Bytes to reports as a share of trafilatura's default extraction."""
        return self.whole / self.default


@dataclass(frozen=True, slots=True)
class Story:
    """An article with the pages around it."""

    article: Article
    pages: dict[str, str]


def stories(only: Path | None = None) -> dict[str, list[Story]]:
    """The groups: golden articles by label, and general news; `only`: the articles of another folder."""
    groups: dict[str, list[Story]] = {name: [] for name in LIMITS}
    folders = [only] if only else [GOLDEN / "en" / "open", GOLDEN / "ar" / "open"]
    for path in sorted(path for folder in folders for path in folder.glob("*.toml")):
        if path.name == "names.toml":
            continue
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        published = told["published"].isoformat() if told.get("published") else ""
        language = told.get("language") or ("ar" if "/ar/" in str(path) else "en")
        relevant = bool(told["expect"]["relevant"])
        group = "relevant" if relevant else "hard negative"
        if language == "ar":
            group = "Arabic, relevant" if relevant else ""
        if group:
            groups[group].append(story(told["title"], told["text"], published, language, told["url"]))
    for number in range(0 if only else GENERAL):
        told_ = general_news.paragraphs(number, 14)
        groups["general news"].append(
            story(
                told_[0].split(".")[0][:90],
                "\n".join(told_),
                "2024-02-01T06:00:00Z",
                "en",
                "https://n.example/",
            )
        )
    return groups


def story(title: str, text: str, published: str, language: str, url: str) -> Story:
    article = article_from_text(
        url=url, title=title, text=text, published=published or None, now=NOW, language=language
    )
    bare = general_news.page(title, text, language=language, published=published)
    scripts = general_news.page(title, text, language=language, outlet=7, published=published)
    return Story(
        article, {"bare": bare, "plain": plain_page(bare), "scripts": scripts, "usual": usual_page(bare)}
    )


def plain_page(bare: str) -> str:
    """A small page with what a page has at least: a menu, share buttons, related stories, a script or two."""
    menu = "".join(
        f'<li><a href="/{n}">{n.title()}</a></li>'
        for n in ("world", "business", "sport", "culture", "science")
    )
    related = "".join(
        f'<li><a href="/story/{n}">{general_news.paragraphs(n, 1)[0][:80]}</a></li>' for n in range(10)
    )
    script = "".join(
        f"window.q.push({{slot:'ad-{n}',sizes:[[300,250],[728,90]],lazy:true}});" for n in range(25)
    )
    before = f"<script>{script}</script><header><ul>{menu}</ul></header>"
    after = f'<aside class="related"><h3>Read more</h3><ul>{related}</ul></aside><footer>Contact us</footer>'
    return bare.replace("<body>", f"<body>{before}").replace("</body>", f"{after}</body>")


def usual_page(bare: str) -> str:
    """What a news site puts round a text, in the measure of real pages."""
    head, before, after = _furniture()
    return (
        bare.replace("</head>", f"{head}</head>")
        .replace("<body>", f"<body>{before}")
        .replace("</body>", f"{after}</body>")
    )


@functools.cache
def _furniture() -> tuple[str, str, str]:
    """Head; menus and the levels above the article; scripts, cards of related stories and the foot."""
    data = [paragraph for number in range(40) for paragraph in general_news.paragraphs(number, 2)]
    metas = "".join(f'<meta property="og:n{n}" content="{data[n][:60]}">' for n in range(27))
    links = "".join(f'<link rel="preload" href="/assets/{n}.css" as="style">' for n in range(18))
    styles = "".join(f"<style>{_rules(n)}</style>" for n in range(2))
    words = " ".join(data)
    scripts = [
        f"<script>window.q{n}={{'text':'{words[n * 450 : n * 450 + 450]}'}}</script>" for n in range(32)
    ]
    items = [
        f'<li class="menu-item menu-item-{n} level-2"><a class="menu-link" href="/section-of-the-site/{n}/">'
        f"<i></i>{data[n % 80][:40]}</a></li>"
        for n in range(90)
    ]
    cards = [
        f'<div class="card card-{n}"><figure class="card-image"><a href="/2024/02/story-with-a-long-name-{n}">'
        f'<img src="/images/2024/02/{n}-320x180.jpg" alt="" width="320" height="180" loading="lazy"></a></figure>'
        f'<div class="card-text"><h3><a href="/2024/02/story-with-a-long-name-{n}"><span class="kicker">News</span>'
        f'{data[n][:70]}</a></h3><p class="summary">{data[n][70:200]}</p><time>{n} hours ago</time>'
        f'<a href="/author/{n}"><b>By a reporter</b></a></div></div>'
        for n in range(15)
    ]
    boxes = [
        f'<section class="slot slot-{n} slot-wide" id="slot-{n}" data-slot="{n}" data-sizes="300x250,728x90">'
        f'<div class="slot-outer"><div class="slot-inner"><div></div></div></div><button><i></i></button></section>'
        for n in range(30)
    ]
    open_, close = '<div class="wrap">' * 9, "</div>" * 9
    menu = f"<header><nav><ul>{''.join(items[:60])}</ul></nav></header>"
    foot = f"<footer><ul>{''.join(items[60:])}</ul><span>All rights reserved</span></footer>"
    head = metas + links + styles + "".join(scripts[:16])
    return head, open_ + menu, "".join(cards + boxes + scripts[16:]) + foot + close


def _rules(number: int) -> str:
    return "".join(f".c{number}-{n}{{margin:{n}px;padding:0 {n}px;color:#{n:06x}}}" for n in range(220))


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def measure(group: str, kind: str, told: Sequence[Story], rounds: int = ROUNDS) -> Row:
    """The medians of some rounds, each of which runs all competitors in turn."""
    knowledge = load_knowledge()
    pages = [one.pages[kind] for one in told]
    bodies = [page.encode() for page in pages]

    def whole(body: bytes, one: Story) -> object:
        article = read_page(
            body, content_type="text/html", url=one.article.url, entry=None, source=None, now=NOW
        )
        return read_article(article, knowledge) if isinstance(article, Article) else article

    works: dict[str, Callable[[], object]] = {
        "read": lambda: [read_article(one.article, knowledge) for one in told],
        "default": lambda: [trafilatura.extract(page) for page in pages],
        "fast": lambda: [trafilatura.extract(page, fast=True) for page in pages],
        "whole": lambda: [whole(body, one) for body, one in zip(bodies, told, strict=True)],
    }
    spent: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()
            spent[name].append(seconds(work) / len(told))
    middle = {name: statistics.median(times) for name, times in spent.items()}
    return Row(
        group=group, page=kind, articles=len(told),
        characters=statistics.mean(len(one.article.document) for one in told),
        page_bytes=statistics.mean(len(body) for body in bodies), **middle,
    )  # fmt: skip


def rows(kinds: Sequence[str] = PAGES, rounds: int = ROUNDS, only: Path | None = None) -> list[Row]:
    """All groups in all kinds of pages."""
    return [
        measure(group, kind, told, rounds) for group, told in stories(only).items() for kind in kinds if told
    ]


def reading_speed(sheet: Sheet) -> None:
    """The golden articles, each in the usual page: reading beside trafilatura's fast extraction."""
    for row in rows(("usual",), rounds=1):
        sheet.add(
            f"{row.group}, reading {row.characters:.0f} characters", ms(row.read),
            f"trafilatura fast {ms(row.fast)}", row.of_fast, f"{LIMITS[row.group]:g}",
        )  # fmt: skip


def markdown(found: Sequence[Row]) -> str:
    """The table."""
    head = ["articles", "page", "number", "characters", "page kB", "read ms", "trafilatura fast ms",
            "read / fast", "wanted", "bytes to reports ms", "trafilatura ms", "ratio"]  # fmt: skip
    lines = [head, ["---"] * len(head)]
    lines += [
        [
            row.group, row.page, str(row.articles), f"{row.characters:.0f}", f"{row.page_bytes / 1000:.1f}",
            f"{row.read * 1e3:.2f}", f"{row.fast * 1e3:.2f}", f"{row.of_fast:.3f}", f"{LIMITS[row.group]:g}",
            f"{row.whole * 1e3:.2f}", f"{row.default * 1e3:.2f}", f"{row.whole_of_default:.2f}",
        ]
        for row in found
    ]  # fmt: skip
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", nargs="*", choices=PAGES, default=list(PAGES))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", type=Path, help="labelled articles of another folder")
    asked = parser.parse_args()
    print(markdown(rows(asked.pages, asked.rounds, asked.only)))


if __name__ == "__main__":
    main()
