"""Opening files: ours are brought up to date; newer, foreign and damaged ones are refused with words."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import House
from warehouse.connection import open_reader, open_writer
from warehouse.errors import WarehouseDamaged, WarehousePathError, WarehouseTooNew
from warehouse.migrate import migrate, schema_number
from warehouse.sqlfiles import folder

CONTRACT = [
    "alerts", "articles", "incident_history", "incident_reports", "incidents", "rejections",
    "report_evidence", "reports",
    "reviews", "runs", "source_health", "sources", "stated_tallies", "tally_against_stated",
    "tally_by_claimant", "tally_by_day", "tally_by_month", "tally_by_site", "tally_by_weapon",
]  # fmt: skip


def test_opening_twice_migrates_once(house: House) -> None:
    assert migrate(house.con) == 0
    assert house.one("SELECT max(number) FROM internal.migrations") == schema_number()


def test_every_contract_relation_is_there_and_can_be_read(house: House) -> None:
    for name in CONTRACT:
        assert house.rows(f"FROM {name}") == []


def test_every_relation_and_column_that_users_see_has_a_comment(house: House) -> None:
    bare = house.rows(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE NOT internal AND schema_name = 'main' AND comment IS NULL "
        "AND database_name = current_database()"
    )
    assert bare == []
    named = house.rows(
        "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL AND NOT internal AND NOT temporary "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal"
    )
    assert named == []
    macro = house.rows("SELECT comment FROM duckdb_functions() WHERE function_name = 'tally'")
    assert "local days" in macro[0][0]


def test_a_newer_file_is_refused_and_left_alone(house: House) -> None:
    house.con.execute("INSERT INTO internal.migrations (number, name, hash) VALUES (9999, 'later', 'x')")
    path, copy = house.paths.live, house.paths.live.with_name("copy.duckdb")
    house.con.execute("CHECKPOINT")
    shutil.copy(path, copy)
    before = copy.read_bytes()
    with pytest.raises(WarehouseTooNew, match="Upgrade basewatch"), open_writer(copy):
        pass
    with pytest.raises(WarehouseTooNew), open_reader(copy):
        pass
    assert copy.read_bytes() == before


def test_a_migration_that_fails_leaves_nothing_behind(house: House, tmp_path: Path) -> None:
    bad = tmp_path / "0099_bad.sql"
    bad.write_text("CREATE TABLE half (a INTEGER); SELECT no_such_column FROM half;")
    with pytest.raises(duckdb.Error):
        migrate(house.con, migrations=(*folder("migrations"), bad))
    assert house.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'half'") == []
    assert house.one("SELECT max(number) FROM internal.migrations") == schema_number()


def test_a_migration_edited_after_it_ran_is_noticed(house: House, tmp_path: Path) -> None:
    first, *rest = folder("migrations")
    edited = tmp_path / first.name
    edited.write_text(first.read_text() + "-- edited")
    with pytest.raises(WarehouseDamaged, match=first.name):
        migrate(house.con, migrations=(edited, *rest))


def test_a_later_migration_runs_and_the_views_are_made_again(house: House, tmp_path: Path) -> None:
    later = tmp_path / "0099_more.sql"
    later.write_text("ALTER TABLE runs ADD COLUMN host VARCHAR;")
    house.con.execute("DROP VIEW tally_by_day")
    assert migrate(house.con, migrations=(*folder("migrations"), later)) == 1
    assert house.rows("SELECT host FROM runs") == []
    assert house.rows("FROM tally_by_day") == []


def test_a_database_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(path) as con:
        con.execute("CREATE TABLE customers (a INTEGER)")
    with pytest.raises(WarehouseDamaged, match="customers"), open_writer(path):
        pass
    with duckdb.connect(path) as con:
        assert con.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("customers",)]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_text("not a database at all, but long enough to look at" * 200)
    with pytest.raises(WarehouseDamaged, match="restore a backup"), open_writer(path):
        pass


@pytest.mark.parametrize("cut", [0, 5000, 100_000])
def test_a_damaged_file_is_refused(cut: int, house: House) -> None:
    house.con.execute("CHECKPOINT")
    copy = house.paths.live.with_name("copy.duckdb")
    content = bytearray(house.paths.live.read_bytes())
    content[cut : cut + 12_000] = b"\xff" * 12_000
    copy.write_bytes(content)
    with pytest.raises(WarehouseDamaged), open_writer(copy) as con:
        con.execute("FROM sources").fetchall()


def test_a_path_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehousePathError, match="--db"), open_writer(tmp_path / "file" / "x.duckdb"):
        pass
    with pytest.raises(WarehousePathError, match="is a folder"), open_writer(tmp_path):
        pass
