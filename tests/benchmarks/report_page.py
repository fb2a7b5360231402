"""Builds the page of many incidents and tells how long it took and how large it is.

    python tests/benchmarks/report_page.py [--incidents 10000] [--folder FOLDER] [--browser]

Prints one line a measure: seconds for a first edition and one that changes nothing, kilobytes of the first
page and of the list, and with --browser (Chromium) milliseconds until the list has answered a filter.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from flows.report.build import write_report
from tests.flows.attacks import large_campaign

ANSWER = """word => {
  const field = document.getElementById("q");
  const began = performance.now();
  field.value = word;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--browser", action="store_true")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="basewatch-page-"))
    began = time.perf_counter()
    paths = large_campaign(folder, given.incidents)
    print(f"warehouse of {given.incidents} incidents: {time.perf_counter() - began:.1f} s (not the page's)")
    for edition in ("first", "unchanged"):
        began = time.perf_counter()
        written = write_report(paths, folder / "page")
        print(f"{edition} edition: {time.perf_counter() - began:.1f} s; {written.line()}")
    for name in ("index.html", "incidents.html"):
        print(f"{name}: {(folder / 'page' / name).stat().st_size / 1000:.0f} kB")
    if given.browser:
        measure_filters(folder / "page")


def measure_filters(page: Path) -> None:
    """Time from a change in the search field to a table that has been laid out."""
    from playwright.sync_api import sync_playwright

    from tests.flows.browsing import LAUNCH, chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), **LAUNCH)
        tab = browser.new_page()
        began = time.perf_counter()
        tab.goto((page / "incidents.html").as_uri())
        print(f"list opened and ready: {time.perf_counter() - began:.2f} s")
        for word in ("rocket", "rocket asad", "2019", "zzz", ""):
            times = sorted(tab.evaluate(ANSWER, word) for _ in range(5))
            print(f"filter {word!r}: {times[2]:.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
