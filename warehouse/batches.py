"""What a worker read, as a Parquet file for the one writer: a row a page that tells of something.

A worker on another machine needs no database and no lock, only a folder that both see. The columns follow
extract.records by themselves: lists of reports with their evidence are lists of structs. Beside the rows the
file carries, as Parquet metadata, what the worker counted and what it could not read.
"""

from __future__ import annotations

import datetime as dt
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, Union

import duckdb

from extract.records import Article, Reading
from warehouse.load import ReadResult
from warehouse.rows import fetch
from warehouse.staging import dumps, storable, to_row

R = TypeVar("R")
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """One page of an archive that tells of something."""

    article: Article
    reading: Reading
    fetched_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What came of one archive."""

    pages: tuple[ReadPage, ...]
    seen: int  # HTTP answers with a page
    passed: int  # of these, let through by the gate
    counts: Mapping[str, int]  # reason slug -> pages not kept
    losses: tuple[str, ...]  # what could not be read, each with its place

    def results(self) -> list[ReadResult]:
        """As load_readings takes them."""
        return [
            ReadResult(article=p.article, reading=p.reading, page_fetched_at=p.fetched_at) for p in self.pages
        ]


def write_batch(path: Path, batch: Batch) -> None:
    """Writes the file beside its place and moves it there whole, so that a torn one is never read."""
    torn = path.with_name(f".{path.name}.part")
    told = {
        "format": FORMAT,
        "seen": batch.seen,
        "passed": batch.passed,
        "counts": dict(batch.counts),
        "losses": list(batch.losses),
    }
    structure = json.dumps([_columns(ReadPage)])
    with duckdb.connect(":memory:") as con:
        con.execute("SET threads = 1")
        rows = storable(dumps([to_row(page) for page in batch.pages]))
        con.execute(
            f"CREATE TABLE pages AS SELECT unnest(from_json($1, '{structure}'), max_depth := 2)", [rows]
        )
        note = json.dumps(told, ensure_ascii=True).replace("'", "''")
        con.execute(f"COPY pages TO '{_quoted(torn)}' (FORMAT parquet, KV_METADATA {{basewatch: '{note}'}})")
    torn.replace(path)


def read_batch(path: Path) -> Batch:
    """What write_batch wrote. Raises duckdb.Error where the file is none of ours."""
    with duckdb.connect(":memory:") as con:
        con.execute("SET threads = 1")
        rows = fetch(con, "SELECT * FROM read_parquet($1)", [str(path)])
        [(note,)] = con.execute(
            "SELECT decode(value) FROM parquet_kv_metadata($1) WHERE decode(key) = 'basewatch'", [str(path)]
        ).fetchall()
    told = json.loads(note)
    return Batch(
        pages=tuple(_record(ReadPage, row) for row in rows),
        seen=told["seen"],
        passed=told["passed"],
        counts=told["counts"],
        losses=tuple(told["losses"]),
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


# --- records as columns, by their annotations ---

_SIMPLE: Mapping[Any, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    dt.date: "DATE",
    dt.datetime: "TIMESTAMPTZ",
}


def _columns(record: type) -> dict[str, Any]:
    """The structure that DuckDB's from_json takes."""
    hints = typing.get_type_hints(record)
    return {field.name: _kind(hints[field.name]) for field in fields(record)}


def _kind(hint: Any) -> Any:
    hint = _without_none(hint)
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if is_dataclass(hint):
        return _columns(typing.cast(type, hint))
    if typing.get_origin(hint) is tuple:
        return [_kind(typing.get_args(hint)[0])]
    if typing.get_origin(hint) is Literal:
        return "VARCHAR"
    raise TypeError(f"no column type for {hint}")


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) in (Union, types.UnionType):
        [hint] = [part for part in typing.get_args(hint) if part is not type(None)]
    return hint


def _record(record: type[R], row: Mapping[str, Any]) -> R:
    hints = typing.get_type_hints(record)
    return record(**{name: _value(hints[name], row[name]) for name in hints})


def _value(hint: Any, value: Any) -> Any:
    hint = _without_none(hint)
    if value is None:
        return None
    if is_dataclass(hint):
        return _record(typing.cast(type, hint), value)
    if typing.get_origin(hint) is tuple:
        return tuple(_value(typing.get_args(hint)[0], item) for item in value)
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value
