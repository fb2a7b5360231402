"""Costs of stages are noted, and what is never needed is never imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from flows.costs import Costs


def busy() -> int:
    return sum(range(300_000))


def test_every_stage_is_told_with_its_cost_also_one_that_fails() -> None:
    """In order, with the sum below."""
    costs = Costs()
    assert costs.step("read", busy) == busy()
    with pytest.raises(ZeroDivisionError):
        costs.step("load", lambda: 1 // 0)
    names = [line.split()[0] for line in costs.table().splitlines()]
    assert names == ["stage", "read", "load", "all"]
    assert costs.stages[0][1] > 0


def imported(arguments: str) -> set[str]:
    """Top-level and dotted names of all modules that a command imports."""
    code = (
        "import sys\nfrom flows.cli import cli\n"
        f"try:\n    cli({arguments.split()!r})\nexcept SystemExit:\n    pass\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (
            "--help",
            {"duckdb", "prefect", "pydantic", "lxml", "httpx", "trafilatura", "extract.records", "rich"},
        ),
        ("tally --help", {"prefect", "pydantic", "lxml", "httpx", "trafilatura", "feedparser"}),
        ("backfill --help", {"prefect", "duckdb", "trafilatura", "fastwarc"}),
    ],
)
def test_a_command_imports_only_what_it_needs(arguments: str, absent: set[str]) -> None:
    """A quick command stays quick."""
    assert imported(arguments) & absent == set()
