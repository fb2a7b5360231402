"""Runs: a row for each, and a lock so that there is one at a time."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from warehouse.connection import Connection, transaction
from warehouse.errors import WarehouseBusy, WarehousePathError
from warehouse.paths import Paths
from warehouse.sqlfiles import statement
from warehouse.staging import insert

RunOutcome = Literal["done", "failures", "failed"]


def start_run(con: Connection, kind: str, now: dt.datetime, version: str | None = None) -> str:
    """Notes that a run begins; returns its id."""
    run_id = uuid.uuid4().hex[:16]
    row = {"run_id": run_id, "kind": kind, "pid": os.getpid(), "started_at": now, "version": version}
    with transaction(con):
        insert(con, "runs", [row])
    return run_id


def finish_run(
    con: Connection, run_id: str, now: dt.datetime, outcome: RunOutcome, counts: Mapping[str, Any]
) -> None:
    """Notes how a run ended. A run that was killed keeps an empty finished_at."""
    with transaction(con):
        con.execute(statement("load/finish_run"), [run_id, now, outcome, json.dumps(dict(counts))])


@contextmanager
def run_lock(paths: Paths, kind: str = "run", now: dt.datetime | None = None) -> Iterator[None]:
    """Held from a run's first stage to its last; the system frees it when the process ends, however it ends.

    Raises WarehouseBusy, which names the process that holds it and since when.
    """
    handle = _open_lock(paths.run_lock)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _under_way(paths.run_lock, handle) from error
        since = (now or dt.datetime.now(dt.UTC)).isoformat(timespec="seconds")
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "since": since, "kind": kind}).encode(), 0)
        yield
    finally:
        os.close(handle)


def _open_lock(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehousePathError(
            path.parent, f"cannot be written ({error.strerror}). Name another place with --db."
        ) from error


def _under_way(path: Path, handle: int) -> WarehouseBusy:
    try:
        held = json.loads(os.pread(handle, 1000, 0))
        pid, since, kind = int(held["pid"]), str(held["since"]), str(held["kind"])
    except (ValueError, KeyError, TypeError):  # it has only just been taken
        return WarehouseBusy(path, None, "a run is under way. Wait until it has finished.")
    return WarehouseBusy(
        path, pid, f"a {kind} is under way (process {pid}, since {since}). Wait until it has finished."
    )


def last_begun(paths: Paths) -> tuple[str, dt.datetime] | None:
    """Kind of the newest run and when it began, as the lock's file remembers; None before the first.

    Read without taking the lock, so that looking never keeps a run from starting.
    """
    try:
        held = json.loads(paths.run_lock.read_text(encoding="utf-8"))
        return str(held["kind"]), dt.datetime.fromisoformat(held["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
