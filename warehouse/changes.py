"""What a run changed, for those who tell of it."""

from __future__ import annotations

from warehouse.connection import Connection
from warehouse.sqlfiles import statement


def changes_of_run(con: Connection, run_id: str) -> tuple[tuple[str, str, str], ...]:
    """(new | updated, incident id, summary) of every incident this run made or changed, in order of id."""
    return tuple(con.execute(statement("queries/changes_of_run"), [run_id]).fetchall())
