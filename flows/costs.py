"""What each stage of a cycle costs: time by the clock and of the processor."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Costs:
    """Give `step` to run_cycle; afterwards `table` tells (seconds, and seconds of CPU of this process)."""

    stages: list[tuple[str, float, float]] = field(default_factory=list)

    def step(self, name: str, stage: Callable[..., Any], *args: Any) -> Any:
        """Runs a stage here and now, and notes what it cost, also where it fails."""
        begun, spent = time.perf_counter(), time.process_time()
        try:
            return stage(*args)
        finally:
            self.stages.append((name, time.perf_counter() - begun, time.process_time() - spent))

    def table(self) -> str:
        """A line a stage, and the sum."""
        total = ("all", sum(s[1] for s in self.stages), sum(s[2] for s in self.stages))
        rows = [f"{name:<16}{wall:>9.3f}{cpu:>9.3f}" for name, wall, cpu in [*self.stages, total]]
        return "\n".join([f"{'stage':<16}{'seconds':>9}{'CPU':>9}", *rows])
