"""The flows beside the monitor: digest, upkeep, rebuild. `flows.alerts` and `flows.keeping` do their work.

Each holds the run lock; where a monitor run is under way they wait for it by Prefect's retries.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.logging import get_run_logger

if TYPE_CHECKING:
    from flows.cycle import Cycle

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


@flow(name="upkeep", **WAITS)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def upkeep(
    config: str | None = None,
    db: str | None = None,
    backups: str | None = None,
    keep_backups: int = 14,
    forget_after_days: int = 365,
) -> dict[str, Any]:
    """Check feeds and data, save a backup, drop the oldest, forget entries that came to nothing long ago."""
    from flows.health import judge
    from flows.keeping import keep
    from warehouse.watching import source_rhythms_of

    cycle = live(config, db)
    folder = Path(backups) if backups else cycle.paths.live.parent / "backups"
    done = keep(
        cycle, backups=folder, keep_backups=keep_backups, forget_after=timedelta(days=forget_after_days)
    )
    create_markdown_artifact(
        markdown=done.markdown(), key="basewatch-upkeep", description="Checks and backup."
    )
    judged = [judge(row, cycle.clock()) for row in source_rhythms_of(cycle.paths.published)]
    create_table_artifact(
        table=[{"source": h.source_id, "verdict": h.verdict, "reason": h.reason} for h in judged],
        key="basewatch-sources",
        description="How the feeds are.",
    )
    if done.errors:
        raise RuntimeError(f"{len(done.errors)} errors in the data; the first: {done.errors[0].finding}")
    return {"findings": len(done.findings), "unwell": sum(not h.well for h in judged)}


@flow(name="rebuild", **WAITS)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def rebuild(config: str | None = None, db: str | None = None, pages: bool = False) -> dict[str, int]:
    """Read all that is stored again through today's rules; nobody is alerted, decisions stay."""
    from flows.keeping import rebuild as read_again

    return read_again(live(config, db), pages=pages)
