"""Archives into the warehouse: each file is read by a worker, which writes Parquet; one writer loads it.

    files -> workers (process pool | Prefect task runner) -> Parquet -> load, quietly -> resolve -> publish

What is done is noted with what was loaded: a backfill that was killed goes on where it was, and one that is
run again does nothing. The run lock is held only while loading, so the monitor goes on meanwhile.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from extract.dedup import resolve as resolve_reports
from extract.knowledge import load_knowledge
from flows.archives import Ask, read_archive
from flows.cycle import Cycle, program_version
from warehouse.backfills import archive_key, done_archives, load_batch
from warehouse.batches import Batch, read_batch, write_batch
from warehouse.connection import Connection
from warehouse.errors import WarehouseBusy
from warehouse.publish import publish_if_changed
from warehouse.resolution import ResolveSummary, resolve_dirty
from warehouse.runs import finish_run, run_lock, start_run
from warehouse.seeding import load_seeds

SUFFIXES = (".warc", ".warc.gz")
LOCK_PATIENCE_SECONDS = 3600.0  # a run of the monitor takes minutes
TRIES = 3  # of an archive whose worker dies


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One archive to read, and where what it tells is to be written."""

    path: Path
    key: str
    size: int  # bytes
    batch: Path


# Reads jobs anywhere and in any order; gives each back with None, or why it was not done.
Runner = Callable[[Sequence[Job], Ask], Iterator[tuple[Job, str | None]]]


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far it has come; `line` is for people."""

    archives: int
    size: int
    begun: float = field(default_factory=time.monotonic)
    archives_done: int = 0
    size_done: int = 0
    pages: int = 0
    passed: int = 0
    loaded: int = 0

    def add(self, job: Job, batch: Batch | None, loaded: int) -> None:
        self.archives_done += 1
        self.size_done += job.size
        if batch is not None:
            self.pages, self.passed = self.pages + batch.seen, self.passed + batch.passed
        self.loaded += loaded

    def line(self) -> str:
        spent = max(time.monotonic() - self.begun, 1e-6)
        left = spent * (self.size - self.size_done) / max(self.size_done, 1)
        return (
            f"{self.archives_done} of {self.archives} archives, "
            f"{self.pages:,} pages ({self.pages / spent:,.0f}/s), "
            f"{self.passed:,} past the gate, {self.loaded:,} articles; "
            f"{int(left) // 3600}:{int(left) // 60 % 60:02}:{int(left) % 60:02} left"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a backfill did. `losses` name what could not be read, by file and byte."""

    archives: int
    skipped: int
    pages: int
    passed: int
    loaded: int
    counts: dict[str, int]
    losses: tuple[str, ...]
    resolved: ResolveSummary

    def line(self) -> str:
        r = self.resolved
        return (
            f"archives {self.archives} read, {self.skipped} done before; pages {self.pages:,}, "
            f"{self.passed:,} past the gate; articles {self.loaded:,} loaded; "
            f"incidents {r.new} new, {r.changed} updated; {len(self.losses)} losses"
        )


