"""How a benchmark is measured and told."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ROUNDS = 3


@dataclass
class Sheet:
    """The rows of the table: what, its cost, what stands beside it, our share of that, what is asked."""

    rows: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def add(
        self, what: str, cost: str, beside: str = "", ratio: float | None = None, asked: str = ""
    ) -> None:
        """One row; also on standard error, so that one sees how far it is."""
        told = "" if ratio is None else f"{ratio:.3f}" if ratio < 0.1 else f"{ratio:.2f}"
        self.rows.append((what, cost, beside, told, asked))
        print(f"... {what}: {cost} {told}", file=sys.stderr)

    def markdown(self) -> str:
        """The table."""
        head = ["| what | cost | beside | ratio | asked |", "|---|---|---|---|---|"]
        return "\n".join(head + [f"| {' | '.join(row)} |" for row in self.rows])


def cpu(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """CPU seconds of one round, the least of several; one before them warms up."""
    work()
    return min(cpu_once(work) for _ in range(rounds))


def cpu_once(work: Callable[[], Any]) -> float:
    """CPU seconds of this process, all threads."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def side_by_side(*works: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, ...]:
    """CPU seconds of each, the least of several rounds in turns: what slows the machine slows all alike."""
    for work in works:
        work()
    spent = [[cpu_once(work) for work in works] for _ in range(rounds)]
    return tuple(min(one) for one in zip(*spent, strict=True))


def ms(seconds: float, count: int = 1) -> str:
    """Milliseconds each."""
    return f"{seconds / count * 1e3:.2f} ms"
