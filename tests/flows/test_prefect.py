"""The flow under a real Prefect server: its stages, its artifact, its schedule."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.flows.newsite import ATTACK, MARKET, Run, Site, environment

STAGES = {
    "start", "pull feeds", "fetch articles", "read", "load", "resolve", "send alerts", "publish",
}  # fmt: skip
PATIENCE = 400.0

pytestmark = pytest.mark.slow


def ask(api: str, what: str, **query: Any) -> list[dict[str, Any]]:
    """A filter question to the Prefect API."""
    answer = httpx.post(f"{api}/{what}/filter", json=query, timeout=30)
    answer.raise_for_status()
    rows: list[dict[str, Any]] = answer.json()
    return rows


def wait_for(condition: Any, seconds: float = PATIENCE) -> Any:
    """What the condition gives as soon as it gives anything; fails the test when it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.5)
    pytest.fail(f"nothing came within {seconds:.0f} s")


class Serving:
    """`basewatch serve` as a process, with the API address that it printed."""

    def __init__(self, site: Site, every: str) -> None:
        self.log = site.folder / "serve.log"
        self._out = self.log.open("w")
        command = [sys.executable, "-m", "flows", "serve", "--every", every, "--config", str(site.config())]
        self.process = subprocess.Popen(
            command, cwd=site.folder, env=environment(site.folder), stdout=self._out, stderr=subprocess.STDOUT
        )
        self.api = wait_for(self._address)

    def _address(self) -> str | None:
        if self.process.poll() is not None:
            pytest.fail(self.log.read_text())
        words = self.log.read_text().split()
        return next((f"{w.rstrip(';')}/api" for w in words if w.startswith("http://127.0.0.1")), None)

    def stop(self) -> int:
        """SIGTERM, and how it ended."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(180)
        finally:
            self._out.close()


def test_serve_runs_the_flow_on_its_schedule_and_stops_cleanly(site: Site, basewatch: Run) -> None:
    """A server of its own, stages as tasks, an artifact; what is published later is loaded by a later run."""
    site.publish(MARKET)
    serving = Serving(site, "12s")
    try:
        wait_for(lambda: completed(serving.api, 1))
        site.publish(ATTACK)
        wait_for(lambda: live_incidents(basewatch, site.db))
        runs = wait_for(lambda: completed(serving.api, 2))
        tasks = ask(serving.api, "task_runs", task_runs={})
        artifacts = ask(serving.api, "artifacts", artifacts={"key": {"any_": ["basewatch-cycle"]}})
        scheduled = ask(
            serving.api, "flow_runs", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}}, limit=5
        )
    finally:
        ended = serving.stop()
    assert len(runs) >= 2
    assert {task["name"].rsplit("-", 1)[0] for task in tasks} >= STAGES
    assert any("new |" in artifact["data"] for artifact in artifacts)
    assert scheduled, "a scheduler that is broken leaves no runs for later"
    assert ended == 0
    assert "basewatch: stopped" in serving.log.read_text()
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"{serving.api}/health", timeout=2)


def completed(api: str, at_least: int) -> list[dict[str, Any]]:
    """Completed runs of the flow, once there are as many."""
    try:
        runs = ask(api, "flow_runs", flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}})
    except httpx.HTTPError:
        return []
    return runs if len(runs) >= at_least else []


def live_incidents(basewatch: Run, db: Path) -> list[Any]:
    """What analysts see."""
    answer = basewatch("incidents", "--format", "json", "--db", db)
    found: list[Any] = json.loads(answer.stdout) if answer.returncode == 0 else []
    return found


def test_run_with_prefect_is_a_flow_run_with_the_same_result(site: Site, basewatch: Run) -> None:
    """--prefect where no API is configured: a temporary server, and exit status as ever."""
    site.publish(ATTACK, MARKET)
    done = basewatch("run", "--prefect", "--config", site.config())
    assert done.returncode == 0, done.stderr
    assert len(live_incidents(basewatch, site.db)) == 1
    assert "leaked" not in done.stderr