def find_archives(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files as given, and of folders all WARC files in them, each once. Raises FileNotFoundError."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(p for p in path.rglob("*") if p.name.endswith(SUFFIXES))))
        elif path.exists():
            found[path] = None
        else:
            raise FileNotFoundError(path)
    return tuple(found)


def run_backfill(
    cycle: Cycle,
    paths: Sequence[Path],
    ask: Ask,
    runner: Runner,
    tell: Callable[[str], None] = lambda _: None,
) -> Summary:
    """All archives, by whatever runs the workers. `tell` gets a line after each archive.

    Raises WarehouseError, OSError. What goes wrong within an archive is in the summary's losses.
    """
    asked = ask.key(load_knowledge())
    with writing(cycle) as con:
        load_seeds(con, load_knowledge().sites, cycle.clock())
        done = done_archives(con, asked)
        run_id = start_run(con, "backfill", cycle.clock(), program_version())
    jobs = [job_of(cycle, path, asked) for path in paths]
    due = list({job.key: job for job in jobs if job.key not in done}.values())
    progress = Progress(archives=len(due), size=sum(job.size for job in due))
    counts: Counter[str] = Counter()
    losses: list[str] = []
    for job, failure in runner(due, ask):
        batch = None
        loaded = 0
        if failure is not None:
            losses.append(f"{job.path}: {failure}")
        else:
            batch = read_batch(job.batch)
            with writing(cycle) as con:
                loaded = load_batch(con, run_id, job.key, asked, str(job.path), batch, cycle.clock()).loaded
            job.batch.unlink(missing_ok=True)
            counts.update(batch.counts)
            losses.extend(f"{job.path}: {loss}" for loss in batch.losses)
        progress.add(job, batch, loaded)
        tell(progress.line())
    with writing(cycle) as con:
        resolved = resolve_dirty(con, resolve_reports, load_knowledge(), run_id, cycle.clock(), quiet=True)
        summary = Summary(
            archives=len(due),
            skipped=len(jobs) - len(due),
            pages=progress.pages,
            passed=progress.passed,
            loaded=progress.loaded,
            counts=dict(counts),
            losses=tuple(losses),
            resolved=resolved,
        )
        told = {
            "archives": summary.archives,
            "pages": summary.pages,
            "losses": len(losses),
            "counts": summary.counts,
        }
        finish_run(con, run_id, cycle.clock(), "failures" if losses else "done", told)
        publish_if_changed(con, cycle.paths)
    return summary


@contextmanager
def writing(cycle: Cycle) -> Iterator[Connection]:
    """The warehouse for a short time, when no run is under way."""
    until = time.monotonic() + LOCK_PATIENCE_SECONDS
    while True:
        try:
            with run_lock(cycle.paths, "backfill", cycle.clock()), cycle.writer() as con:
                yield con
                return
        except WarehouseBusy:
            if time.monotonic() > until:
                raise
            time.sleep(1)


def job_of(cycle: Cycle, path: Path, asked: str) -> Job:
    """What is to be done for one archive."""
    key = archive_key(path)
    name = hashlib.sha256(f"{key} {asked}".encode()).hexdigest()[:24]
    folder = cycle.paths.live.parent / "backfill"
    return Job(path=path.resolve(), key=key, size=path.stat().st_size, batch=folder / f"{name}.parquet")


def read_job(job: Job, ask: Ask) -> None:
    """A worker's whole task. What a killed backfill left written is not read again."""
    if not job.batch.exists():
        job.batch.parent.mkdir(parents=True, exist_ok=True)
        write_batch(job.batch, read_archive(job.path, ask))


def in_this_process(jobs: Sequence[Job], ask: Ask) -> Iterator[tuple[Job, str | None]]:
    """One after the other."""
    for job in jobs:
        yield job, try_job(job, ask)


def try_job(job: Job, ask: Ask) -> str | None:
    """A job done, or why it cannot be."""
    try:
        read_job(job, ask)
    except OSError as error:
        return f"{type(error).__name__}: {error}"
    return None


def in_processes(workers: int, work: Callable[[Job, Ask], str | None] = try_job) -> Runner:
    """A pool of processes. An archive whose worker dies is tried again, and then named."""

    def run(jobs: Sequence[Job], ask: Ask) -> Iterator[tuple[Job, str | None]]:
        waiting, tries = deque(jobs), Counter[str]()
        while waiting:
            running: dict[Future[str | None], Job] = {}
            with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
                try:
                    while waiting or running:
                        while waiting and len(running) < workers:
                            job = waiting.popleft()
                            running[pool.submit(work, job, ask)] = job
                        for future in wait(running, return_when=FIRST_COMPLETED).done:
                            failure = future.result()
                            yield running.pop(future), failure
                except BrokenProcessPool:
                    for job in running.values():
                        tries[job.key] += 1
            for job in running.values():
                if tries[job.key] < TRIES:
                    waiting.appendleft(job)
                else:
                    yield job, f"its worker died {TRIES} times; the file is left for the next run"

    return run
