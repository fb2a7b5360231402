"""A cycle's steps on a real file: pull, load, resolve, publish, ask."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.warehouse import making
from tests.warehouse.conftest import House
from tests.warehouse.making import NOW, article, entry, pulled, reading, report, result, source
from warehouse import queries
from warehouse.publish import publish_if_changed
from warehouse.state import due_entries, due_sources, record_pull, sync_sources


def run_cycle(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled(entry("one"), entry("two"))], NOW)
    house.load(result("one"), result("two"))
    house.resolve()
    publish_if_changed(house.con, house.paths)


def test_two_articles_on_one_attack_are_one_incident_with_its_evidence(house: House) -> None:
    run_cycle(house)
    found = queries.incidents(house.paths.published).dicts()
    assert [(one["site_id"], one["reports"], one["status"]) for one in found] == [
        ("ain_al_asad", 2, "confirmed")
    ]
    card = queries.incident_card(house.paths.published, found[0]["incident_id"])
    assert card is not None
    assert [one["report_id"] for one in card["reports"]] == ["a-one-0", "a-two-0"]
    assert card["reports"][0]["evidence"] == [{"field": "weapon", "quote": "drone", "start": 2, "end": 7}]
    assert [one["change"] for one in card["history"]] == ["created", "report_added", "report_added"]


def test_the_tally_counts_it_once_in_its_country(house: House) -> None:
    run_cycle(house)
    rows = queries.tally(house.paths.published).dicts()
    assert [(row["country"], row["attacks"], row["confirmed"]) for row in rows] == [
        ("Iraq", 1, 1),
        ("Syria", 0, 0),
        ("all", 1, 1),
    ]


def test_every_entry_ends_once_and_the_sums_agree(house: House) -> None:
    run_cycle(house)
    record_pull(house.con, "run", [pulled(entry("three"))], NOW)
    publish_if_changed(house.con, house.paths)
    counted = queries.status(house.paths.published)["entries"]
    assert counted == {"seen": 3, "loaded": 2, "rejected": 0, "failed": 0, "due": 1, "given_up": 0}


def test_a_second_cycle_with_the_same_news_changes_nothing(house: House) -> None:
    run_cycle(house)
    before = house.dump()
    sync_sources(house.con, [source()], NOW)
    assert record_pull(house.con, "run", [pulled(entry("one"), entry("two"))], NOW).new == 0
    assert due_entries(house.con, NOW) == ()
    house.load()
    assert house.resolve() == type(house.resolve())()
    assert publish_if_changed(house.con, house.paths) is False
    assert house.dump() == before


def test_loading_the_same_results_again_changes_no_table(house: House) -> None:
    run_cycle(house)
    before = house.dump()
    summary = house.load(result("one"), result("two"))
    assert (summary.articles_new, summary.articles_changed) == (0, 0)
    house.resolve()
    assert house.dump() == before


def test_a_source_is_due_until_polled_and_again_when_its_time_has_come(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    assert [one.source for one in due_sources(house.con, NOW)] == [source()]
    record_pull(house.con, "run", [pulled()], NOW)
    assert due_sources(house.con, NOW) == ()
    later = due_sources(house.con, NOW + dt.timedelta(minutes=15))
    assert [(one.etag, one.body_hash, one.status) for one in later] == [('"1"', "h1", "ok")]


def test_a_changed_text_replaces_its_reports_and_what_was_joined_is_parted(house: House) -> None:
    run_cycle(house)
    moved = replace(
        result("two", report("two", site_id="al_tanf")),
        article=article("two", text="It was Tanf. A correction."),
    )
    summary = house.load(moved)
    assert (summary.articles_new, summary.articles_changed) == (0, 1)
    house.resolve()
    assert house.rows("SELECT site_id, reports FROM incidents ORDER BY 1") == [
        ("ain_al_asad", 1),
        ("al_tanf", 1),
    ]
    assert house.one("SELECT versions FROM articles WHERE article_id = 'a-two'") == 2
    assert house.one("SELECT count(*) FROM internal.article_versions WHERE article_id = 'a-two'") == 2


def test_an_article_read_again_as_irrelevant_takes_its_incident_with_it(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    gone = replace(result("one"), reading=reading("one", reason="history_piece"))
    assert house.load(gone).rejected == 1
    house.resolve()
    assert house.one("SELECT count(*) FROM incidents") == 0
    assert house.rows("SELECT change FROM incident_history")[-1:] == [("removed",)]
    assert house.rows("SELECT stage, reason FROM rejections") == [("read", "history_piece")]


def test_an_earlier_report_that_comes_late_leaves_a_redirect(house: House) -> None:
    house.load(result("one"))
    house.resolve()
    early = article("zero", seen_at=NOW - dt.timedelta(hours=3))
    house.load(replace(result("zero"), article=early))
    house.resolve()
    assert house.rows("SELECT incident_id FROM incidents") == [(making.incident_id("zero"),)]
    assert house.rows("SELECT old_id, new_id FROM incident_redirects") == [
        (making.incident_id("one"), making.incident_id("zero"))
    ]
    publish_if_changed(house.con, house.paths)
    card = queries.incident_card(house.paths.published, making.incident_id("one"))
    assert card is not None
    assert card["redirected_from"] == making.incident_id("one")
    assert [one["change"] for one in card["history"]] == [
        "created", "report_added", "report_added", "value", "merged",
    ]  # fmt: skip
