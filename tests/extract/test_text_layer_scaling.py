"""No text makes the finders raise, or work more than in proportion to its length."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from extract.casualties import find_casualties, toll_of
from extract.dates import find_dates
from extract.numbers import numbers_of
from extract.tallies import find_tallies
from extract.text import Document

NOW = dt.datetime(2023, 12, 8, 15, 30, tzinfo=dt.UTC)
REPORT = (
    "US forces have been attacked 78 times since Oct. 17, 37 in Iraq and 41 in Syria, the Pentagon said on Monday.\n"
    "Three American soldiers were killed and at least 25 wounded at 4:15 a.m. on Friday, officials said. "
    "No casualties were reported at al-Asad. Two days later, two or three rockets fell near a base in Iraq.\n"
)
ODD = {
    "empty": "",
    "one word": "a" * 100_000,
    "one number": "1" * 100_000,
    "NUL": "\0" * 50_000,
    "right-to-left marks": "\u200f\u202e" * 25_000,
    "lone surrogates": "\ud800 12 \udfff rockets killed three " * 2_000,
    "stops": ". " * 50_000,
    "lines": "\n" * 100_000,
    "numbers": "12 " * 30_000,
    "thousands": "1," * 30_000,
    "hyphens": "two-" * 25_000,
    "dates": "Oct. 17 " * 10_000,
    "since": "since " * 15_000,
    "countries": "in Iraq and Syria " * 5_000,
    "people": "US soldiers and " * 6_000,
    "harm": "killed and wounded " * 5_000,
    "none": "no US or " * 8_000,
    "totals": "the total number of " * 5_000,
    "brackets": "(" * 50_000,
    "Arabic": "قُتل ثلاثة جنود أمريكيين وأصيب ٢٥ آخرون، بحسب البنتاغون. " * 1_000,
}


def read(text: str) -> None:
    """Runs every finder."""
    doc = Document(text[:80], text)
    numbers = numbers_of(doc)
    dates = find_dates(doc, NOW)
    tallies = find_tallies(doc, dates, NOW, "a1")
    casualties = find_casualties(doc)
    toll_of(doc, casualties)
    for span in (*numbers, *dates, *casualties):
        assert 0 <= span.start < span.end <= len(doc.full)
    for tally in tallies:
        assert all(doc.full[e.start : e.end] == e.quote for e in tally.evidence)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_are_read(text: str) -> None:
    """Whatever a page may hold; the suite's own time limit would stop a pattern that backtracks without end."""
    read(text)


def work(action: Callable[[], None]) -> int:
    """How many lines of our own code an action runs: the same on every machine."""
    lines = 0

    def count(frame: FrameType, event: str, _: object) -> object:
        nonlocal lines
        if "extract" not in frame.f_code.co_filename:
            return None
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        action()
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("text", [REPORT, "12 rockets. ", "on Friday ", "US soldiers killed ", "since 2020 "])
def test_twice_the_text_is_twice_the_work(text: str) -> None:
    """Four times the length costs at most five times the steps."""
    read(text)  # patterns are compiled once
    short = work(lambda: read(text * 50))
    long = work(lambda: read(text * 200))
    assert long <= 5 * short
