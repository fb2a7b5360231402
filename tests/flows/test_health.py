"""Feeds that fail, fall silent, move or go; pages that change: simulated days against a real server."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from werkzeug import Request, Response

from flows.cycle import Cycle, Summary, run_cycle
from flows.health import judge
from flows.settings import load_settings
from tests.flows.newsite import ATTACK, MARKET, NOW, Site
from warehouse.connection import open_writer
from warehouse.paths import Paths

DAY = dt.timedelta(days=1)


def row(**more: Any) -> dict[str, Any]:
    """A feed that is well, polled a minute ago."""
    well = {
        "source_id": "a", "url": "https://a.example/feed", "status": "ok", "error": None, "detail": None,
        "failures_in_a_row": 0, "last_attempt_at": NOW, "last_success_at": NOW, "last_new_entry_at": NOW,
        "next_due_at": NOW, "moved_to": None, "moved_since": None, "usual_gap_seconds": 3600.0,
        "newest_published_at": NOW,
    }  # fmt: skip
    return well | more


FAILED = {"status": "error", "error": "timeout"}
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "one that was never polled": ({"last_attempt_at": None}, "new"),
    "one that is well": ({}, "ok"),
    "one that failed once": ({**FAILED, "failures_in_a_row": 1}, "degraded"),
    "one that failed twice": ({**FAILED, "failures_in_a_row": 2}, "dead"),
    "one that refuses us": ({"status": "error", "error": "robots", "failures_in_a_row": 2}, "blocked"),
    "one that is gone": ({"status": "error", "error": "gone", "failures_in_a_row": 2}, "gone"),
    "an hourly one with nothing for two days": ({"last_new_entry_at": NOW - 2 * DAY}, "ok"),
    "an hourly one with nothing for four days": ({"last_new_entry_at": NOW - 4 * DAY}, "silent"),
    "a weekly one with nothing for two weeks": (
        {"last_new_entry_at": NOW - 14 * DAY, "usual_gap_seconds": 7 * 86400.0}, "ok",
    ),
    "a weekly one with nothing for four weeks": (
        {"last_new_entry_at": NOW - 28 * DAY, "usual_gap_seconds": 7 * 86400.0}, "silent",
    ),
    "one of unknown rhythm with nothing for ten days": (
        {"last_new_entry_at": NOW - 10 * DAY, "usual_gap_seconds": None}, "ok",
    ),
    "one whose newest entry is old": ({"newest_published_at": NOW - 40 * DAY}, "stale"),
    "one that moved yesterday": ({"moved_to": "https://b.example", "moved_since": NOW - DAY}, "ok"),
    "one that moved last week": ({"moved_to": "https://b.example", "moved_since": NOW - 7 * DAY}, "moved"),
    "one with a defect": ({"status": "degraded", "detail": "cut short"}, "degraded"),
    "one that never had an entry": ({"last_new_entry_at": None, "newest_published_at": None}, "ok"),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "verdict"), CASES.values(), ids=CASES.keys())
def test_a_feed_is_judged_against_its_own_rhythm(changed: dict[str, Any], verdict: str) -> None:
    """The verdict, with a reason where it is not well."""
    health = judge(row(**changed), NOW)
    assert health.verdict == verdict
    assert health.reason or verdict == "ok"


class Days:
    """Cycles of the monitor at simulated moments."""

    def __init__(self, site: Site, *blocks: str) -> None:
        self.settings, self.now, self.asked = load_settings(site.config(*blocks), env={}), NOW, Counter[str]()
        self.site = site

    def cycle(self, **later: float) -> Summary:
        """One, so much later."""
        self.now += dt.timedelta(**later)
        moment = self.now
        before = Counter(r.path for r, _ in self.site.server.log)
        done = run_cycle(
            Cycle(settings=self.settings, paths=Paths(self.settings.warehouse.path), clock=lambda: moment)
        )
        self.asked = Counter(r.path for r, _ in self.site.server.log) - before
        return done

    def value(self, sql: str) -> Any:
        """One value of the live file."""
        with open_writer(self.settings.warehouse.path) as con:
            ((found,),) = con.execute(sql).fetchall()
            return found


def test_a_page_that_tells_of_an_attack_is_looked_at_twice_again(site: Site) -> None:
    """And what has changed reaches the incident; a page that is taken down changes nothing."""
    site.publish(ATTACK, MARKET)
    days = Days(site)
    days.cycle()
    assert days.value("SELECT wounded FROM incidents WHERE origin = 'live'") == 0
    title, text = ATTACK
    site.stories[0] = (title, text.replace("There were no casualties", "Two US soldiers were wounded"))
    days.cycle(hours=3)
    assert days.asked["/story/0"] == 0
    days.cycle(hours=4)
    assert (days.asked["/story/0"], days.asked["/story/1"]) == (1, 0)
    assert days.value("SELECT wounded FROM incidents WHERE origin = 'live'") == 2
    days.cycle(hours=1)
    assert days.asked["/story/0"] == 0
    site.taken_down.add(0)
    days.cycle(hours=29)
    assert days.asked["/story/0"] == 1
    assert days.value("SELECT wounded FROM incidents WHERE origin = 'live'") == 2
    days.cycle(hours=1)
    assert days.asked["/story/0"] == 0
    days.cycle(hours=6)
    assert days.asked["/story/0"] == 1, "a look that came to nothing is owed for a while"
    days.cycle(days=2)
    assert days.asked["/story/0"] == 0


def test_a_look_that_a_sleeping_machine_missed_is_made_up_for_once(site: Site) -> None:
    """Both looks fell into the pause; one is enough. With none configured, nothing is looked at again."""
    site.publish(ATTACK)
    days = Days(site)
    days.cycle()
    days.cycle(hours=44)
    assert days.asked["/story/0"] == 1
    for _ in range(3):
        days.cycle(hours=7)
        assert days.asked["/story/0"] == 0
    never = Days(site, "[schedule]\nlook_again = []")
    never.settings = never.settings.model_copy(
        update={
            "warehouse": never.settings.warehouse.model_copy(update={"path": site.folder / "never.duckdb"})
        }
    )
    never.cycle()
    never.cycle(hours=7)
    assert never.asked["/story/0"] == 0


def test_a_quiet_feed_is_asked_less_often_and_in_full(site: Site) -> None:
    """A server that says "not modified" for ever is found out within a day or so."""
    site.publish(MARKET)
    said: list[bool] = []

    def lying(request: Request) -> Response:
        conditional = "If-None-Match" in request.headers
        said.append(conditional)
        if conditional:
            return Response(status=304)
        return Response(site.feed(), content_type="application/rss+xml", headers={"ETag": '"always"'})

    site.server.clear()
    site.server.expect_request("/feed.xml").respond_with_handler(lying)
    site.server.expect_request("/robots.txt").respond_with_data("")
    days = Days(site)
    days.cycle()
    days.cycle(hours=12)  # quiet for 12 hours: asked every half hour now
    assert said == [False, True]
    days.cycle(minutes=15)
    assert len(said) == 2
    days.cycle(minutes=20)
    assert said == [False, True, True]
    site.publish(ATTACK)
    days.cycle(hours=2)
    assert days.value("SELECT count(*) FROM internal.entries") == 1, "the server says that nothing is new"
    days.cycle(hours=12)
    assert said[-1] is False, "asked in full"
    assert days.value("SELECT count(*) FROM internal.entries") == 2
    days.cycle(minutes=15)
    assert said[-1] is True, "as often as ever, and conditionally"


def test_a_move_is_believed_when_it_has_held_and_left_when_it_fails(site: Site) -> None:
    """301, and the new address later out of order."""
    site.publish(MARKET)
    works = [True]

    def new(request: Request) -> Response:
        if not works[0]:
            return Response(status=500)
        return Response(site.feed(), content_type="application/rss+xml")

    site.server.clear()
    site.server.expect_request("/robots.txt").respond_with_data("")
    site.server.expect_request("/new").respond_with_handler(new)
    redirect = Response(status=301, headers={"Location": "/new"})
    site.server.expect_request("/feed.xml").respond_with_response(redirect)
    days = Days(site)
    days.cycle()
    assert days.asked["/feed.xml"] == 1
    days.cycle(days=1)
    assert days.asked["/feed.xml"] == 1
    days.cycle(days=3)
    assert (days.asked["/feed.xml"], days.asked["/new"]) == (0, 1)
    days.cycle(days=1)
    assert (days.asked["/feed.xml"], days.asked["/new"]) == (0, 1), "it stays where it moved to"
    works[0] = False
    days.cycle(days=1)
    days.cycle(days=1)
    days.cycle(days=1)
    assert days.asked["/feed.xml"] == 1, "asked where it was before"


def test_a_feed_that_is_gone_is_asked_once_a_month(site: Site) -> None:
    """410 twice."""
    site.server.clear()
    site.server.expect_request("/robots.txt").respond_with_data("")
    site.server.expect_request("/feed.xml").respond_with_data("", status=410)
    days = Days(site)
    asked = []
    for _ in range(35):
        days.cycle(days=1)
        asked.append(days.asked["/feed.xml"])
    assert asked[:3] == [1, 1, 0]
    assert sum(asked) == 3


def test_a_feed_in_trouble_is_told_within_two_runs_and_once(site: Site) -> None:
    """A notice in the outbox, an event for Prefect."""
    site.server.clear()
    site.server.expect_request("/robots.txt").respond_with_data("")
    site.server.expect_request("/feed.xml").respond_with_data("<html></html>", content_type="text/html")
    days = Days(site)
    assert days.cycle().unwell == ()
    (unwell,) = days.cycle(minutes=15).unwell
    assert (unwell.source_id, unwell.verdict) == ("site", "dead")
    for _ in range(6):
        assert days.cycle(days=1).unwell == ()
    assert days.value("SELECT count(*) FROM alerts WHERE kind = 'notice'") == 1
