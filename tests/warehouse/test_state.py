"""What is remembered of sources between polls, and what source_health shows of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.warehouse.conftest import House
from tests.warehouse.making import NOW, entry, pulled, source
from warehouse import queries
from warehouse.publish import publish_if_changed
from warehouse.state import SourceState, record_pull, source_states, sync_sources

LATER = NOW + dt.timedelta(hours=1)


def state(house: House) -> SourceState:
    (only,) = source_states(house.con)
    return only


def failed(**changed: Any) -> Any:
    values = {"status": "error", "error": "timeout", "detail": "30 s", "attempted_at": LATER, "etag": None}
    return pulled(**(values | {"body_hash": None} | changed))


def test_a_failure_keeps_the_validators_and_counts(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled(entry("one"))], NOW)
    record_pull(house.con, "run", [failed()], LATER)
    record_pull(house.con, "run", [failed()], LATER)
    now = state(house)
    assert (now.status, now.error, now.failures_in_a_row) == ("error", "timeout", 2)
    assert (now.etag, now.body_hash) == ('"1"', "h1")
    assert (now.last_attempt_at, now.last_success_at, now.last_new_entry_at) == (LATER, NOW, NOW)


def test_a_success_ends_the_failures(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [failed()], NOW)
    record_pull(house.con, "run", [pulled(status="degraded", detail="cut off")], LATER)
    now = state(house)
    assert (now.status, now.error, now.detail, now.failures_in_a_row) == ("degraded", None, "cut off", 0)


def test_a_poll_not_made_changes_only_when_it_is_due(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [failed()], NOW)
    before = state(house)
    due = NOW + dt.timedelta(days=1)
    record_pull(house.con, "run", [pulled(status="skipped", etag=None, next_due_at=due)], LATER)
    now = state(house)
    assert now.next_due_at == due
    assert (now.status, now.failures_in_a_row, now.last_attempt_at) == (
        before.status, before.failures_in_a_row, before.last_attempt_at,
    )  # fmt: skip


def test_a_moved_feed_remembers_since_when(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    target = "https://example.org/new"
    record_pull(house.con, "run", [pulled(moved_to=target)], NOW)
    record_pull(house.con, "run", [pulled(moved_to=target)], LATER)
    assert (state(house).moved_to, state(house).moved_since) == (target, NOW)
    record_pull(house.con, "run", [pulled()], LATER)
    assert state(house).moved_to is None


def test_another_address_forgets_what_the_old_one_answered(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled(entry("one"))], NOW)
    assert sync_sources(house.con, [source(url="https://example.org/other")], NOW) == 1
    now = state(house)
    assert (now.etag, now.body_hash, now.next_due_at) == (None, None, None)
    assert house.one("SELECT count(*) FROM internal.entries") == 1


def test_a_source_taken_out_is_no_longer_polled_and_comes_back_as_it_was(house: House) -> None:
    sync_sources(house.con, [source(), source("second")], NOW)
    assert sync_sources(house.con, [source()], LATER) == 1
    assert [one.source.source_id for one in source_states(house.con)] == ["example"]
    assert house.rows("SELECT source_id, active FROM sources ORDER BY 1") == [
        ("example", True),
        ("second", False),
    ]
    assert sync_sources(house.con, [source(), source("second")], LATER) == 1
    assert house.rows("SELECT added_at FROM sources WHERE source_id = 'second'") == [(NOW,)]


def test_one_entry_in_two_feeds_of_one_poll_is_stored_once(house: House) -> None:
    sync_sources(house.con, [source(), source("second")], NOW)
    both = [pulled(entry("one")), pulled(entry("one"), source_id="second")]
    assert record_pull(house.con, "run", both, NOW).new == 1


def test_polls_without_news_call_for_no_new_copy_and_a_failure_does(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled()], NOW)
    publish_if_changed(house.con, house.paths)
    record_pull(house.con, "run", [pulled(attempted_at=LATER)], LATER)
    assert publish_if_changed(house.con, house.paths) is False
    record_pull(house.con, "run", [failed()], LATER)
    assert publish_if_changed(house.con, house.paths) is True
    (row,) = queries.source_health(house.paths.published).dicts()
    assert {key: row[key] for key in ("status", "error", "detail", "failures_in_a_row")} == {
        "status": "error", "error": "timeout", "detail": "30 s", "failures_in_a_row": 1,
    }  # fmt: skip


HOSTILE = ["\x00", "\ud800", "'; DROP TABLE incidents; --", "{0}", "\u202e", "ا" * 5000, '"\\', "\U0001f600"]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_any_words_are_stored_as_they_are(words: str, house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled(entry("one", title=words, summary=words))], NOW)
    kept = words.encode("utf-8", "replace").decode("utf-8")
    assert house.rows("SELECT title, summary FROM internal.entries") == [(kept, kept)]
