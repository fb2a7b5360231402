"""A small news site on loopback, and the command line run as a user runs it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.flows.newsite import Run, Site, environment


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
    env = environment(tmp_path)

    def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flows", *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, env=env | more, capture_output=True, text=True, timeout=240, check=False
        )

    return run
