"""What starting a command costs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from tests.benchmarks.measuring import Sheet


def start_up(sheet: Sheet) -> None:
    """CPU seconds of whole commands, the least of five."""
    with tempfile.TemporaryDirectory(prefix="basewatch-benchmark-") as name:
        db, config = Path(name) / "x.duckdb", Path(name) / "basewatch.toml"
        config.write_text("source = []\n", encoding="utf-8")
        spend(["run", "--db", str(db), "--config", str(config)])  # a warehouse to ask
        for command, limit, arguments in (
            ("--help", 0.15, ["--help"]),
            ("tally", 0.4, ["tally", "--db", str(db)]),
        ):
            spent = min(spend(arguments) for _ in range(5))
            sheet.add(f"basewatch {command}", f"{spent:.2f} s", f"limit {limit} s", spent / limit, "1")


def spend(arguments: list[str]) -> float:
    """CPU seconds of one command."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "flows", *arguments], capture_output=True, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
