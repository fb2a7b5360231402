"""One cycle at a fixed moment, killed where asked: drive.py CONFIG [STAGE before|after]."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.cycle import Cycle, run_cycle
from flows.settings import load_settings
from warehouse.paths import Paths

MOMENT = dt.datetime(2023, 12, 8, 23, 59, 59, tzinfo=dt.UTC)


def main(config: str, kill_at: str = "", when: str = "before") -> None:
    """Run; die by SIGKILL just before or after the stage named."""

    def step(name: str, stage: Callable[..., Any], *args: Any) -> Any:
        if name == kill_at and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = stage(*args)
        if name == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    settings = load_settings(Path(config))
    run_cycle(Cycle(settings=settings, paths=Paths(settings.warehouse.path), clock=lambda: MOMENT), step)


if __name__ == "__main__":
    main(*sys.argv[1:])
