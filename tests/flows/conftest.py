"""A small news site on loopback, and the command line run as a user runs it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
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


@pytest.fixture(scope="session")
def basewatch_in() -> Callable[[Path], Run]:
    """Given a folder: `basewatch ARGUMENTS` run in it, with no setting of this machine."""

    def in_folder(folder: Path) -> Run:
        def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "flows", *map(str, arguments)]
            return subprocess.run(
                command,
                cwd=folder,
                env=environment(folder) | more,
                capture_output=True,
                text=True,
                timeout=1000,
                check=False,
            )

        return run

    return in_folder


@pytest.fixture
def basewatch(tmp_path: Path, basewatch_in: Callable[[Path], Run]) -> Run:
    """`basewatch ARGUMENTS` in a folder of the test's own."""
    return basewatch_in(tmp_path)
