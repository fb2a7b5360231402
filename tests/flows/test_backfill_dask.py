"""A backfill on a Dask cluster of two workers, one of which is lost in the middle for good."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.archives import Ask
from flows.backfill import in_this_process, run_backfill
from flows.cycle import Cycle
from flows.settings import load_settings
from tests import general_news
from tests.flows.newsite import ROOT, environment
from warehouse import queries
from warehouse.paths import Paths

pytest.importorskip("prefect_dask")
pytestmark = pytest.mark.slow
PATIENCE = 500.0
ARCHIVES, PAGES = 6, 300


class Cluster:
    """A scheduler and two workers as processes; the workers have no nanny that would replace one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", "0")
        self.address = self.told("scheduler", r"(tcp://127\.0\.0\.1:\d+)")
        worker = ("--no-nanny", "--nthreads", "1", self.address)
        self.workers = [self.start("worker", *worker, log=f"worker-{n}") for n in range(2)]

    def start(self, kind: str, *arguments: str, log: str = "") -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *arguments]
        with (self.folder / f"{log or kind}.log").open("wb") as out:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(self.folder),
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def told(self, log: str, pattern: str) -> str:
        """What a log says, as soon as it does."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := re.search(pattern, (self.folder / f"{log}.log").read_text(errors="replace")):
                return found[1]
            time.sleep(0.1)
        raise AssertionError((self.folder / f"{log}.log").read_text(errors="replace"))

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.stop()


def loaded(paths: Paths) -> list[tuple[object, ...]]:
    """Which articles came of it, with how many reports each."""
    table = queries.run_sql(
        paths.published,
        "SELECT a.article_id, count(r.report_id) FROM articles a LEFT JOIN reports r USING (article_id) "
        "GROUP BY 1 ORDER BY 1",
    )
    return [tuple(row) for row in table.rows]


def test_a_cluster_that_loses_a_worker_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """One worker is killed once an archive is loaded; the other does the rest, and all is as without Dask."""
    archives = [tmp_path / "warc" / f"{n}.warc.gz" for n in range(ARCHIVES)]
    archives[0].parent.mkdir()
    for number, path in enumerate(archives):
        general_news.news_archive(path, PAGES, relevant_each=30, start=number * PAGES)
    db, log = tmp_path / "dask" / "basewatch.duckdb", tmp_path / "backfill.log"
    asked = ["--db", str(db), "--runner", "dask", "--scheduler", cluster.address]
    command = ["backfill", str(archives[0].parent), *asked]
    with log.open("wb") as out:
        running = subprocess.Popen(
            [sys.executable, "-m", "flows", *command],
            cwd=ROOT,
            env=environment(tmp_path),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    cluster.told("backfill", rf"(1 of {ARCHIVES} archives)")
    cluster.workers[0].kill()
    assert running.wait(PATIENCE) == 0, log.read_text()
    told = log.read_text()
    assert f"archives {ARCHIVES} read" in told
    assert "; 0 losses" in told

    alone = Cycle.live(load_settings(None, tmp_path / "alone" / "basewatch.duckdb"))
    run_backfill(alone, archives, Ask(), in_this_process)
    assert loaded(Paths(db)) == loaded(alone.paths)
    assert len(loaded(alone.paths)) >= 4
