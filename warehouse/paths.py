"""Where the parts of a warehouse lie: all beside the one file that the configuration names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one warehouse. `db` is `[warehouse] path` of the configuration."""

    db: Path

    @property
    def live(self) -> Path:
        """The one file that a run writes; nobody else opens it."""
        return self.db

    @property
    def published(self) -> Path:
        """The copy that analysts open, replaced as a whole after each load."""
        return self.db.with_name("tally.duckdb")

    @property
    def archive(self) -> Path:
        """Pages and feeds as they were fetched (WARC)."""
        return self.db.with_name("archive")

    @property
    def run_lock(self) -> Path:
        """Held while a run is under way."""
        return self.db.with_name("run.lock")
