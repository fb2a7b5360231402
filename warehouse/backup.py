"""Backups of the live file: one file, whole, that restore() puts back in its place.

The archive of pages is not part of it: its files only ever grow, so any copying tool keeps them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse.connection import open_reader, open_writer
from warehouse.errors import WarehousePathError
from warehouse.paths import Paths
from warehouse.publish import copy_whole, publish_if_changed


def backup(paths: Paths, target: Path) -> int:
    """Copies the live file, at rest, to a new file; returns its size in bytes.

    Raises WarehouseBusy during a run, WarehousePathError where the target is there or cannot be written.
    """
    if not paths.live.exists():
        raise WarehousePathError(paths.live, "is not there; there is nothing to back up.")
    if target.exists():
        raise WarehousePathError(target, "is there already; name a new file.")
    with open_writer(paths.live) as con:
        copy_whole(con, paths.live, target)
    with open_reader(target):  # a backup that cannot be opened is none
        pass
    return target.stat().st_size


def restore(paths: Paths, source: Path) -> Path | None:
    """Puts a backup in the place of the live file and publishes it; returns where the replaced file now lies.

    Nothing is touched unless the backup can be opened by this version. Raises WarehouseTooNew,
    WarehouseDamaged, WarehousePathError, and WarehouseBusy while the live file is in use.
    """
    with open_reader(source):
        pass
    fresh = paths.live.with_name(paths.live.name + ".restoring")
    paths.live.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, fresh)
    replaced = _set_aside(paths.live)
    fresh.replace(paths.live)
    paths.published.unlink(missing_ok=True)
    with open_writer(paths.live) as con:
        publish_if_changed(con, paths)
    return replaced


def _set_aside(live: Path) -> Path | None:
    """Moves the live file away, its log written into it first where the file can still be opened."""
    if not live.exists():
        return None
    kept = live.with_name(live.name + ".before-restore")
    number = 1
    while kept.exists():
        number += 1
        kept = live.with_name(f"{live.name}.before-restore-{number}")
    wal = Path(f"{live}.wal")
    if wal.exists():
        wal.rename(f"{kept}.wal")
    return live.rename(kept)
