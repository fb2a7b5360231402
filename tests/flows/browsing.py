"""Chromium for the tests of the page; they are skipped, with the reason, where there is none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# A container's root has no sandbox, and pages of ours need none: nothing of them reaches the network.
LAUNCH: dict[str, Any] = {"args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]}


def chromium() -> str | None:
    """The browser: BASEWATCH_TEST_CHROMIUM, else the first of the usual names."""
    named = os.environ.get("BASEWATCH_TEST_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def why_not() -> str | None:
    """Why there are no tests in a browser; None where there are."""
    try:
        import axe_playwright_python.sync_playwright  # noqa: F401
        import playwright.sync_api  # noqa: F401
    except ImportError as missing:
        return f"{missing.name} is not installed (it is in the extra `test`)"
    if chromium() is None:
        return "no Chromium is found; apt-get install chromium, or name one in BASEWATCH_TEST_CHROMIUM"
    return None


def screenshots() -> Path | None:
    """Where to keep pictures of the page: BASEWATCH_TEST_SCREENSHOTS; None keeps none."""
    folder = os.environ.get("BASEWATCH_TEST_SCREENSHOTS")
    return Path(folder) if folder else None
