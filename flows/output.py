"""What commands print: a Table as a terminal table, JSON or CSV. Results go to stdout, nothing else does."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

Format = Literal["table", "json", "csv"]
# Spellings that end or flip a line in a terminal: C0/C1 controls and the bidirectional overrides.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


class TableLike(Protocol):
    """Columns and rows, as the warehouse's queries give them."""

    @property
    def columns(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[Any]]: ...


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that no query made."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def safe(text: str) -> str:
    """Outside text as a terminal may show it: no control character, no direction override."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if not is_control(c) else " " for c in text)


def isolated(text: str) -> str:
    """Text from right to left, kept from turning round what stands beside it; other text as it is."""
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        return f"\u2068{text}\u2069"
    return text


def is_control(char: str) -> bool:
    """Whether this character steers a terminal rather than shows."""
    return char in BIDI_CONTROLS or unicodedata.category(char) in ("Cc", "Cs")


def plain(value: Any) -> Any:
    """A value as JSON has it: dates as ISO 8601."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def shown(value: Any) -> str:
    """A value as a cell: nothing for null, a moment to the minute."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list | tuple):
        return ", ".join(shown(v) for v in value)
    return safe(str(value))


def write(table: TableLike, form: Format, *, title: str | None = None) -> None:
    """Print the table in the form asked for."""
    if form == "json":
        sys.stdout.write(as_json(table))
    elif form == "csv":
        sys.stdout.write(as_csv(table))
    else:
        write_terminal(table, title)


def as_json(table: TableLike) -> str:
    """A JSON array of objects."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, default=plain, ensure_ascii=False, indent=1) + "\n"


def as_csv(table: TableLike) -> str:
    """CSV with a header row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([["" if v is None else plain(v) for v in row] for row in table.rows])
    return out.getvalue()


def write_terminal(table: TableLike, title: str | None) -> None:
    """A table that fits the terminal; piped output keeps every column at its full width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    grid = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(table.columns):
        numeric = any(isinstance(row[index], int | float) for row in table.rows)
        grid.add_column(column.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(shown(v)) for v in row))
    console.print(grid)
    if not table.rows:
        console.print("nothing found")
