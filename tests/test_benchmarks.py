"""The benchmarks run, and tell what they measured; what they measure is no test's business."""

from __future__ import annotations

import subprocess
import sys

from tests.test_architecture import ROOT


def test_a_part_of_the_benchmarks_ends_in_a_table() -> None:
    """As a developer asks for it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "feeds"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    head, line, row = done.stdout.splitlines()
    assert [head.count("|"), line.count("|"), row.count("|")] == [6, 6, 6]
    assert "feedparser" in row
