"""`basewatch serve`: the monitor on its schedule in this process, with a Prefect server of its own where none
is configured (a temporary server cannot schedule)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import FrameType

import click
import httpx

from flows.errors import ConfigError

# Telemetry needs both switches; 20 s, the default, is too short for a first start (measured: 11 to 31 s).
PREFECT_ENVIRONMENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,extract,warehouse",
    # Flow runs are kept for ever by default; so the server's file would only grow.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
}
START_SECONDS = 180


def prepare_environment() -> None:
    """Set what every process that imports Prefect needs; what the user has set stands."""
    for name, value in PREFECT_ENVIRONMENT.items():
        os.environ.setdefault(name, value)


def api_configured() -> bool:
    """Whether a Prefect API is set, in the environment or in the active Prefect profile."""
    if os.environ.get("PREFECT_API_URL"):
        return True
    profiles = Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect")) / "profiles.toml"
    if not profiles.is_file():
        return False  # no profile was ever written: nothing to import Prefect for
    prepare_environment()
    from prefect.settings import get_current_settings

    return get_current_settings().api.url is not None


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def own_server(home: Path, port: int | None = None) -> Iterator[str]:
    """A Prefect server on loopback while the block lasts; its files are in `home`. Yields the API URL."""
    home.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    url = f"http://127.0.0.1:{port}/api"
    os.environ["PREFECT_HOME"] = str(home.resolve())
    log = (home / "server.log").open("ab")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603 (our own interpreter, fixed words)
        command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_until_healthy(url, process, home / "server.log")
        os.environ["PREFECT_API_URL"] = url
        yield url
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        stop(process)
        log.close()


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers. Raises ConfigError when it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{url}/health", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise ConfigError(f"the local Prefect server did not start; its log is {log}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server's process group, gently first."""
    for number, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                continue


def serve(config: Path | None, db: Path | None, every: timedelta, home: Path) -> None:
    """Run the monitor every `every` until told to stop (Ctrl-C, SIGTERM)."""
    prepare_environment()
    signal.signal(signal.SIGTERM, interrupt)
    if api_configured():
        serve_flow(config, db, every)
        return
    click.echo("basewatch: starting a local Prefect server (none is configured) ...", err=True)
    try:
        with own_server(home) as url:
            click.echo(
                f"basewatch: Prefect is at {url.removesuffix('/api')}; its files are in {home}", err=True
            )
            serve_flow(config, db, every)
    finally:  # Prefect answers SIGTERM with SystemExit
        click.echo("basewatch: stopped", err=True)


def interrupt(number: int, frame: FrameType | None) -> None:
    """SIGTERM as Ctrl-C, so that both end cleanly."""
    raise KeyboardInterrupt


def serve_flow(config: Path | None, db: Path | None, every: timedelta) -> None:
    """Prefect's own runner: no overlapping runs; a run that fell due during sleep starts on waking."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy

    from flows.monitor import monitor

    click.echo(f"basewatch: monitoring every {every}; stop with Ctrl-C", err=True)
    parameters = {
        "config": str(config.resolve()) if config else None,
        "db": str(db.resolve()) if db else None,
    }
    with suppress(KeyboardInterrupt):
        monitor.serve(
            name="basewatch",
            interval=every,
            parameters=parameters,
            global_limit=ConcurrencyLimitConfig(
                limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
            ),
            limit=1,
            pause_on_shutdown=False,
            print_starting_message=False,
        )
