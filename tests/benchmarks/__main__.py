"""What each stage costs beside its peers, as a table in Markdown: python -m tests.benchmarks [--pages N].

CPU seconds of this process, the least of several rounds, so that a busy machine disturbs them little; compare
ratios, not seconds. Two processes are timed by the clock. A peer that is not installed is left out
(pip install '.[bench]'). Costs by size of history: python -m tests.warehouse.benchmark.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

import feedparser
import trafilatura
from fastwarc.warc import ArchiveIterator, WarcRecordType

from extract.feeds import parse_feed
from extract.gate import page_may_tell
from extract.knowledge import load_knowledge
from extract.reading import read_article
from extract.records import Article
from extract.scraping import read_page
from extract.voices import fingerprint
from flows.archives import Ask, read_archive
from tests import general_news

NOW = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
ROUNDS = 3


@dataclass
class Sheet:
    """The rows of the table."""

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, what: str, cost: str, beside: str = "", ratio: float | None = None) -> None:
        self.rows.append((what, cost, beside, "" if ratio is None else f"{ratio:.2f}"))
        print(f"... {what}: {cost}", file=sys.stderr)

    def markdown(self) -> str:
        head = ["| what | cost | beside | ratio |", "|---|---|---|---|"]
        return "\n".join(head + [f"| {' | '.join(row)} |" for row in self.rows])


def cpu(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """CPU seconds of one round, the least of several; the first warms up."""
    work()
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)


def ms(seconds: float, count: int) -> str:
    return f"{seconds / count * 1e3:.2f} ms"


def pages_and_gate(sheet: Sheet, relevant: list[bytes], general: list[bytes]) -> None:
    """The path of one page: stopped at the gate, or from bytes to reports."""
    knowledge = load_knowledge()

    def read_one(body: bytes) -> Any:
        page_may_tell(body, "text/html")
        article = read_page(
            body, content_type="text/html", url="https://n.example.org/a", entry=None, source=None, now=NOW
        )
        return read_article(article, knowledge) if isinstance(article, Article) else article

    peer = cpu(lambda: [trafilatura.extract(body.decode()) for body in relevant])
    stopped_peer = cpu(lambda: [trafilatura.extract(body.decode()) for body in general[:20]], 1) / 20
    ours = cpu(lambda: [read_one(body) for body in relevant])
    count = len(relevant)
    sheet.add(
        "relevant page, bytes to reports",
        ms(ours, count),
        f"trafilatura.extract {ms(peer, count)}",
        ours / peer,
    )
    gate = cpu(lambda: [page_may_tell(body, "") for body in general]) / len(general)
    sheet.add(
        "page at the gate", ms(gate, 1), f"trafilatura.extract {ms(stopped_peer, 1)}", gate / stopped_peer
    )
    passed = sum(page_may_tell(body, "") for body in general)
    sheet.add("general pages past the gate", f"{passed} of {len(general)}", "", passed / len(general))
    articles = [
        a
        for body in relevant
        if isinstance(
            a := read_page(
                body,
                content_type="text/html",
                url="https://n.example.org/a",
                entry=None,
                source=None,
                now=NOW,
            ),
            Article,
        )
    ]
    sheet.add("read_article", ms(cpu(lambda: [read_article(a, knowledge) for a in articles]), len(articles)))
    newspaper(sheet, relevant, ours)
    near_duplicates(sheet, [a.text for a in articles])


def newspaper(sheet: Sheet, relevant: list[bytes], ours: float) -> None:
    try:
        from newspaper import Article as Peer
    except ImportError:
        return

    def parse(body: bytes) -> None:
        article = Peer("https://n.example.org/a")
        article.download(input_html=body.decode())
        article.parse()

    peer = cpu(lambda: [parse(body) for body in relevant], 1)
    sheet.add("the same, body text alone", "", f"newspaper4k {ms(peer, len(relevant))}", ours / peer)


def near_duplicates(sheet: Sheet, texts: list[str]) -> None:
    try:
        from datasketch import MinHash
    except ImportError:
        return

    def sketch(text: str) -> None:
        MinHash(num_perm=128).update_batch([word.encode() for word in text.split()])

    ours, peer = cpu(lambda: [fingerprint(t) for t in texts]), cpu(lambda: [sketch(t) for t in texts])
    count = len(texts)
    sheet.add("fingerprint of a text", ms(ours, count), f"datasketch MinHash {ms(peer, count)}", ours / peer)


def feeds(sheet: Sheet) -> None:
    """A feed of 50 items."""
    item = "<item><title>Story {0}</title><link>https://n.example.org/{0}</link><guid>{0}</guid><description>{1}</description><pubDate>Thu, 01 Feb 2024 06:00:00 GMT</pubDate></item>"  # noqa: E501
    items = "".join(item.format(n, " ".join(general_news.paragraphs(n, 1))) for n in range(50))
    body = f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()
    ours = cpu(
        lambda: parse_feed(
            body, content_type="application/rss+xml", url="https://n.example.org/f", source_id="s", now=NOW
        )
    )
    peer = cpu(lambda: feedparser.parse(io.BytesIO(body)))
    sheet.add("feed of 50 items", ms(ours, 1), f"feedparser {ms(peer, 1)}", ours / peer)


def bare(path: Path) -> int:
    """fastwarc alone: decompressed, HTTP parsed, bodies read."""
    count = 0
    for record in ArchiveIterator(str(path), record_types=WarcRecordType.response, parse_http=True):
        record.reader.read()
        count += 1
    return count


def archives(sheet: Sheet, folder: Path, pages: int) -> None:
    """Backfill beside bare iteration; one process and two."""
    paths = [folder / f"{n}.warc.gz" for n in range(4)]
    for number, path in enumerate(paths):
        general_news.news_archive(path, pages, relevant_each=1000, start=number * pages)
    peer, ours = cpu(lambda: bare(paths[0])), cpu(lambda: read_archive(paths[0], Ask()))
    seen = read_archive(paths[0], Ask()).seen
    sheet.add(
        "backfill, one process, pages a second",
        f"{seen / ours:,.0f}",
        f"fastwarc alone {seen / peer:,.0f}",
        peer / ours,
    )
    one, two = by_clock(paths, 1), by_clock(paths, 2)
    sheet.add(
        "backfill, two processes, pages a second",
        f"{4 * seen / two:,.0f}",
        f"one {4 * seen / one:,.0f}",
        one / two,
    )


def by_clock(paths: list[Path], workers: int) -> float:
    """Wall-clock seconds that so many processes take, warmed up."""
    with get_context("spawn").Pool(workers) as pool:
        pool.map(_read, paths[:workers], 1)
        begun = time.perf_counter()
        pool.map(_read, paths, 1)
        return time.perf_counter() - begun


def _read(path: Path) -> int:
    return read_archive(path, Ask()).seen


def start_up(sheet: Sheet) -> None:
    """CPU seconds of whole commands."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "x.duckdb"
        subprocess.run(  # a warehouse to ask
            [
                sys.executable,
                "-m",
                "flows",
                "run",
                "--db",
                str(db),
                "--config",
                str(_no_sources(Path(folder))),
            ],
            capture_output=True,
            check=False,
        )
        for name, limit, arguments in (
            ("--help", 0.15, ["--help"]),
            ("tally", 0.4, ["tally", "--db", str(db)]),
        ):
            spent = min(_cpu_of(arguments) for _ in range(5))
            sheet.add(f"basewatch {name}", f"{spent:.2f} s CPU", f"limit {limit} s", spent / limit)


def _no_sources(folder: Path) -> Path:
    path = folder / "basewatch.toml"
    path.write_text("source = []\n", encoding="utf-8")
    return path


def _cpu_of(arguments: list[str]) -> float:
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "flows", *arguments], capture_output=True, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=600, help="general pages in an archive")
    pages = parser.parse_args().pages
    sheet = Sheet()
    general = [general_news.general_page(number).encode() for number in range(200)]
    relevant = [markup.encode() for _, markup in first(general_news.relevant_pages(), 20)]
    pages_and_gate(sheet, relevant, general)
    feeds(sheet)
    with tempfile.TemporaryDirectory() as folder:
        archives(sheet, Path(folder), pages)
    start_up(sheet)
    print(sheet.markdown())


def first(items: Iterator[Any], count: int) -> list[Any]:
    return [item for item, _ in zip(items, range(count), strict=False)]


if __name__ == "__main__":
    main()
