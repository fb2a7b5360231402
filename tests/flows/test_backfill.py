"""Archives through the core: what is broken costs what is broken, and nothing is done twice."""

from __future__ import annotations

import gzip
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.records import Fetched
from flows import backfill
from flows.archives import Ask, read_archive
from flows.backfill import Job, Summary, in_processes, in_this_process, run_backfill
from flows.cycle import Cycle
from flows.settings import load_settings
from tests import general_news
from warehouse import queries
from warehouse.archive import PageArchive
from warehouse.batches import read_batch, write_batch

GENERAL = 10


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten general pages and, after each second of them, a relevant one."""
    path = tmp_path_factory.mktemp("warc") / "news-0001.warc.gz"
    general_news.news_archive(path, GENERAL, relevant_each=2)
    return path


@pytest.fixture
def cycle(tmp_path: Path) -> Cycle:
    return Cycle.live(load_settings(None, tmp_path / "data" / "live.duckdb"))


def rows(cycle: Cycle, sql: str) -> list[tuple[object, ...]]:
    table = queries.run_sql(cycle.paths.published, sql)
    return [tuple(row) for row in table.rows]


def run(cycle: Cycle, *paths: Path, ask: Ask | None = None) -> Summary:
    return run_backfill(cycle, paths, ask or Ask(), in_this_process)


def counted(cycle: Cycle) -> tuple[object, ...]:
    return rows(
        cycle,
        "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM reports), "
        "(SELECT count(*) FROM incidents WHERE origin <> 'seed'), (SELECT count(*) FROM alerts)",
    )[0]


def broken(archive: Path, to: Path, start: int, end: int, filling: bytes) -> Path:
    raw = archive.read_bytes()
    to.write_bytes(raw[:start] + filling + raw[end:])
    return to


def test_an_archive_is_loaded_quietly_and_only_once(cycle: Cycle, archive: Path) -> None:
    """Articles, reports and incidents come of it, no alert, and nothing of a second run."""
    first = run(cycle, archive)
    assert (first.archives, first.pages, first.losses) == (1, 15, ())
    assert first.loaded >= 4
    assert first.counts["no_attack_at_the_gate"] == GENERAL
    told = counted(cycle)
    assert told[0] == first.loaded
    assert told[3] == 0
    again = run(cycle, archive)
    assert (again.archives, again.skipped) == (0, 1)
    assert counted(cycle) == told


def test_the_same_archive_under_another_name_doubles_nothing(
    cycle: Cycle, archive: Path, tmp_path: Path
) -> None:
    """The same pages in another file are read again and change nothing."""
    run(cycle, archive)
    told = counted(cycle)
    copy = tmp_path / "copy.warc.gz"
    copy.write_bytes(archive.read_bytes())
    assert run(cycle, copy).archives == 1
    assert counted(cycle) == told


def test_noise_in_the_middle_costs_what_it_covers(archive: Path, tmp_path: Path) -> None:
    """Two members overwritten: their records are lost, named by bytes; all others are read."""
    start, _ = general_news.member(archive, 4)
    _, end = general_news.member(archive, 5)
    path = broken(archive, tmp_path / "noise.warc.gz", start, end, os.urandom(end - start))
    batch = read_archive(path, Ask())
    assert batch.seen == 13
    assert len(batch.losses) == 1
    assert f"to {end}" in batch.losses[0]


def test_a_cut_end_is_named_and_the_rest_read(archive: Path, tmp_path: Path) -> None:
    """A download that broke off within a record."""
    start, end = general_news.member(archive, 12)
    path = broken(archive, tmp_path / "cut.warc.gz", (start + end) // 2, 10**9, b"")
    batch = read_archive(path, Ask())
    assert batch.seen == 12
    assert batch.losses
    assert str(start) in batch.losses[0]


def test_a_record_too_large_is_passed_over_and_named(archive: Path, tmp_path: Path) -> None:
    """It is not held in memory: the limit stands before the record is read."""
    huge = tmp_path / "huge.warc.gz"
    general_news.write_warc(huge, iter([("https://big.example.org/x", "<p>" + "Iraq " * 200_000)]))
    huge.write_bytes(huge.read_bytes() + archive.read_bytes())
    batch = read_archive(huge, Ask(max_record_bytes=500_000))
    assert batch.seen == 15
    assert len(batch.losses) == 1
    assert "https://big.example.org/x" in batch.losses[0]


def test_an_archive_that_is_not_zipped_is_read(archive: Path, tmp_path: Path) -> None:
    """Plain WARC too, with noise in it."""
    plain = gzip.decompress(archive.read_bytes())
    at = plain.index(b"WARC/1.", len(plain) // 2)
    path = tmp_path / "plain.warc"
    path.write_bytes(plain[:at] + b"\x00noise " * 999 + plain[at:])
    batch = read_archive(path, Ask())
    assert batch.seen >= 14


def test_what_is_no_archive_is_named(tmp_path: Path) -> None:
    """Never an exception for what a file holds."""
    path = tmp_path / "x.warc.gz"
    path.write_bytes(os.urandom(5000))
    batch = read_archive(path, Ask())
    assert (batch.seen, batch.pages) == (0, ())
    assert batch.losses or path.read_bytes()[:2] != b"\x1f\x8b"


def test_dates_and_languages_filter(archive: Path) -> None:
    """What was not asked for is counted, not loaded."""
    whole = read_archive(archive, Ask())
    days = sorted(p.article.published_at.date() for p in whole.pages if p.article.published_at)
    later = read_archive(archive, Ask(since=days[-1]))
    assert 0 < len(later.pages) < len(whole.pages)
    assert later.counts["outside_dates"] > 0
    assert read_archive(archive, Ask(languages=("ar",))).pages == ()


def test_our_own_archive_is_read(tmp_path: Path) -> None:
    """The folder that the live flow fills: pages, not feeds."""
    url, markup = next(general_news.relevant_pages())
    fetched = Fetched(
        url_asked=url,
        url=url,
        status=200,
        body=markup.encode(),
        content_type="text/html",
        headers=(("Content-Type", "text/html"),),
        etag=None,
        last_modified=None,
        not_modified=False,
        moved_to=None,
        fetched_at=datetime(2024, 2, 1, tzinfo=UTC),
    )
    with PageArchive(tmp_path / "archive") as own:
        own.write(fetched)
        own.write(replace(fetched, url="https://x.example.org/feed"), kind="feed")
    [path] = backfill.find_archives([tmp_path / "archive"])
    batch = read_archive(path, Ask())
    assert (batch.seen, len(batch.pages), batch.losses) == (1, 1, ())


def test_a_batch_comes_back_as_it_was_written(archive: Path, tmp_path: Path) -> None:
    """Reports, evidence, dates and moments through Parquet unchanged; also an empty batch."""
    batch = read_archive(archive, Ask())
    write_batch(tmp_path / "b.parquet", batch)
    assert read_batch(tmp_path / "b.parquet") == batch
    nothing = replace(batch, pages=(), losses=("it's 'quoted' ü",))
    write_batch(tmp_path / "n.parquet", nothing)
    assert read_batch(tmp_path / "n.parquet") == nothing


def test_a_killed_backfill_goes_on(cycle: Cycle, archive: Path, tmp_path: Path) -> None:
    """What a worker wrote before the end is loaded by the next run without being read again."""
    second = tmp_path / "second.warc.gz"
    general_news.news_archive(second, 4, relevant_each=2, start=500)

    def killed(jobs: Sequence[Job], ask: Ask) -> Iterator[tuple[Job, str | None]]:
        for number, job in enumerate(jobs):
            backfill.read_job(job, ask)
            if number == 1:
                raise KeyboardInterrupt
            yield job, None

    with pytest.raises(KeyboardInterrupt):
        run_backfill(cycle, [archive, second], Ask(), killed)
    [written] = (cycle.paths.live.parent / "backfill").iterdir()
    before = written.stat().st_mtime_ns
    summary = run_backfill(cycle, [archive, second], Ask(), in_this_process)
    assert (summary.archives, summary.skipped) == (1, 1)
    assert before and not written.exists()


def die_once(path: Path, ask: Ask) -> object:
    """Stands in for read_archive in a worker: the first that comes here is killed as by the system."""
    mark = path.with_name("died")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return read_archive(path, ask)


def dying_job(job: Job, ask: Ask) -> str | None:
    write_batch_for(job, ask)
    return None


def write_batch_for(job: Job, ask: Ask) -> None:
    job.batch.parent.mkdir(parents=True, exist_ok=True)
    write_batch(job.batch, die_once(job.path, ask))  # type: ignore[arg-type]


def always_dying(job: Job, ask: Ask) -> str | None:
    os.kill(os.getpid(), signal.SIGKILL)
    return None


@pytest.mark.slow
def test_an_archive_whose_worker_was_killed_is_tried_again(cycle: Cycle, archive: Path) -> None:
    """All is loaded, and nothing lost, where a worker dies once."""
    (archive.parent / "died").unlink(missing_ok=True)
    summary = run_backfill(cycle, [archive], Ask(), in_processes(1, work=dying_job))
    assert (archive.parent / "died").exists()
    assert summary.losses == ()
    assert summary.pages == 15


@pytest.mark.slow
def test_an_archive_that_kills_each_worker_is_named(cycle: Cycle, archive: Path) -> None:
    """It is left for the next run, and does not hold up this one."""
    summary = run_backfill(cycle, [archive], Ask(), in_processes(1, work=always_dying))
    assert len(summary.losses) == 1
    assert "worker died" in summary.losses[0]
    assert run(cycle, archive).archives == 1
