"""What alerts and what does not, and an outbox that loses and doubles nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.warehouse.conftest import House
from tests.warehouse.making import DAY, NOW, article, incident_id, reading, report, result, review
from warehouse.outbox import mark_failed, mark_sent, pending_alerts, retry_failed, settle
from warehouse.reviews import add_review


def told(house: House) -> list[tuple[Any, ...]]:
    return house.rows("SELECT kind, change FROM alerts ORDER BY created_at, kind, change")


def test_an_incident_that_becomes_known_alerts_once(house: House) -> None:
    house.load(result("one"), result("two"))
    assert house.resolve().alerts == 1
    house.load(result("three"))
    assert house.resolve().alerts == 0
    assert told(house) == [("new", None)]


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], list[tuple[str, str | None]]]] = {
    "casualties that rise": ({}, {"wounded": 3}, [("updated", "casualties")]),
    "casualties told again": ({"wounded": 3}, {"wounded": 3}, []),
    "casualties that fall without a correction": ({"wounded": 3}, {"wounded": 2}, []),
    "a claim": ({}, {"claimed_by": "iri"}, [("updated", "claim")]),
    "a confirmation": ({"confirmed_by": "none"}, {"confirmed_by": "us"}, [("updated", "status")]),
    "a second publisher": ({"confirmed_by": "none"}, {"confirmed_by": "none"}, []),
}


@pytest.mark.parametrize(("first", "second", "expected"), CASES.values(), ids=CASES.keys())
def test_what_a_second_report_brings(
    first: dict[str, Any], second: dict[str, Any], expected: list[tuple[str, str | None]], house: House
) -> None:
    house.load(result("one", report("one", **first)))
    house.resolve()
    house.load(result("two", report("two", **second)))
    house.resolve(now=NOW + dt.timedelta(hours=1))
    assert told(house) == [("new", None), *expected]


def test_background_does_not_alert_until_it_is_somebodys_news(house: House) -> None:
    house.load(result("one", report("one", current=False)))
    house.resolve()
    assert told(house) == []
    house.load(result("two"))
    house.resolve()
    assert told(house) == [("new", None)]


def test_history_never_alerts_whoever_resolves_it(house: House) -> None:
    house.load(result("one"), quiet=True)
    house.resolve()
    house.load(result("two"))
    house.resolve()
    assert told(house) == []


def test_a_quiet_resolution_queues_nothing(house: House) -> None:
    house.load(result("one"))
    house.resolve(quiet=True)
    assert told(house) == []


def test_old_news_does_not_alert(house: House) -> None:
    old = DAY - dt.timedelta(days=60)
    house.load(result("one", report("one", date=old)))
    house.resolve()
    assert told(house) == []


def test_a_dismissal_alerts_once_and_its_undoing_tells_too(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    add_review(house.con, review("r1", "dismiss", incident_id("one"), "a-one-0"))
    house.resolve(now=NOW + dt.timedelta(hours=1))
    add_review(house.con, review("r2", "undo", incident_id("one"), undoes="r1"))
    house.resolve(now=NOW + dt.timedelta(hours=2))
    assert told(house) == [("new", None), ("dismissed", None), ("updated", "status")]
    assert house.one("SELECT status FROM incidents") == "confirmed"
    changed = house.rows("SELECT review_id FROM incident_history WHERE field = 'status' ORDER BY changed_at")
    assert changed == [("r1",), ("r2",)]


def test_what_was_never_alerted_is_dismissed_in_silence(house: House) -> None:
    house.load(result("one"), quiet=True)
    house.resolve()
    add_review(house.con, review("r1", "dismiss", incident_id("one"), "a-one-0"))
    house.resolve()
    assert told(house) == []


def test_a_correction_alerts(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    moved = replace(
        result("one", report("one", weapon="rocket", correction=True)),
        article=article("one", text="It was a rocket."),
    )
    house.load(moved)
    house.resolve(now=NOW + dt.timedelta(hours=1))
    assert house.rows("SELECT weapon FROM incidents") == [("rocket",)]
    assert told(house) == [("new", None), ("updated", "correction")]


def test_other_rules_are_no_news(house: House) -> None:
    """A rebuild that was killed before it resolved: the next run finds its changes, and alerts of none."""
    house.load(result("one"))
    house.resolve()
    again = result("one", report("one", wounded=9, weapon="rocket", rules_version="2"))
    house.load(again, quiet=True)
    house.resolve(now=NOW + dt.timedelta(hours=1))
    assert house.rows("SELECT wounded, weapon FROM incidents") == [(9, "rocket")]
    assert told(house) == [("new", None)]


def test_a_page_that_changes_is_news_and_the_cause_in_the_history(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    house.load(replace(result("one", report("one", wounded=9)), article=article("one", text="Nine wounded.")))
    house.resolve(now=NOW + dt.timedelta(hours=1))
    assert told(house) == [("new", None), ("updated", "casualties")]
    cause = house.rows("SELECT old_value, new_value, report_id FROM incident_history WHERE field = 'wounded'")
    assert cause == [(None, "9", "a-one-0")]


def test_an_incident_whose_pages_now_say_otherwise_is_taken_back(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    house.load(replace(result("one"), reading=reading("one", reason="correction_no_attack")))
    house.resolve(now=NOW + dt.timedelta(hours=1))
    assert told(house) == [("new", None), ("dismissed", None)]
    assert house.one("SELECT count(*) FROM incidents") == 0
    assert house.one("SELECT count(*) FROM internal.fresh_reports") == 0


def test_an_incident_whose_id_changed_is_not_new(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    house.load(replace(result("zero"), article=article("zero", seen_at=NOW - dt.timedelta(hours=3))))
    house.resolve()
    house.load(result("more", report("more", wounded=4)))
    house.resolve(now=NOW + dt.timedelta(hours=1))
    assert told(house) == [("new", None), ("updated", "casualties")]


def test_the_payload_has_what_the_text_needs(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    (alert,) = pending_alerts(house.con, NOW)
    assert alert.payload["incident"]["site"] == "Ain al-Asad Air Base"
    assert alert.payload["articles"] == [{"outlet": "Outlet one", "url": "https://news.example.org/one"}]


def test_a_channel_that_has_it_is_named_and_one_that_failed_is_tried_again(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    (alert,) = pending_alerts(house.con, NOW)
    mark_sent(house.con, alert.alert_id, "key-a", NOW)
    mark_failed(house.con, alert.alert_id, "key-b", "connection refused", NOW)
    later = NOW + dt.timedelta(minutes=5)
    settle(house.con, alert.alert_id, "pending", NOW, next_attempt_at=later, detail="1 of 2 failed")
    assert pending_alerts(house.con, NOW) == ()
    (again,) = pending_alerts(house.con, later)
    assert (again.delivered, again.attempts) == (frozenset({"key-a"}), 1)
    mark_sent(house.con, alert.alert_id, "key-b", later)
    settle(house.con, alert.alert_id, "sent", later)
    assert pending_alerts(house.con, later) == ()
    assert house.rows("SELECT state, attempts, sent_at FROM alerts") == [("sent", 2, later)]


def test_alerts_that_were_given_up_can_be_tried_again(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    (alert,) = pending_alerts(house.con, NOW)
    settle(house.con, alert.alert_id, "failed", NOW, detail="gone")
    assert pending_alerts(house.con, NOW) == ()
    assert retry_failed(house.con, NOW) == 1
    assert len(pending_alerts(house.con, NOW)) == 1


def test_an_alert_holds_the_paragraph_of_the_words_it_stands_on(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    (alert,) = pending_alerts(house.con, NOW)
    quote = alert.payload["quote"]
    text = house.one("SELECT title || chr(10) || chr(10) || text FROM articles")
    assert quote["paragraph"] in text
    assert quote["outlet"] == "Outlet one"
    assert 0 <= quote["start"] < len(quote["paragraph"])
    assert "stands_on" not in alert.payload
