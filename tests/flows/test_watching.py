"""`basewatch watch`: what it shows, and that it disturbs nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from rich.console import Console

from flows.watching import View, drawn, look, schedule, span
from tests.flows import attacks
from warehouse.connection import open_writer
from warehouse.paths import Paths
from warehouse.runs import last_begun, run_lock

NOW = dt.datetime(2023, 12, 20, 21, 5, tzinfo=dt.UTC)
QUARTER = dt.timedelta(minutes=15)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return attacks.small_campaign(tmp_path_factory.mktemp("campaign"))


def text_of(view: View) -> str:
    console = Console(width=200, highlight=False)
    with console.capture() as printed:
        console.print(drawn(view))
    return printed.get()


def test_it_shows_runs_feeds_tally_and_the_newest_incidents(campaign: Paths) -> None:
    """While a run holds the lock and a writer the live file."""
    with run_lock(campaign, "monitor", NOW - dt.timedelta(minutes=5)), open_writer(campaign.live):
        text = text_of(look(campaign, QUARTER, NOW))
    assert "Last run began 2023-12-20 21:00 UTC, 5 min ago (monitor)" in text
    assert "Next run 2023-12-20 21:15 UTC, in 10 min" in text
    assert "Feeds 1 well" in text
    assert "Entries 10 seen: 10 loaded" in text
    assert "Iraq and Syria 5 (4 confirmed)" in text
    assert "2023-12-12  ● confirmed" in text


def test_looking_takes_no_lock(campaign: Paths) -> None:
    """A run may start while somebody looks on."""
    with run_lock(campaign, "monitor", NOW):
        assert last_begun(campaign) == ("monitor", NOW)
    look(campaign, QUARTER, NOW)
    with run_lock(campaign, "run", NOW):
        pass


def test_before_the_first_run_it_says_so(tmp_path: Path) -> None:
    """No file at all is no error."""
    text = text_of(look(Paths(tmp_path / "basewatch.duckdb"), QUARTER, NOW))
    assert "No run yet" in text
    assert "Nothing is published yet" in text


@pytest.mark.parametrize(
    ("minutes", "words"), [(5, "in 10 min"), (16, "due now"), (120, "overdue; is `basewatch serve` running?")]
)
def test_a_schedule_that_stands_still_is_told(minutes: int, words: str) -> None:
    """Late by more than two runs is a question to the operator."""
    view = View(now=NOW, every=QUARTER, begun=("monitor", NOW - dt.timedelta(minutes=minutes)))
    assert schedule(view).plain.endswith(words)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (7199, "119 min"), (7200, "2 h"), (172_800, "2 d")],
)
def test_spans_are_in_one_unit(seconds: int, words: str) -> None:
    """The largest of which there are two."""
    assert span(dt.timedelta(seconds=seconds)) == words


def test_a_damaged_note_of_the_last_run_is_no_run(tmp_path: Path) -> None:
    """It may just be written."""
    paths = Paths(tmp_path / "basewatch.duckdb")
    paths.run_lock.write_text("{")
    assert last_begun(paths) is None
