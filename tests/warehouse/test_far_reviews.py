"""Decisions that reach farther than resolution looks: a merge across months, a date corrected by a year."""

from __future__ import annotations

import datetime as dt

from extract.dedup import HALO_DAYS, resolve
from extract.knowledge import load_knowledge
from tests.warehouse import making
from tests.warehouse.conftest import House
from warehouse.resolution import resolve_dirty
from warehouse.reviews import add_review

EARLY, LATE = dt.date(2022, 11, 9), dt.date(2023, 11, 9)


def settle(house: House) -> None:
    resolve_dirty(house.con, resolve, load_knowledge(), "run", making.NOW, halo_days=HALO_DAYS)


def load(house: House, name: str, day: dt.date) -> None:
    moment = dt.datetime.combine(day, dt.time(18), tzinfo=dt.UTC)
    article = making.article(name, published_at=moment, seen_at=moment)
    house.load(making.result(name, making.report(name, date=day), article=article))
    settle(house)


def clusters(house: House) -> set[tuple[str, ...]]:
    told = house.rows("SELECT list(report_id ORDER BY report_id) FROM reports GROUP BY incident_id")
    assert len(told) == house.one("SELECT count(*) FROM incidents")
    return {tuple(ids) for (ids,) in told}


def test_a_merge_across_a_year_holds_when_news_comes_at_either_end(house: House) -> None:
    """One paper had the year wrong; an analyst merged, and the campaign went on."""
    load(house, "one", EARLY)
    load(house, "two", LATE)
    add_review(house.con, making.review("r1", "merge", "", "a-one-0", other_report_ids=("a-two-0",)))
    settle(house)
    assert clusters(house) == {("a-one-0", "a-two-0")}
    for name, day in (("three", LATE + dt.timedelta(days=5)), ("four", EARLY - dt.timedelta(days=5))):
        load(house, name, day)
        assert ("a-one-0", "a-two-0") in clusters(house)
    assert len(clusters(house)) == 3


def test_an_incident_whose_date_was_corrected_by_a_year_is_not_lost(house: House) -> None:
    """It lies in a year in which none of its reports does."""
    load(house, "one", EARLY)
    add_review(
        house.con,
        making.review("r1", "correct", "", "a-one-0", field="date", value=f'"{LATE.isoformat()}"'),
    )
    settle(house)
    assert house.rows("SELECT date FROM incidents") == [(LATE,)]
    load(house, "two", LATE + dt.timedelta(days=3))
    load(house, "three", EARLY + dt.timedelta(days=3))
    told = "SELECT i.date FROM incidents i JOIN reports r USING (incident_id) WHERE r.report_id = 'a-one-0'"
    assert house.rows(told) == [(LATE,)]
    assert len(clusters(house)) == 3


def test_an_incident_that_lost_a_report_is_no_reason_to_look_further(house: House) -> None:
    """The stored count of reports is then greater than what there is to read."""
    for name in ("one", "two"):
        house.load(making.result(name))
    settle(house)
    assert clusters(house) == {("a-one-0", "a-two-0")}
    house.load(making.result("two", making.report("two", site_id="al_tanf")))
    house.load(making.result("one", reading=making.reading("one", reason="no_attack")))
    settle(house)
    assert clusters(house) == {("a-two-0",)}
