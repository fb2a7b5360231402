"""Which archives have been backfilled: noted in the transaction that loads them."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from warehouse.batches import Batch
from warehouse.connection import Connection, transaction
from warehouse.load import LoadSummary, load_readings
from warehouse.rows import fetch
from warehouse.staging import dumps, insert

_END = 1 << 16  # bytes of each end that tell a file from another of its name and size


def archive_key(path: Path) -> str:
    """What a file is known by, wherever it lies: name, size and the bytes at its ends. Raises OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        told = hashlib.sha256(file.read(_END))
        file.seek(max(0, size - _END))
        told.update(file.read(_END))
    return f"{path.name}:{size}:{told.hexdigest()[:16]}"


def done_archives(con: Connection, asked: str) -> frozenset[str]:
    """Keys of the archives that were read with these rules and filters."""
    rows = fetch(con, "SELECT archive FROM internal.backfills WHERE asked = $1", [asked])
    return frozenset(row["archive"] for row in rows)


def load_batch(
    con: Connection, run_id: str, key: str, asked: str, path: str, batch: Batch, now: dt.datetime
) -> LoadSummary:
    """An archive's pages into the tables, as history: no alert comes of it. Twice changes nothing."""
    loaded = load_readings(con, run_id, batch.results(), now, quiet=True)
    row = {
        "archive": key,
        "asked": asked,
        "path": path,
        "pages": batch.seen,
        "passed": batch.passed,
        "loaded": loaded.loaded,
        "counts": dumps(dict(batch.counts)),
        "losses": list(batch.losses),
        "done_at": now,
    }
    with transaction(con):
        con.execute("DELETE FROM internal.backfills WHERE archive = $1 AND asked = $2", [key, asked])
        insert(con, "internal.backfills", [row])
    return loaded
