"""Backfill beside bare iteration over the same archive; one process and two."""

from __future__ import annotations

import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.archives import Ask, read_archive
from tests import general_news
from tests.benchmarks.measuring import Sheet, side_by_side


def bare(path: Path) -> int:
    """fastwarc alone: decompressed, HTTP parsed, bodies read."""
    count = 0
    for record in ArchiveIterator(str(path), record_types=WarcRecordType.response, parse_http=True):
        record.reader.read()
        count += 1
    return count


def archives(sheet: Sheet, pages: int) -> None:
    """Four archives of so many general pages, one in a hundred of which names our theatre."""
    with tempfile.TemporaryDirectory(prefix="basewatch-benchmark-") as folder:
        paths = [Path(folder) / f"{n}.warc.gz" for n in range(4)]
        for number, path in enumerate(paths):
            general_news.news_archive(path, pages, relevant_each=1000, start=number * pages)
        read = read_archive(paths[0], Ask())
        peer, ours = side_by_side(lambda: bare(paths[0]), lambda: read_archive(paths[0], Ask()))
        sheet.add(
            f"backfill, one process, pages a second ({read.passed} of {read.seen} past the gate)",
            f"{read.seen / ours:,.0f}",
            f"fastwarc alone {read.seen / peer:,.0f}",
            peer / ours,
            "0.5",
        )
        one, two = by_clock(paths, 1), by_clock(paths, 2)
        sheet.add(
            "backfill, two processes, pages a second by the clock",
            f"{4 * read.seen / two:,.0f}",
            f"one process {4 * read.seen / one:,.0f}",
            one / two,
            "1.8",
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
