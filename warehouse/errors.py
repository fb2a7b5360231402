"""What the warehouse raises. Every text names the file and says what to do.

BasewatchError
└── WarehouseError
    ├── WarehouseBusy        another process holds the file, or a run is under way
    ├── WarehouseTooNew      the file was written by a newer basewatch or a newer DuckDB
    ├── WarehouseDamaged     the file is not a database of ours, or no longer whole
    ├── WarehousePathError   a folder or file is missing or cannot be written
    └── WarehouseQueryError  a query given by the user is refused or wrong
"""

from __future__ import annotations

from pathlib import Path

from extract.errors import BasewatchError


class WarehouseError(BasewatchError):
    """Something about the warehouse that the user can act on."""


class WarehouseBusy(WarehouseError):
    """Another process has the file open, or a run is under way. `pid` is that process, where known."""

    exit_status = 1  # nothing is wrong with the call: the same one works a moment later

    def __init__(self, path: Path, pid: int | None, what: str | None = None) -> None:
        who = "another process" if pid is None else f"process {pid}"
        text = what or (
            f"{path} is open in {who}. Wait until it has finished, or end it; "
            "to only look at the data, open the published copy (tally.duckdb) read-only."
        )
        super().__init__(text)
        self.path, self.pid = path, pid


class WarehouseTooNew(WarehouseError):
    """A newer program wrote the file; opening it with this one could lose what it added."""

    def __init__(self, path: Path | str, detail: str) -> None:
        super().__init__(
            f"{path} was written by a newer version ({detail}). "
            "Upgrade basewatch (pip install --upgrade basewatch), or restore a backup made by this version."
        )
        self.path = path


class WarehouseDamaged(WarehouseError):
    """The file cannot be read as a warehouse."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"{path} cannot be read as a basewatch database: {detail}. "
            "Move it away and restore a backup (basewatch restore), or rebuild from the archived pages."
        )
        self.path = path


class WarehousePathError(WarehouseError):
    """The path does not work out; the text says why and what to do."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


class WarehouseQueryError(WarehouseError):
    """The database refused a statement of the user's."""
