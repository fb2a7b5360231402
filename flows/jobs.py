"""The flows beside the monitor: digest, upkeep, rebuild. `flows.alerts` and `flows.keeping` do their work.

Each holds the run lock; where a monitor run is under way they wait for it by Prefect's retries.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.logging import get_run_logger

if TYPE_CHECKING:
    from flows.cycle import Cycle

T = TypeVar("T")

# As in flows.monitor, what hangs on DuckDB is imported in the flows.
WAITS = {"retries": 10, "retry_delay_seconds": 60, "persist_result": False}


def live(config: str | None, db: str | None) -> Cycle:
    """The warehouse and settings to work on."""
    from flows.cycle import Cycle
    from flows.settings import load_settings

    return Cycle.live(load_settings(Path(config) if config else None, Path(db) if db else None))


@flow(name="digest", **WAITS)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def digest(config: str | None = None, db: str | None = None) -> dict[str, int]:
    """Send the day's digest: the tally, what is new and changed, feeds in trouble. Once a (local) day."""
    from flows.alerts import deliver_due, queue_digest_now
    from warehouse.publish import publish_if_changed
    from warehouse.runs import run_lock

    cycle = live(config, db)
    with run_lock(cycle.paths, "digest"):
        with cycle.writer() as con:
            queue_digest_now(con, cycle.clock())
        counts = deliver_due(cycle.writer, cycle.settings.alerts, cycle.clock)
        with cycle.writer() as con:
            publish_if_changed(con, cycle.paths)
    get_run_logger().info("alerts: %s", counts or "nothing was due")
    return counts


def patiently(work: Callable[[], T], tries: int = 11, pause: float = 60.0) -> T:
    """Do it as soon as no run is in its way. Raises WarehouseBusy where one still is at the last try."""
    from warehouse.errors import WarehouseBusy

    for _ in range(tries - 1):
        try:
            return work()
        except WarehouseBusy:
            time.sleep(pause)
    return work()


# Without Prefect's retries: it would take bad data for a failure to be tried again, and save them each time.
@flow(name="upkeep", persist_result=False)
def upkeep(
    config: str | None = None,
    db: str | None = None,
    backups: str | None = None,
    keep_backups: int | None = None,
    forget_after_days: int | None = None,
) -> dict[str, Any]:
    """Check feeds and data, save a backup, drop the oldest, forget entries that came to nothing long ago.

    What is not given is as in [keep].
    """
    from flows.keeping import keep

    done = patiently(
        lambda: keep(
            live(config, db),
            backups=Path(backups) if backups else None,
            keep_backups=keep_backups,
            forget_after=timedelta(days=forget_after_days) if forget_after_days else None,
        )
    )
    create_markdown_artifact(
        markdown=done.markdown(), key="basewatch-upkeep", description="Checks and backup."
    )
    create_table_artifact(
        table=[{"source": h.source_id, "verdict": h.verdict, "reason": h.reason} for h in done.feeds],
        key="basewatch-sources",
        description="How the feeds are.",
    )
    if done.errors:
        raise RuntimeError(f"{len(done.errors)} errors in the data; the first: {done.errors[0].finding}")
    return {"findings": len(done.findings), "unwell": sum(not h.well for h in done.feeds)}


@flow(name="rebuild", **WAITS)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def rebuild(config: str | None = None, db: str | None = None, pages: bool = True) -> dict[str, int]:
    """Read all that is stored again through today's rules (without `pages`: the stored texts alone).

    Nobody is alerted, decisions stay.
    """
    from flows.keeping import rebuild as read_again

    return read_again(live(config, db), pages=pages)
