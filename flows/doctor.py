"""`basewatch doctor`: what does not work, or soon will not, and what to do. Changes and sends nothing."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from extract.errors import BasewatchError
from flows.health import troubled
from flows.serve import PREFECT_ENVIRONMENT, api_configured
from flows.settings import FetchSection, Settings, load_settings
from warehouse import queries
from warehouse.connection import open_reader
from warehouse.deliveries import channel_health_of
from warehouse.errors import WarehouseBusy
from warehouse.paths import Paths
from warehouse.watching import archive_files_of, source_rhythms_of

State = Literal["ok", "note", "bad"]
LITTLE_DISK, NO_DISK = 2_000_000_000, 200_000_000
CLOCK_SLACK = timedelta(minutes=5)
LATE_FACTOR, LATE_AT_LEAST = (
    4,
    timedelta(hours=1),
)  # after so many intervals without a run, somebody should look
CAPS = {"prefect": (3, 9), "fastapi": (0, 151), "sqlalchemy": (2, 1), "duckdb": (2, 1), "apprise": (2, 0)}


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing looked at."""

    state: State
    subject: str
    finding: str
    advice: str = ""


def examine(config: Path | None, db: Path | None) -> list[Answer]:
    """Everything, in the order in which one thing needs the other."""
    answers = [*programs(), *clock()]
    try:
        settings = load_settings(config, db)
    except BasewatchError as error:
        return [*answers, Answer("bad", "configuration", str(error), "mend the configuration first")]
    answers.append(Answer("ok", "configuration", f"{len(settings.source)} sources"))
    paths = Paths(settings.warehouse.path)
    looks: tuple[Callable[[Settings, Paths], Iterator[Answer]], ...] = (
        fetching, folders, warehouse, prefect, channels
    )  # fmt: skip
    for look in looks:
        try:
            answers += look(settings, paths)
        except (BasewatchError, OSError) as error:
            answers.append(Answer("bad", look.__name__, str(error), "see the message"))
    return answers


def programs() -> Iterator[Answer]:
    """Versions that are known to work together."""
    yield Answer("ok", "python", sys.version.split()[0])
    for name, cap in CAPS.items():
        found = version(name)
        numbers = tuple(int(part) for part in found.split(".")[:2] if part.isdigit())
        if numbers >= cap:
            advice = "install with deployments/constraints.txt; newer releases break the Prefect server"
            yield Answer("bad", name, found, advice)
        else:
            yield Answer("ok", name, found)


def clock() -> Iterator[Answer]:
    """A clock that is years off breaks certificates and dates of news."""
    now = datetime.now(UTC)
    state: State = "ok" if 2024 <= now.year <= 2100 else "bad"
    yield Answer(state, "clock", f"{now:%Y-%m-%d %H:%M} UTC", "" if state == "ok" else "set the clock (NTP)")


def fetching(settings: Settings, paths: Paths) -> Iterator[Answer]:
    """Who we say we are, and exceptions to the address guard."""
    if settings.fetch.user_agent == FetchSection().user_agent:
        advice = "name yourself and a contact in [fetch] user_agent; outlets block what they cannot ask"
        yield Answer("note", "user agent", settings.fetch.user_agent, advice)
    if settings.fetch.allow:
        listed = ", ".join(settings.fetch.allow)
        yield Answer("note", "address guard", f"exceptions: {listed}", "keep only those that you need")


def folders(settings: Settings, paths: Paths) -> Iterator[Answer]:
    """Where things are kept, and how much room there is."""
    folder = paths.live.parent
    there = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not os.access(there, os.W_OK):
        advice = "give this user the right to write there, or name another place in [warehouse] path"
        yield Answer("bad", "data folder", f"{there} cannot be written", advice)
        return
    free = shutil.disk_usage(there).free
    state: State = "bad" if free < NO_DISK else "note" if free < LITTLE_DISK else "ok"
    advice = "" if state == "ok" else "free space: old files of archive/ may be moved away, day by day"
    yield Answer(state, "disk", f"{free / 1e9:.1f} GB free at {folder}", advice)


def warehouse(settings: Settings, paths: Paths) -> Iterator[Answer]:
    """The published copy, the last run, the feeds."""
    if not paths.published.exists():
        yield Answer("note", "warehouse", f"{paths.published} is not there yet", "basewatch run")
        return
    with open_reader(paths.published):
        size = paths.published.stat().st_size
    yield Answer("ok", "warehouse", f"{paths.published} opens, {size / 1e6:.1f} MB")
    yield from live_file(paths)
    yield from runs(queries.status(paths.published)["runs"], settings, datetime.now(UTC))
    rhythms = source_rhythms_of(paths.published)
    unwell = troubled(rhythms, datetime.now(UTC))
    if unwell:
        named = ", ".join(f"{h.source_id} ({h.verdict})" for h in unwell[:8])
        finding = f"{len(unwell)} of {len(rhythms)} in trouble: {named}"
        yield Answer("note", "feeds", finding, "basewatch sources check")
    else:
        yield Answer("ok", "feeds", f"{len(rhythms)} in use")
    yield from archive(paths)


