"""The .sql files of this package, by name."""

from __future__ import annotations

import functools
from pathlib import Path

SQL = Path(__file__).parent / "sql"


@functools.cache
def statement(name: str) -> str:
    """The text of sql/<name>.sql."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def folder(name: str) -> tuple[Path, ...]:
    """The .sql files of one folder, in order of their names."""
    return tuple(sorted((SQL / name).glob("*.sql")))
