"""What each stage costs beside its peers, as a table in Markdown.

    python -m tests.benchmarks [--full] [PART ...]

Parts: pages, reading, growth, feeds, archives, start-up, cycle, resolve, history.

Without names all parts, in about three minutes; with --full larger archives and a history of a million
articles. CPU seconds, the least of several rounds that take turns with the peer's, so that a busy machine
disturbs them little: compare ratios, not seconds. Two processes are timed by the clock, and mean something
only where two cores are free. `asked` is the most a ratio should be, for backfill the least. A peer that is
not installed is left out (pip install '.[bench]').
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tests.benchmarks import history
from tests.benchmarks.archives import archives
from tests.benchmarks.commands import start_up
from tests.benchmarks.cycles import live_cycle
from tests.benchmarks.measuring import Sheet
from tests.benchmarks.pages import feeds, growth, pages_and_gate
from tests.benchmarks.reading import reading_speed


def parts(full: bool) -> dict[str, Callable[[Sheet], None]]:
    """Every part by name, at the size asked for."""
    sizes = (1_000, 100_000, 1_000_000) if full else (1_000, 50_000)
    return {
        "pages": lambda sheet: pages_and_gate(sheet, 200 if full else 40, 1000 if full else 300),
        "reading": reading_speed,
        "growth": growth,
        "feeds": feeds,
        "archives": lambda sheet: archives(sheet, 3000 if full else 600),
        "start-up": start_up,
        "cycle": lambda sheet: live_cycle(sheet, 500),
        "resolve": lambda sheet: history.resolving(sheet, (1, 2, 4, 8) if full else (1, 2, 4)),
        "history": lambda sheet: history.warehouses(sheet, sizes),
    }


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[[], *parts(False)], help="these alone")
    parser.add_argument("--full", action="store_true", help="larger; takes long")
    given = parser.parse_args()
    sheet = Sheet()
    for name, part in parts(given.full).items():
        if name in (given.parts or parts(False)):
            part(sheet)
    print(sheet.markdown())


if __name__ == "__main__":
    main()
