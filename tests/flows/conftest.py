"""A small news site on loopback, and the command line run as a user runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.flows.newsite import ROOT, Run, Site


@pytest.fixture
def site(httpserver: HTTPServer, tmp_path: Path) -> Site:
    """A site with nothing published yet."""
    site = Site(httpserver, tmp_path)
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nAllow: /\n")
    httpserver.expect_request(re.compile(r"/(feed\.xml|story/\d+)")).respond_with_handler(site.answer)
    return site


@pytest.fixture
def basewatch(tmp_path: Path) -> Run:
    """`basewatch ARGUMENTS` in a folder of its own, with no setting of this machine."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("BASEWATCH_", "PREFECT_"))}
    env |= {
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "NO_COLOR": "1",
        "COLUMNS": "160",
    }

    def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flows", *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, env=env | more, capture_output=True, text=True, timeout=240, check=False
        )

    return run
