"""Backup and restore, export, rebuild, retention, and what a person is asked to look at."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.warehouse import making
from tests.warehouse.conftest import House
from tests.warehouse.making import DAY, NOW, article, entry, pulled, report, result, review, source
from warehouse import queries
from warehouse.archive import PageRef
from warehouse.backup import backup, restore
from warehouse.connection import open_writer
from warehouse.errors import WarehouseBusy, WarehouseDamaged, WarehousePathError
from warehouse.export import RELATIONS, export
from warehouse.load import Failed, ReadResult
from warehouse.paths import Paths
from warehouse.publish import publish_if_changed
from warehouse.rebuild import begin_rebuild, end_rebuild, note_rebuild, stored_articles, stored_pages
from warehouse.retention import forget_entries
from warehouse.reviews import add_review
from warehouse.runs import finish_run, run_lock, start_run
from warehouse.state import due_entries, record_pull, sync_sources


def filled(paths: Paths, *names: str) -> None:
    with open_writer(paths.live) as con:
        house = House(paths, con)
        sync_sources(con, [source()], NOW)
        record_pull(con, "run", [pulled(*(entry(name) for name in names))], NOW)
        house.load(*(result(name) for name in names))
        house.resolve()
        publish_if_changed(con, paths)


def test_a_backup_comes_back_whole(paths: Paths, tmp_path: Path) -> None:
    filled(paths, "one")
    saved = tmp_path / "saved.duckdb"
    assert backup(paths, saved) > 0
    filled(paths, "two")
    kept = restore(paths, saved)
    assert kept is not None
    assert kept.exists()
    with open_writer(paths.live) as con:
        assert con.execute("SELECT article_id FROM articles").fetchall() == [("a-one",)]
    assert queries.status(paths.published)["counts"]["articles"] == 1


def test_nothing_is_overwritten_and_nothing_restored_that_is_no_backup(paths: Paths, tmp_path: Path) -> None:
    filled(paths, "one")
    (tmp_path / "there.duckdb").write_text("x")
    with pytest.raises(WarehousePathError, match="already"):
        backup(paths, tmp_path / "there.duckdb")
    with pytest.raises(WarehouseDamaged):
        restore(paths, tmp_path / "there.duckdb")
    with pytest.raises(WarehousePathError):
        restore(paths, tmp_path / "missing.duckdb")
    assert queries.status(paths.published)["counts"]["articles"] == 1


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_every_relation_is_exported_and_reads_back(form: str, paths: Paths, tmp_path: Path) -> None:
    filled(paths, "one", "two")
    files = export(paths.published, tmp_path / "out", form)  # type: ignore[arg-type]
    assert {file.stem for file in files} == set(RELATIONS)
    with duckdb.connect() as con:
        back = con.sql(f"FROM '{tmp_path}/out/incidents.{form}'").project("incident_id, reports").fetchall()
    assert back == [(making.incident_id("one"), 2)]


def test_lists_in_csv_are_json(paths: Paths, tmp_path: Path) -> None:
    filled(paths, "one", "two")
    export(paths.published, tmp_path, "csv", ("incidents",))
    with (tmp_path / "incidents.csv").open(newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert json.loads(row["voices"]) == ["Family one", "Family two"]


def test_geojson_has_points_and_admits_what_has_no_place(house: House, tmp_path: Path) -> None:
    house.load(
        result("one", report("one", lat=33.8, lon=42.4)), result("two", report("two", site_id="al_tanf"))
    )
    house.resolve()
    publish_if_changed(house.con, house.paths)
    (file,) = export(house.paths.published, tmp_path, "geojson")
    shapes = [feature["geometry"] for feature in json.loads(file.read_text())["features"]]
    assert sorted(map(str, shapes)) == sorted(["{'type': 'Point', 'coordinates': [42.4, 33.8]}", "None"])


def test_an_unknown_relation_or_folder_is_an_error_with_words(paths: Paths, tmp_path: Path) -> None:
    filled(paths, "one")
    with pytest.raises(WarehousePathError, match="no relation nonsense"):
        export(paths.published, tmp_path, "csv", ("nonsense",))
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehousePathError):
        export(paths.published, tmp_path / "file" / "x", "csv")


def test_a_rebuild_goes_through_all_articles_and_on_from_where_it_was_killed(house: House) -> None:
    house.load(*(result(f"n{n}") for n in range(5)))
    seen = [[one.article_id for one in batch] for batch in stored_articles(house.con, batch=2)]
    assert seen == [["a-n0", "a-n1"], ["a-n2", "a-n3"], ["a-n4"]]
    first = next(iter(stored_articles(house.con, begin_rebuild(house.con, "2"), batch=2)))
    assert first[0] == article("n0")
    note_rebuild(house.con, "2", first[-1].article_id)
    again = list(stored_articles(house.con, begin_rebuild(house.con, "2"), batch=9))
    assert [one.article_id for batch in again for one in batch] == ["a-n2", "a-n3", "a-n4"]
    assert begin_rebuild(house.con, "3") == ""
    end_rebuild(house.con, "2")
    assert begin_rebuild(house.con, "2") == ""


def test_a_rebuild_that_reads_the_same_changes_nothing_and_better_rules_do(house: House) -> None:
    house.load(result("one"), result("two"))
    house.resolve()
    before = house.dump()
    house.load(*(replace(result(name), entry_id=None) for name in ("one", "two")), quiet=True)
    house.resolve(quiet=True)
    assert house.dump() == before
    house.load(replace(result("two", report("two", weapon="rocket", wounded=2)), entry_id=None), quiet=True)
    house.resolve(quiet=True)
    assert house.rows("SELECT wounded, reports FROM incidents") == [(2, 2)]
    assert house.one("SELECT count(*) FROM alerts") == 1


def test_reviews_survive_a_rebuild(house: House) -> None:
    house.load(result("one"), result("two"))
    house.resolve()
    add_review(house.con, review("r1", "dismiss", making.incident_id("one"), "a-one-0", "a-two-0"))
    house.resolve()
    again = replace(result("one", report("one", rules_version="2")), entry_id=None)
    house.load(again, quiet=True)
    house.resolve(quiet=True)
    assert house.rows("SELECT status, reports FROM incidents") == [("dismissed", 2)]


def test_a_review_merges_what_stood_apart_and_the_old_id_leads_on(house: House) -> None:
    house.load(result("one"), result("two", report("two", site_id="shaddadi", country="Iraq")))
    house.resolve()
    merge = review("r1", "merge", making.incident_id("one"), "a-one-0", other_report_ids=("a-two-0",))
    assert add_review(house.con, merge) is True
    assert add_review(house.con, merge) is False
    house.resolve()
    assert house.rows("SELECT incident_id, reports FROM incidents") == [(making.incident_id("one"), 2)]
    assert house.rows("SELECT old_id, new_id FROM incident_redirects") == [
        (making.incident_id("two"), making.incident_id("one"))
    ]
    add_review(house.con, review("r2", "undo", making.incident_id("one"), undoes="r1"))
    assert house.one("SELECT count(*) FROM internal.dirty_days") == 1


def test_pages_are_found_by_their_newest_copy_with_their_entry(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled(entry("one"))], NOW)
    for offset in (0, 700):
        moment = NOW + dt.timedelta(seconds=offset)
        page = PageRef("pages-20231110-0001.warc.gz", offset, 700)
        house.load(replace(result("one"), page=page, page_fetched_at=moment))
    (batch,) = stored_pages(house.con)
    assert [(page.offset, page.subject) for page in batch] == [(700, "e-one")]
    assert batch[0].entry is not None
    assert batch[0].entry["source_id"] == "example"


def test_a_failed_entry_is_due_again_and_given_up_in_the_end(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled(entry("one"))], NOW)
    later = NOW + dt.timedelta(hours=1)
    house.load(ReadResult(entry_id="e-one", failed=Failed(reason="timeout", detail="30 s", due_at=later)))
    assert due_entries(house.con, NOW) == ()
    (due,) = due_entries(house.con, later)
    assert (due.attempts, due.reason, due.entry) == (1, "timeout", entry("one"))
    house.load(ReadResult(entry_id="e-one", failed=Failed(reason="timeout", detail="30 s", due_at=None)))
    assert due_entries(house.con, later) == ()
    publish_if_changed(house.con, house.paths)
    assert queries.status(house.paths.published)["entries"]["given_up"] == 1


def test_an_entry_whose_words_change_is_due_again_but_not_for_ever(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled(entry("one"))], NOW)
    for number in range(40):
        house.load(result("one"))
        changed = entry("one", title=f"Corrected {number}")
        record_pull(house.con, "run", [pulled(changed)], NOW)
    assert due_entries(house.con, NOW) == ()
    assert house.rows("SELECT updates, title FROM internal.entries") == [(24, "Corrected 23")]


def test_old_entries_that_came_to_nothing_are_forgotten_and_the_sums_still_agree(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled(entry("one"), entry("two"))], NOW)
    house.load(result("one"), replace(result("two"), reading=making.reading("two", reason="off_topic")))
    assert forget_entries(house.con, NOW) == 0
    assert forget_entries(house.con, NOW + dt.timedelta(days=200)) == 1
    publish_if_changed(house.con, house.paths)
    told = queries.status(house.paths.published)
    assert told["entries"]["seen"] == told["entries"]["loaded"] == 1
    assert told["rejected"] == []


def test_reconciling_names_what_may_be_missing_and_what_too_many(house: House) -> None:
    house.load(
        result("claim", report("claim", site_id="al_tanf", claimed_by="iri", confirmed_by="none")),
        result("lone", report("lone", site_id="shaddadi", confirmed_by="none")),
        result("sure"),
        result("past", report("past", site_id="tower_22", current=False)),
    )
    house.resolve()
    publish_if_changed(house.con, house.paths)
    named = queries.reconcile(house.paths.published, DAY, DAY).dicts()
    assert sorted((row["verdict"], row["site"], row["because"]) for row in named) == [
        ("maybe_missing", "Al-Tanf Garrison", "only the attackers say so"),
        ("maybe_missing", "Tower 22", "only background tells of it"),
        ("maybe_too_many", "Shaddadi", "a single source"),
    ]


def test_the_review_queue_holds_the_doubtful_until_somebody_decides(house: House) -> None:
    house.load(
        result("one", report("one", wounded=3)),
        result("two", report("two", wounded=5)),
        result("sure", report("sure", site_id="al_tanf")),
    )
    house.resolve()
    publish_if_changed(house.con, house.paths)
    (row,) = queries.review_queue(house.paths.published).dicts()
    assert (row["incident_id"], row["reasons"]) == (
        making.incident_id("one"),
        ["outlets disagree on wounded"],
    )
    add_review(house.con, review("r1", "confirm", row["incident_id"], "a-one-0", "a-two-0"))
    house.resolve()
    publish_if_changed(house.con, house.paths)
    assert queries.review_queue(house.paths.published).rows == ()


def test_two_runs_at_once_one_works_and_the_other_says_why_not(paths: Paths) -> None:
    with (
        run_lock(paths, "monitor", NOW),
        pytest.raises(WarehouseBusy, match=r"a monitor is under way .process .*, since 2023-11-10T12:00:00"),
        run_lock(paths),
    ):
        pass
    with run_lock(paths):
        pass


def test_a_run_is_noted_with_what_it_did(house: House) -> None:
    run_id = start_run(house.con, "monitor", NOW, "0.1.0")
    finish_run(house.con, run_id, NOW + dt.timedelta(seconds=9), "done", {"loaded": 3})
    publish_if_changed(house.con, house.paths)
    (run,) = queries.status(house.paths.published)["runs"]
    assert (run["outcome"], run["counts"]) == ("done", {"loaded": 3})
