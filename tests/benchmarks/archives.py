"""Backfill beside bare iteration over the same archive; one process and two."""

from __future__ import annotations

import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.archives import Ask, read_archive
from tests import general_news
from tests.benchmarks.measuring import Sheet, cpu_once, side_by_side


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
        (one, alone), (two, beside) = spent_by(paths, 1), spent_by(paths, 2)
        sheet.add(
            "backfill, two processes, pages a second by the clock",
            f"{4 * read.seen / two:,.0f}",
            f"one process {4 * read.seen / one:,.0f}",
            one / two,
            "1.8",
        )
        sheet.add(
            "the same by CPU, as if two cores were free",
            f"{beside:.2f} s",
            f"one process {alone:.2f} s",
            2 * alone / beside,
            "1.8",
        )


def spent_by(paths: list[Path], workers: int) -> tuple[float, float]:
    """Seconds by the clock that so many processes take, warmed up, and their CPU seconds together."""
    with get_context("spawn").Pool(workers) as pool:
        pool.map(_read, paths[:workers], 1)
        begun = time.perf_counter()
        used = sum(pool.map(_read, paths, 1))
        return time.perf_counter() - begun, used


def _read(path: Path) -> float:
    return cpu_once(lambda: read_archive(path, Ask()))
