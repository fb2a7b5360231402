"""The demo's days with a real receiver: each incident alerted once, and what is told can be looked up."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows.cycle import run_cycle
from flows.demo.bundle import load_archive
from flows.demo.run import day_cycle, demo_settings
from flows.demo.server import DemoServer, end_of
from flows.settings import AlertsSection
from warehouse.connection import open_writer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def test_each_incident_of_the_demo_is_alerted_once(tmp_path: Path, httpserver: HTTPServer) -> None:
    """The receiver fails now and then; nothing is lost or doubled."""
    told: list[dict[str, Any]] = []
    asked = Counter[str]()

    def answer(request: Request) -> Response:
        asked["all"] += 1
        if asked["all"] % 7 == 0:
            return Response("", status=503)
        told.append(json.loads(request.data))
        return Response("")

    httpserver.expect_request("/hook").respond_with_handler(answer)
    url = f"json://{httpserver.host}:{httpserver.port}/hook"
    with DemoServer(load_archive()) as server:
        alerting = AlertsSection.model_validate({"urls": [url], "storm": 1000})
        settings = demo_settings(tmp_path, server).model_copy(update={"alerts": alerting})
        for day in (*server.days(), *server.days()[-1:]):
            server.moment = end_of(day)
            run_cycle(day_cycle(settings, day, server.moment))
    with open_writer(settings.warehouse.path) as con:
        rows = con.execute("SELECT incident_id, kind, state FROM alerts WHERE incident_id <> ''").fetchall()
        current = {
            key
            for (key,) in con.execute(
                "SELECT incident_id FROM incidents "
                "WHERE current AND origin = 'live' AND status <> 'dismissed'"
            ).fetchall()
        }
        redirects = dict(con.execute("SELECT old_id, new_id FROM incident_redirects").fetchall())
    pending = [row for row in rows if row[2] == "pending"]
    assert len(pending) <= 1, "what failed in the very last cycle waits for its next attempt"
    new = [told_id(t) for t in told if t["title"].startswith("New incident")]
    assert new
    assert [key for key, number in Counter(new).items() if number > 1] == []
    waiting = {row[0] for row in pending}
    assert {redirects.get(key, key) for key in new} | waiting >= current
    texts = Counter((t["title"], t["message"]) for t in told)
    assert max(texts.values()) == 1
    assert all("“" in t["message"] for t in told if "New incident" in t["title"])


def told_id(told: dict[str, Any]) -> str:
    """The incident that a message is of."""
    found = re.search(r"basewatch show (bw[0-9a-f]{10})", told["message"])
    assert found
    return found[1]
