"""A real Prefect server and worker: all deployed, scheduled cycles, artifacts, events, automations."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from werkzeug import Request, Response

from flows.serve import PREFECT_ENVIRONMENT, own_server
from tests.flows.newsite import ATTACK, MARKET, ROOT, Site, environment

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
EVERY = 12
SECRET = "s3cr3t-t0k3n-0123456789abcdef"  # noqa: S105  (planted to be looked for)


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of its own."""
    for name in [n for n in os.environ if n.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    for name, value in PREFECT_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with own_server(tmp_path / "prefect") as url:
        yield url
    os.environ.pop("PREFECT_HOME", None)


def ask(api: str, what: str, **query: Any) -> list[dict[str, Any]]:
    """A filter question."""
    answer = httpx.post(f"{api}/{what}/filter", json=query, timeout=30)
    answer.raise_for_status()
    found = answer.json()
    rows: list[dict[str, Any]] = found["events"] if isinstance(found, dict) else found
    return rows


def until(condition: Any, seconds: float = 600.0) -> Any:
    """What it gives as soon as it gives anything."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(1)
    return pytest.fail(f"nothing came within {seconds:.0f} s")


def quickened(folder: Path) -> Path:
    """deployments/prefect.yaml with the monitor every few seconds; all else as it stands."""
    document = yaml.safe_load((ROOT / "deployments" / "prefect.yaml").read_text(encoding="utf-8"))
    document["deployments"][0]["schedules"] = [{"interval": EVERY, "active": True, "slug": "quick"}]
    path = folder / "prefect.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return path


def test_all_is_deployed_and_a_worker_runs_scheduled_cycles(site: Site, api: str) -> None:
    """From an empty server to incidents, artifacts, events and an automation's message."""
    told: list[str] = []

    def hook(request: Request) -> Response:
        told.append(request.get_data(as_text=True))
        return Response("")

    desk: list[str] = []

    def channel(request: Request) -> Response:
        desk.append(request.get_data(as_text=True))
        return Response("")

    site.server.expect_request("/operator").respond_with_handler(hook)
    site.server.expect_request(f"/{SECRET}/desk").respond_with_handler(channel)
    site.publish(ATTACK, MARKET)  # of 2023: the feed is stale, which is told
    operator = site.server.url_for("/operator")
    env = environment(site.folder) | PREFECT_ENVIRONMENT | {"PREFECT_API_URL": api}
    env |= {"BASEWATCH_CONFIG": str(site.config()), "OPERATOR_WEBHOOK": operator}
    # One channel from a Prefect block, one that never answers: their addresses are secrets.
    env["BASEWATCH_ALERTS_URLS"] = f"prefect://desk json://user:{SECRET}@127.0.0.1:9/{SECRET}"
    block = f"json://{site.server.host}:{site.server.port}/{SECRET}/desk"

    def run(*arguments: str | Path) -> str:
        command = [sys.executable, *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("-m", "prefect", "work-pool", "create", "basewatch", "--type", "process")
    run(ROOT / "deployments" / "automations.py")
    run(ROOT / "deployments" / "automations.py")  # again: of one name there is one
    run("-c", f"from prefect.blocks.system import Secret; Secret(value={block!r}).save('desk')")
    file = quickened(site.folder)
    run("-m", "prefect", "--no-prompt", "deploy", "--prefect-file", file, "--all")
    names = {d["entrypoint"]: d for d in ask(api, "deployments")}
    assert set(names) == {
        "flows.monitor:monitor", "flows.jobs:digest", "flows.jobs:upkeep", "flows.jobs:rebuild",
        "flows.backfill_flow:backfill",
    }  # fmt: skip
    assert len(ask(api, "automations")) == 3
    log = (site.folder / "worker.log").open("w")
    worker = subprocess.Popen(
        [sys.executable, "-m", "prefect", "worker", "start", "--pool", "basewatch"],
        cwd=site.folder, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        run("-m", "prefect", "deployment", "run", "upkeep/basewatch")
        until(lambda: len(completed(api, "monitor")) >= 3)
        until(lambda: completed(api, "upkeep"))
        keys = {a["key"] for a in ask(api, "artifacts")}
        assert {"basewatch-cycle", "basewatch-upkeep", "basewatch-sources"} <= keys
        seen = until(lambda: events(api, "basewatch.incident.new"))
        assert len(seen) == 1
        assert len(events(api, "basewatch.source.unhealthy")) == 1
        until(lambda: any("stale" in text for text in told))
        until(lambda: any("stale" in text for text in desk))
        logged = str(ask(api, "logs", limit=200)) + str(ask(api, "artifacts"))
    finally:
        stop_group(worker)
        log.close()
    assert list((site.db.parent / "backups").glob("*.duckdb"))
    assert "Feeds in trouble" in desk[0]
    assert SECRET not in logged
    assert [path for path in site.folder.rglob("*") if path.is_file() and SECRET.encode() in read(path)] == []


def stop_group(process: subprocess.Popen[bytes]) -> None:
    """End a worker and, where it waits for runs under way on a busy machine, those runs with it."""
    process.terminate()
    try:
        process.wait(90)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def read(path: Path) -> bytes:
    """A file, where it is still there."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def completed(api: str, flow: str) -> list[dict[str, Any]]:
    """Completed runs of a flow."""
    return ask(
        api,
        "flow_runs",
        flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}},
        flows={"name": {"any_": [flow]}},
    )


def events(api: str, name: str) -> list[dict[str, Any]]:
    """Events of a name."""
    return ask(api, "events", filter={"event": {"name": [name]}})
