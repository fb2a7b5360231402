"""The backfill as a Prefect flow: an archive a task, on whatever task runner is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture, as_completed
from prefect.logging import get_run_logger
from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

from flows.archives import Ask
from flows.backfill import Job, read_job, run_backfill
from flows.cycle import Cycle
from flows.errors import ConfigError
from flows.settings import load_settings


@task(name="read archive", retries=2, cache_policy=NO_CACHE, persist_result=False)
def read_archive_task(job: Job, ask: Ask) -> None:
    """One archive into a Parquet file."""
    read_job(job, ask)


def as_tasks(jobs: Sequence[Job], ask: Ask) -> Iterator[tuple[Job, str | None]]:
    """Every job as a task of the flow run around; a task that failed for good is named.

    A job is done where its file is written: a cluster runs the tasks of a lost worker again elsewhere, and
    what Prefect's server knows of them lags behind (it told "Running" of tasks that were done).
    """
    futures = {read_archive_task.submit(job, ask): job for job in jobs}
    for future in as_completed(list(futures)):
        future.wait()
        job = futures[future]
        yield job, None if job.batch.exists() else _failure(future)


def _failure(future: PrefectFuture[None]) -> str:
    """What is known of a task that has ended without its file."""
    try:
        future.result(raise_on_failure=True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "ended without a result"


@flow(name="backfill", persist_result=False)
def backfill(
    archives: list[Path], config: str | None = None, db: str | None = None, ask: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Read archives through the core into the warehouse."""
    settings = load_settings(Path(config) if config else None, Path(db) if db else None)
    logger = get_run_logger()
    summary = run_backfill(
        Cycle.live(settings), archives, Ask(**(ask or {})), as_tasks, lambda line: logger.info("%s", line)
    )
    logger.info("%s", summary.line())
    return {"line": summary.line(), "losses": list(summary.losses)}


def task_runner(name: str, workers: int, address: str | None) -> Any:
    """The task runner of that name. Raises ConfigError where its package is not installed."""
    makers: dict[str, Callable[[], Any]] = {
        "threads": lambda: ThreadPoolTaskRunner(max_workers=workers),
        "processes": lambda: ProcessPoolTaskRunner(max_workers=workers),
        "dask": lambda: _dask(workers, address),
        "ray": lambda: _ray(workers, address),
    }
    try:
        return makers[name]()
    except ImportError as error:
        raise ConfigError(
            f"--runner {name}: {error.name} is not installed; pip install 'basewatch[{name}]'"
        ) from error


def _dask(workers: int, address: str | None) -> Any:
    from prefect_dask import DaskTaskRunner  # type: ignore[attr-defined,unused-ignore]

    if address:
        return DaskTaskRunner(address=address)
    return DaskTaskRunner(
        cluster_kwargs={"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    )


def _ray(workers: int, address: str | None) -> Any:
    from prefect_ray import RayTaskRunner

    return RayTaskRunner(address=address) if address else RayTaskRunner(init_kwargs={"num_cpus": workers})
