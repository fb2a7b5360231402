"""Killed at a named point and run again, a cycle leaves the tables of an undisturbed one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.warehouse.conftest import House
from tests.warehouse.killed import SEAMS
from warehouse.connection import open_reader, open_writer
from warehouse.paths import Paths

ROOT = Path(__file__).parents[2]
POINTS = [
    f"{seam}:{nth}" for seam in SEAMS for nth in ((1, 2, 3) if "load" in seam or "resol" in seam else (1,))
]
RANDOM_KILLS = int(os.environ.get("BASEWATCH_TEST_KILLS", "6"))


def run(paths: Paths, number: int, point: str = "none") -> int:
    command = [sys.executable, "-m", "tests.warehouse.killed", str(paths.live), str(number), point]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def dump(paths: Paths) -> dict[str, list[str]]:
    with open_writer(paths.live) as con:
        return House(paths, con).dump()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    paths = Paths(tmp_path_factory.mktemp("undisturbed") / "basewatch.duckdb")
    assert [run(paths, 1), run(paths, 2)] == [0, 0]
    return dump(paths)


def test_the_undisturbed_cycles_did_something(undisturbed: dict[str, list[str]]) -> None:
    assert len(undisturbed["main.incidents"]) == 3
    assert len(undisturbed["main.reports"]) == 8
    assert len(undisturbed["main.alerts"]) == 6  # three attacks become known, casualties rise in all


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_killed_in_the_second_cycle_at(point: str, paths: Paths, undisturbed: dict[str, list[str]]) -> None:
    assert run(paths, 1) == 0
    ended = run(paths, 2, point)
    assert ended in (-signal.SIGKILL, 0)  # some seams are passed fewer times
    assert point.endswith((":2", ":3")) or ended == -signal.SIGKILL
    assert run(paths, 2) == 0
    assert dump(paths) == undisturbed
    with open_reader(paths.published) as con:
        assert con.execute("SELECT count(*) FROM incidents").fetchone() == (3,)
    assert not list(paths.live.parent.glob("*.tmp"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(RANDOM_KILLS))
def test_killed_at_a_random_moment(seed: int, paths: Paths, undisturbed: dict[str, list[str]]) -> None:
    """BASEWATCH_TEST_KILLS says how many moments are tried."""
    assert run(paths, 1) == 0
    command = [sys.executable, "-m", "tests.warehouse.killed", str(paths.live), "2", "none"]
    child = subprocess.Popen(command, cwd=ROOT)
    time.sleep(random.Random(seed).uniform(0.2, 1.4))  # noqa: S311  (not a secret)
    child.kill()
    child.wait()
    with open_reader(paths.published) as con:  # whole at any moment
        assert con.execute("SELECT count(*) FROM incidents").fetchone() == (3,)
    assert run(paths, 2) == 0
    assert dump(paths) == undisturbed
