"""Opening the warehouse: late, and closed early.

The live file is written in the storage format that DuckDB 1.5 reads as well, so that the published copy
(a copy of that file) opens in the analysts' tools, which follow DuckDB's releases more slowly than we do.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from warehouse.errors import (
    WarehouseBusy,
    WarehouseDamaged,
    WarehouseError,
    WarehousePathError,
    WarehouseTooNew,
)
from warehouse.migrate import migrate, require_ours

Connection = duckdb.DuckDBPyConnection
_Settings = dict[str, str | bool | int | float | list[str]]
_NEW_FILES: _Settings = {"storage_compatibility_version": "v1.5.0"}
_OLD_FILES: _Settings = {}
_DISK_REFUSES = ("Could not write", "No space left", "Input/output error", "Read-only file system")
_FOR_WRITING = (
    "{path} is open for writing in process {pid}, which keeps readers out. Close it there and open it "
    "read-only (duckdb -readonly); the next publication replaces the file in any case."
)


@contextmanager
def open_writer(path: Path, *, wait_seconds: float = 0.0) -> Iterator[Connection]:
    """The live file, migrated, for the one process that writes it.

    Another process that holds it is waited for up to `wait_seconds`, then WarehouseBusy names it. A folder
    that is missing is made. Raises WarehouseTooNew, WarehouseDamaged, WarehousePathError.
    """
    _prepare_folder(path)
    con = _connect_patiently(path, wait_seconds)
    try:
        migrate(con, path)
        yield con
    finally:
        con.close()


@contextmanager
def open_reader(path: Path) -> Iterator[Connection]:
    """A warehouse file, read-only: the published copy as a rule."""
    if not path.exists():
        raise WarehousePathError(path, "is not there yet. `basewatch run` makes it; --db names another one.")
    try:
        con = _connect(path, read_only=True)
    except WarehouseBusy as busy:
        raise WarehouseBusy(path, busy.pid, _FOR_WRITING.format(path=path, pid=busy.pid)) from busy
    try:
        require_ours(con, path)
        yield con
    finally:
        con.close()


@contextmanager
def transaction(con: Connection) -> Iterator[None]:
    """All of it or nothing. Raises WarehousePathError where the disk does not take it."""
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except duckdb.Error as error:
        _rollback(con)
        if not any(words in str(error) for words in _DISK_REFUSES):
            raise
        problem = f"cannot be written ({str(error).splitlines()[0]}). Nothing of this step is stored; "
        raise WarehousePathError(
            _file_of(con), problem + "free space or mend the disk, and run again."
        ) from error
    except BaseException:
        _rollback(con)
        raise


def _file_of(con: Connection) -> Path:
    try:
        found = con.execute(
            "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
        ).fetchone()
    except duckdb.Error:  # after some failures the connection answers nothing any more
        found = None
    return Path(found[0]) if found and found[0] else Path("the database")


def _rollback(con: Connection) -> None:
    with suppress(duckdb.Error):  # a commit that failed has already rolled back
        con.execute("ROLLBACK")


def _prepare_folder(path: Path) -> None:
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehousePathError(
            folder, f"the folder cannot be made ({error.strerror}). Name another with --db."
        ) from error
    if path.is_dir():
        raise WarehousePathError(path, "is a folder; [warehouse] path names a file in a folder.")
    target = path if path.exists() else folder
    if not os.access(target, os.W_OK):
        raise WarehousePathError(
            target, "cannot be written. Give this user the right to, or name another file with --db."
        )


def _connect_patiently(path: Path, wait_seconds: float) -> Connection:
    give_up_at = time.monotonic() + wait_seconds
    while True:
        try:
            return _connect(path, read_only=False)
        except WarehouseBusy:
            if time.monotonic() >= give_up_at:
                raise
            time.sleep(0.1)


def _connect(path: Path, *, read_only: bool) -> Connection:
    try:
        con = duckdb.connect(path, read_only=read_only, config=_OLD_FILES if read_only else _NEW_FILES)
    except (duckdb.Error, OSError) as error:
        raise _explained(path, error) from error
    con.execute("SET TimeZone = 'UTC'")
    return con


def _explained(path: Path, error: Exception) -> WarehouseError:
    """The error of ours that DuckDB's words amount to; it has no classes that tell these apart."""
    text = str(error).splitlines()[0]
    if "Could not set lock" in text or "Conflicting lock" in text:
        pid = re.search(r"PID (\d+)", text)
        return WarehouseBusy(path, int(pid.group(1)) if pid else None)
    if "different configuration" in text:
        return WarehouseBusy(path, os.getpid())
    if "version number" in text and "can only read" in text:
        return WarehouseTooNew(path, text.removeprefix("IO Error: "))
    if "Permission denied" in text or "Read-only file system" in text:
        return WarehousePathError(path, "cannot be opened: permission denied. Check the owner of the file.")
    if "No space left" in text:
        return WarehousePathError(path, "no space is left on the disk.")
    return WarehouseDamaged(path, text)
