"""The child process of the kill tests: runs one cycle and dies by SIGKILL at a named point.

python -m tests.warehouse.killed DB POINT; POINT is "function:n": before the n-th call of it, or "none".
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from tests.warehouse import making
from warehouse import load, publish, resolution, state
from warehouse.connection import open_writer
from warehouse.paths import Paths

# Where a cycle can be cut: before each write of a stage, before and after its commit, around the rename.
SEAMS: dict[str, tuple[Any, str]] = {
    "state.replace": (state, "replace"),
    "state.bump": (state, "bump"),
    "load.replace": (load, "replace"),
    "load.insert": (load, "insert"),
    "load.add": (load, "add"),
    "load.bump": (load, "bump"),
    "resolution.replace": (resolution, "replace"),
    "resolution.insert": (resolution, "insert"),
    "resolution.add": (resolution, "add"),
    "resolution.bump": (resolution, "bump"),
    "publish._publish": (publish, "_publish"),
    "publish.subprocess": (publish.subprocess, "run"),
    "publish.rename": (Path, "replace"),
}


def cycle(paths: Paths, number: int) -> None:
    """News of three attacks, one of them told twice, with more wounded in each cycle."""
    now = making.NOW
    names = [f"c{number}n{i}" for i in range(4)]
    with open_writer(paths.live) as con:
        state.sync_sources(con, [making.source()], now)
        state.record_pull(con, "run", [making.pulled(*(making.entry(name) for name in names))], now)
        results = [
            making.result(
                due.entry.entry_id[2:],
                making.report(
                    due.entry.entry_id[2:],
                    site_id=("ain_al_asad", "al_tanf", "ain_al_asad", "shaddadi")[
                        int(due.entry.entry_id[-1])
                    ],
                    wounded=number,
                ),
            )
            for due in state.due_entries(con, now)
        ]
        load.load_readings(con, "run", results, now)
        resolution.resolve_dirty(con, making.resolve, None, "run", now, halo_days=3)
        publish.publish_if_changed(con, paths)


def _die_before(seam: str, nth: int) -> None:
    owner, name = SEAMS[seam]
    real, calls = getattr(owner, name), [0]

    def stand_in(*args: Any, **options: Any) -> Any:
        calls[0] += 1
        if calls[0] == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)

    setattr(owner, name, stand_in)


def main() -> None:
    db, number, point = sys.argv[1:]
    if point != "none":
        seam, nth = point.split(":")
        _die_before(seam, int(nth))
    cycle(Paths(Path(db)), int(number))


if __name__ == "__main__":
    main()