def live_file(paths: Paths) -> Iterator[Answer]:
    """The file that the job writes: there, ours to write, and of a version that we know."""
    if not paths.live.exists():
        yield Answer(
            "bad", "live file", f"{paths.live} is not there", "basewatch restore BACKUP, or run anew"
        )
        return
    refused = [p.name for p in (paths.live, paths.published) if not os.access(p, os.R_OK | os.W_OK)]
    if refused:
        advice = "give them to the user that runs the job (chown); was it run as another user once?"
        yield Answer("bad", "permissions", f"{', '.join(refused)} cannot be read and written", advice)
        return
    try:
        with open_reader(paths.live):
            yield Answer("ok", "live file", f"{paths.live} opens")
    except WarehouseBusy as busy:
        yield Answer("ok", "live file", f"in use by process {busy.pid}")


def runs(known: list[dict[str, Any]], settings: Settings, now: datetime) -> Iterator[Answer]:
    """When the monitor last ran to its end; a run in the future means a clock that was set back."""
    if any(run["started_at"] > now + CLOCK_SLACK for run in known):
        advice = "set the clock (NTP); feeds are not due before the time noted at their last poll"
        yield Answer("bad", "clock", "runs are noted that began in the future", advice)
    if known and known[0]["finished_at"] is None:
        yield Answer("note", "runs", "the last run did not finish, or is under way", "basewatch status")
        return
    ended = [run["finished_at"] for run in known if run["kind"] == "monitor" and run["finished_at"]]
    patience = max(LATE_FACTOR * settings.schedule.every, LATE_AT_LEAST)
    if ended and now - max(ended) > patience:
        finding = f"the monitor last ran {max(ended):%Y-%m-%d %H:%M} UTC"
        yield Answer("note", "runs", finding, "is anything scheduled? basewatch serve, or deployments/")
    else:
        yield Answer("ok", "runs", f"last: {known[0]['kind'] if known else 'none'}")


def archive(paths: Paths) -> Iterator[Answer]:
    """Whether the files of pages are still there, for rebuild."""
    known = archive_files_of(paths.published)
    gone = sorted(name for name in known if not (paths.archive / name).exists())
    if gone:
        advice = "put them back before `basewatch rebuild`, or it reads the stored texts instead"
        finding = f"{len(gone)} of {len(known)} files are not in {paths.archive}: {', '.join(gone[:3])}"
        yield Answer("note", "archive", finding, advice)
    else:
        yield Answer("ok", "archive", f"{len(known)} files in {paths.archive}")


def prefect(settings: Settings, paths: Paths) -> Iterator[Answer]:
    """Whether flow runs go through a server, and whether it answers."""
    if not api_configured():
        yield Answer("ok", "prefect", "no API configured: `run` works at once, `serve` starts its own server")
        return
    import httpx

    url = os.environ.get("PREFECT_API_URL", "")
    try:
        began = time.monotonic()
        healthy = httpx.get(f"{url}/health", timeout=5).status_code == 200 if url else True
        finding = f"answers in {time.monotonic() - began:.1f} s" if url else "set in the Prefect profile"
    except httpx.HTTPError as error:
        healthy, finding = False, type(error).__name__
    yield Answer(
        "ok" if healthy else "bad",
        "prefect",
        finding,
        "" if healthy else "start the server, or unset PREFECT_API_URL",
    )
    for name, value in PREFECT_ENVIRONMENT.items():
        if os.environ.get(name) not in (value, None):
            yield Answer("note", name, os.environ[name], f"{value} is what was tried")


def channels(settings: Settings, paths: Paths) -> Iterator[Answer]:
    """Whether Apprise can use each URL, and how deliveries went."""
    from flows.channels import open_channels, usable

    opened = open_channels(settings.alerts)
    if not opened:
        yield Answer("note", "channels", "none: nobody is alerted", "set BASEWATCH_ALERTS_URLS")
    health = {}
    if paths.published.exists():
        health = {row["channel"]: row for row in channel_health_of(paths.published, datetime.now(UTC))}
    for channel in opened:
        trouble = channel.trouble or (None if usable(channel) else "Apprise cannot use this URL")
        failures = health.get(channel.key, {}).get("failures", 0)
        if trouble:
            yield Answer(
                "bad", f"channel {channel.key}", trouble, "look the URL's form up in Apprise's manual"
            )
        elif failures:
            finding = f"{failures} failures in a row: {health[channel.key]['detail']}"
            yield Answer("bad", f"channel {channel.key}", finding, "basewatch alerts test")
        else:
            yield Answer("ok", f"channel {channel.key}", "usable")
