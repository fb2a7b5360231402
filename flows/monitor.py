"""The scheduled flow. Its stages and their order are `flows.cycle`'s; here they become Prefect tasks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.events import emit_event
from prefect.logging import get_run_logger

if TYPE_CHECKING:
    from flows.cycle import Summary

T = TypeVar("T")


def as_task(name: str, stage: Callable[..., T], *args: Any) -> T:
    """Run one stage as a Prefect task of its own, visible in the run. Nothing is cached or stored by Prefect:
    what was done stands in the warehouse."""
    return task(name=name, cache_policy=NO_CACHE, persist_result=False)(stage)(*args)


@flow(name="monitor", log_prints=False, persist_result=False)
def monitor(config: str | None = None, db: str | None = None) -> dict[str, Any]:
    """Pull feeds, fetch new articles, read them, load, resolve, send alerts, publish the analysts' copy."""
    # Imported here: Prefect keeps the flow, and so this module, past the end of the interpreter, and DuckDB's
    # objects that hang on it would be reported as leaks at exit.
    from flows.cycle import Cycle, run_cycle
    from flows.settings import load_settings

    settings = load_settings(Path(config) if config else None, Path(db) if db else None)
    summary = run_cycle(Cycle.live(settings), step=as_task)
    tell_prefect(summary)
    get_run_logger().info("%s", summary.line())
    return summary.as_dict()


def tell_prefect(summary: Summary) -> None:
    """The summary as an artifact, and an event for each incident that is new or has changed."""
    create_markdown_artifact(
        markdown=summary.markdown(), key="basewatch-cycle", description="What this cycle did."
    )
    for kind, incident_id, line in summary.incidents:
        emit_event(
            event=f"basewatch.incident.{kind}",
            resource={"prefect.resource.id": f"basewatch.incident.{incident_id}"},
            payload={"summary": line},
        )
    for health in summary.unwell:
        emit_event(
            event="basewatch.source.unhealthy",
            resource={"prefect.resource.id": f"basewatch.source.{health.source_id}"},
            payload={"verdict": health.verdict, "reason": health.reason},
        )


logging.getLogger("apprise").setLevel(logging.WARNING)  # below it, apprise writes tokens into the log
