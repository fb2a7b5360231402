"""`basewatch doctor`: what does not work, or soon will not, and what to do. Changes and sends nothing."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from extract.errors import BasewatchError
from flows.serve import PREFECT_ENVIRONMENT, api_configured
from flows.settings import FetchSection, Settings, load_settings
from warehouse import queries
from warehouse.connection import open_reader
from warehouse.deliveries import channel_health_of
from warehouse.paths import Paths

State = Literal["ok", "note", "bad"]
LITTLE_DISK, NO_DISK = 2_000_000_000, 200_000_000
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
    state = queries.status(paths.published)
    yield from runs(state["runs"], settings)
    feeds = queries.source_health(paths.published).dicts()
    troubled = [f["source_id"] for f in feeds if f["status"] == "error"]
    if troubled:
        finding = f"{len(troubled)} of {len(feeds)} in trouble: {', '.join(troubled[:8])}"
        yield Answer("note", "feeds", finding, "basewatch sources check")
    else:
        yield Answer("ok", "feeds", f"{len(feeds)} in use")


def runs(known: list[dict[str, object]], settings: Settings) -> Iterator[Answer]:
    """When the monitor last ran to its end."""
    if known and known[0]["finished_at"] is None:
        yield Answer("note", "runs", "the last run did not finish, or is under way", "basewatch status")
    else:
        yield Answer("ok", "runs", f"last: {known[0]['kind'] if known else 'none'}")


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
