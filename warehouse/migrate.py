"""Brings a file to today's schema.

Migrations are numbered files, each applied in a transaction with its own record, and never edited once merged
(their hash is kept and compared). Views and macros are no migrations: they are re-created as a whole whenever
a migration ran or their text changed, and each is selected from, since DuckDB notices a view that a renamed
column broke only when it is read.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import WarehouseDamaged, WarehouseTooNew
from warehouse.sqlfiles import folder

_RECORDS = """
CREATE SCHEMA IF NOT EXISTS internal;
CREATE TABLE IF NOT EXISTS internal.migrations (
    number INTEGER PRIMARY KEY, name VARCHAR NOT NULL, hash VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL DEFAULT now());
COMMENT ON TABLE internal.migrations IS 'The schema changes that this file has had, and when.';
"""


def migrate(con: Any, path: Path | str = "the database", migrations: tuple[Path, ...] | None = None) -> int:
    """Applies what is pending and re-creates the views; returns how many migrations ran."""
    if migrations is None and _is_current(con):
        return 0
    files = folder("migrations") if migrations is None else migrations
    refuse_newer(con, path, files)
    refuse_foreign(con, path)
    applied = _applied(con)
    pending = [file for file in files if _number(file) not in applied]
    _refuse_edited(path, files, applied)
    for file in pending:
        _apply(con, file)
    _refresh_views(con, force=bool(pending))
    return len(pending)


def _is_current(con: Any) -> bool:
    """Whether nothing is to be done, asked in one question: a cycle opens the file at every stage."""
    try:
        found = con.execute(
            "SELECT (SELECT string_agg(hash, ' ' ORDER BY number) FROM internal.migrations), views_hash "
            "FROM internal.meta"
        ).fetchone()
    except duckdb.CatalogException:  # a new file, an old one, or one that is not ours
        return False
    return bool(found == _ours())


@functools.cache
def _ours() -> tuple[str, str]:
    """What a file that is up to date holds: the hashes of all migrations, and of the views."""
    migrations = (_hash(file.read_text(encoding="utf-8")) for file in folder("migrations"))
    return " ".join(migrations), _views_hash()


def _views_hash() -> str:
    return _hash("\n".join(file.read_text(encoding="utf-8") for file in folder("views")))


def refuse_newer(con: Any, path: Path | str, migrations: tuple[Path, ...] | None = None) -> None:
    """Raises WarehouseTooNew where the file has had migrations that this program does not know."""
    files = folder("migrations") if migrations is None else migrations
    known = max(_number(file) for file in files)
    found = max(_applied(con), default=0)
    if found > known:
        raise WarehouseTooNew(path, f"schema {found}; this version knows schemas up to {known}")


def refuse_foreign(con: Any, path: Path | str) -> None:
    """Raises WarehouseDamaged where the tables are somebody else's: we would mix into their data."""
    if _applied(con):
        return
    others = con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary LIMIT 3").fetchall()
    names = [name for (name,) in others if name != "migrations"]
    if names:
        raise WarehouseDamaged(Path(path), f"it holds other tables ({', '.join(names)}) and none of ours")


def require_ours(con: Any, path: Path) -> None:
    """For readers: WarehouseDamaged where the file is no warehouse, WarehouseTooNew where a newer one."""
    refuse_newer(con, path)
    if not _applied(con):
        raise WarehouseDamaged(path, "it has none of our tables")


def schema_number() -> int:
    """The newest schema that this program knows."""
    return max(_number(file) for file in folder("migrations"))


def _number(file: Path) -> int:
    return int(file.name.split("_", 1)[0])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _applied(con: Any) -> dict[int, str]:
    there = con.execute(
        "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'internal' AND table_name = 'migrations'"
    ).fetchone()
    if not there:
        return {}
    return dict(con.execute("SELECT number, hash FROM internal.migrations").fetchall())


def _refuse_edited(path: Path | str, files: tuple[Path, ...], applied: dict[int, str]) -> None:
    for file in files:
        known = applied.get(_number(file))
        if known is not None and known != _hash(file.read_text(encoding="utf-8")):
            raise WarehouseDamaged(Path(path), f"migration {file.name} is not the one that made this file")


@contextmanager
def _transaction(con: Any) -> Iterator[None]:
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise


def _apply(con: Any, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    with _transaction(con):
        con.execute(_RECORDS)
        con.execute(text)
        con.execute(
            "INSERT INTO internal.migrations (number, name, hash) VALUES ($1, $2, $3)",
            [_number(file), file.stem, _hash(text)],
        )


def _refresh_views(con: Any, *, force: bool) -> None:
    texts = [file.read_text(encoding="utf-8") for file in folder("views")]
    wanted = _views_hash()
    (found,) = con.execute("SELECT views_hash FROM internal.meta").fetchone()
    if found == wanted and not force:
        return
    with _transaction(con):
        _drop_views(con)
        for text in texts:
            con.execute(text)
        for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
            con.execute(f'SELECT * FROM "{name}" LIMIT 0')  # noqa: S608  (our own names)
        con.execute("UPDATE internal.meta SET views_hash = $1, data_version = data_version + 1", [wanted])


def _drop_views(con: Any) -> None:
    """A view that was taken out of sql/views must not live on in old files."""
    for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
        con.execute(f'DROP VIEW IF EXISTS "{name}"')
    macros = con.execute(
        "SELECT DISTINCT function_name FROM duckdb_functions() "
        "WHERE NOT internal AND function_type = 'table_macro'"
    ).fetchall()
    for (name,) in macros:
        con.execute(f'DROP MACRO TABLE IF EXISTS "{name}"')
