"""A warehouse of its own for each test, and the steps of a cycle in short."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse import making
from warehouse.connection import Connection, open_writer
from warehouse.load import LoadSummary, ReadResult, load_readings
from warehouse.paths import Paths
from warehouse.resolution import ResolveSummary, resolve_dirty


class House:
    """A warehouse and the steps that most tests take."""

    def __init__(self, paths: Paths, con: Connection) -> None:
        self.paths, self.con = paths, con

    def load(self, *results: ReadResult, **options: Any) -> LoadSummary:
        return load_readings(self.con, "run", results, making.NOW, **options)

    def resolve(self, **options: Any) -> ResolveSummary:
        now = options.pop("now", making.NOW)
        return resolve_dirty(self.con, making.resolve, None, "run", now, halo_days=3, **options)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.con.execute(sql, list(values)).fetchall()

    def one(self, sql: str, *values: Any) -> Any:
        ((value,),) = self.rows(sql, *values)
        return value

    def dump(self) -> dict[str, list[str]]:
        """Everything in the file but the counter of versions, for "the same tables"."""
        names = self.rows(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1"
        )
        skipped = {"internal.meta", "internal.migrations"}
        return {name: sorted(map(str, self.rows(f"FROM {name}"))) for (name,) in names if name not in skipped}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data" / "basewatch.duckdb")


@pytest.fixture
def house(paths: Paths) -> Iterator[House]:
    with open_writer(paths.live) as con:
        yield House(paths, con)
