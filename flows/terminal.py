"""The same facts for people at a terminal: bars, a line of months, marks of status. Never used when piped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.output import TableLike, shown
from flows.report.words import STATUSES

BAR_WIDTH, BAR_WIDTH_BESIDE_MUCH = 28, 12
LEVELS = "▁▂▃▄▅▆▇█"
COUNTS = ("confirmed", "attacks", "claimed_only")
COLOURS = {
    "confirmed": "green", "corroborated": "cyan", "single_source": "", "claimed": "yellow",
    "disputed": "red", "dismissed": "dim",
}  # fmt: skip


def print_tally(table: TableLike, months: TableLike) -> None:
    """The tally with a bar a row, and below it the months as a line."""
    console = Console(highlight=False)
    grid = grid_of(table)
    width = BAR_WIDTH if len(table.columns) < 8 else BAR_WIDTH_BESIDE_MUCH
    grid.add_column("", min_width=width, no_wrap=True)
    places = {name: table.columns.index(name) for name in COUNTS}
    # The sum of the others would make every other bar small, and says what they say together.
    longest = max((row[places["attacks"]] for row in table.rows if row[0] != "all"), default=0)
    for row in table.rows:
        summed = row[0] == "all"
        tail = Text() if summed else bar(row[places["confirmed"]], row[places["attacks"]], longest, width)
        grid.add_row(*(Text(shown(v)) for v in row), tail, style="bold" if summed else "")
    console.print(grid)
    console.print(Text("█ confirmed  ▒ reported, not confirmed", style="dim"))
    line = months_line(months)
    if line:
        console.print(line)


def grid_of(table: TableLike) -> Table:
    """An empty table with the columns of this one."""
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(table.columns):
        numeric = any(isinstance(row[index], int | float) for row in table.rows)
        grid.add_column(
            column.replace("_", " "), justify="right" if numeric else "left", overflow="fold", no_wrap=numeric
        )
    return grid


def bar(confirmed: int, attacks: int, longest: int, width: int = BAR_WIDTH) -> Text:
    """Attacks as a bar; the part that is confirmed is solid. Anything above nought is seen."""
    if not attacks or not longest:
        return Text()
    length = max(round(width * attacks / longest), 1)
    solid = min(round(length * confirmed / attacks), length)
    if confirmed:
        solid = max(solid, 1)
    return Text("█" * solid, style="cyan") + Text("▒" * (length - solid), style="cyan")


def months_line(months: TableLike) -> Text | None:
    """'By month  ▂▇▅▆▁  2023-10 to 2024-02, at most 18' over Iraq and Syria; months without any are gaps."""
    at = {name: months.columns.index(name) for name in ("month", "country", "attacks")}
    sums: dict[str, int] = {}
    for row in months.rows:
        if row[at["country"]] in ("Iraq", "Syria") and row[at["month"]]:
            sums[row[at["month"]]] = sums.get(row[at["month"]], 0) + row[at["attacks"]]
    counted = [month for month in sorted(sums) if sums[month]]
    if len(counted) < 2:
        return None
    every = months_between(counted[0], counted[-1])[-60:]
    counts = [sums.get(month, 0) for month in every]
    words = f"  {every[0]} to {every[-1]}, at most {max(counts)} a month"
    return Text("By month  ", style="dim") + Text(sparkline(counts), style="cyan") + Text(words, style="dim")


def months_between(first: str, last: str) -> list[str]:
    """'2023-11', '2024-01' -> all three."""
    low, high = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(low, high + 1)]


def sparkline(counts: Sequence[int]) -> str:
    """A bar of one to eight eighths each, and a space for nought."""
    top = max(counts, default=0)
    return "".join(LEVELS[-(-8 * n // top) - 1] if n else " " for n in counts)


def print_incidents(table: TableLike) -> None:
    """A list of incidents with marks and colours of their status."""
    console = Console(highlight=False)
    at = table.columns.index("status")
    grid = grid_of(table)
    for row in table.rows:
        cells = [Text(f"{v:.2f}" if isinstance(v, float) else shown(v)) for v in row]
        cells[at] = status(row[at])
        grid.add_row(*cells)
    console.print(grid if table.rows else "nothing found")


def status(value: Any) -> Text:
    """'● confirmed'."""
    if value not in STATUSES:
        return Text(shown(value))
    name, mark, _ = STATUSES[value]
    return Text(f"{mark} {name.lower()}", style=COLOURS[value], no_wrap=True)
