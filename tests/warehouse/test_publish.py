"""The copy for analysts: whole at any moment, never in anybody's way, made only when something changed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from extract.knowledge import load_knowledge
from extract.records import Evidence
from tests.warehouse import making
from tests.warehouse.conftest import House
from warehouse import queries
from warehouse.connection import open_writer
from warehouse.errors import WarehouseBusy, WarehousePathError, WarehouseQueryError
from warehouse.publish import publish_if_changed
from warehouse.seeding import load_seeds

ROOT = Path(__file__).parents[2]

READER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
print(con.execute("SELECT count(*) FROM incidents").fetchone()[0], flush=True)
for line in sys.stdin:
    print(con.execute("SELECT count(*) FROM incidents").fetchone()[0], flush=True)
"""


def load_one(house: House, number: int) -> None:
    day = making.DAY.replace(day=1 + number)
    house.load(making.result(f"n{number}", making.report(f"n{number}", date=day)))
    house.resolve()


def test_a_reader_holds_its_copy_through_several_publications(house: House) -> None:
    load_one(house, 0)
    publish_if_changed(house.con, house.paths)
    command = [sys.executable, "-c", READER, str(house.paths.published)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        assert reader.stdout.readline() == "1\n"
        for number in range(1, 4):
            load_one(house, number)
            assert publish_if_changed(house.con, house.paths) is True
            reader.stdin.write("again\n")
            reader.stdin.flush()
            assert reader.stdout.readline() == "1\n"  # what it opened
        reader.stdin.close()
    assert queries.status(house.paths.published)["counts"]["incidents"] == 4


def test_readers_that_come_and_go_never_see_half_a_state(house: House) -> None:
    """Reports and incidents grow in step; a reader that finds them out of step saw half a state."""
    load_one(house, 0)
    publish_if_changed(house.con, house.paths)
    script = (
        "import sys, duckdb\n"
        "for _ in range(40):\n"
        "    with duckdb.connect(sys.argv[1], read_only=True) as con:\n"
        "        a, b = con.execute('SELECT (SELECT count(*) FROM reports), "
        "(SELECT count(*) FROM incidents)').fetchone()\n"
        "        assert a == b and a > 0, (a, b)\n"
    )
    command = [sys.executable, "-c", script, str(house.paths.published)]
    with subprocess.Popen(command) as readers:
        for number in range(1, 12):
            load_one(house, number)
            publish_if_changed(house.con, house.paths)
        assert readers.wait() == 0


def test_what_is_unchanged_is_not_published_again(house: House) -> None:
    load_one(house, 0)
    assert publish_if_changed(house.con, house.paths) is True
    before = house.paths.published.stat()
    assert publish_if_changed(house.con, house.paths) is False
    assert house.paths.published.stat() == before


def test_a_copy_that_was_deleted_is_made_again(house: House) -> None:
    publish_if_changed(house.con, house.paths)
    house.paths.published.unlink()
    assert publish_if_changed(house.con, house.paths) is True


def test_publishing_keeps_the_lock_on_the_live_file(house: House) -> None:
    """A handle of ours on the live file, closed, would free the lock that keeps a second writer out."""
    load_one(house, 0)
    publish_if_changed(house.con, house.paths)
    script = "import sys, duckdb; duckdb.connect(sys.argv[1])"
    command = [sys.executable, "-c", script, str(house.paths.live)]
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Could not set lock" in second.stderr


def test_leftovers_of_a_killed_publication_do_no_harm(house: House) -> None:
    load_one(house, 0)
    house.paths.published.with_name("tally.duckdb.tmp").write_bytes(b"half a file" * 1000)
    Path(f"{house.paths.published}.wal").write_bytes(b"somebody's log")
    assert publish_if_changed(house.con, house.paths) is True
    assert queries.status(house.paths.published)["counts"]["incidents"] == 1
    assert [path.name for path in house.paths.live.parent.glob("tally*")] == ["tally.duckdb"]


def test_the_copy_has_the_storage_format_that_older_tools_read(house: House) -> None:
    publish_if_changed(house.con, house.paths)
    with duckdb.connect(house.paths.published, read_only=True) as con:
        (tags,) = con.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'tally'").fetchone()
    assert tags["storage_version"].startswith("v1.5.0")


def test_another_writer_is_told_who_holds_the_file(house: House) -> None:
    script = (
        "import sys; from pathlib import Path; from warehouse.connection import open_writer\n"
        "from warehouse.errors import WarehouseBusy\n"
        "try:\n"
        "    with open_writer(Path(sys.argv[1])): pass\n"
        "except WarehouseBusy as busy: print(busy.pid, str(busy))\n"
    )
    command = [sys.executable, "-c", script, str(house.paths.live)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.startswith(f"{os.getpid()} ")
    assert "Wait until it has finished" in told.stdout


def test_a_writer_that_waits_gets_the_file_when_it_is_free(house: House) -> None:
    script = (
        "import sys, time, duckdb\nwith duckdb.connect(sys.argv[1]): print('held', flush=True); time.sleep(1)"
    )
    other = house.paths.live.with_name("other.duckdb")
    with open_writer(other):
        pass
    with subprocess.Popen(
        [sys.executable, "-c", script, str(other)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseBusy), open_writer(other):
            pass
        with open_writer(other, wait_seconds=20) as con:
            assert con.execute("SELECT count(*) FROM runs").fetchone() == (0,)


def test_sql_of_users_can_read_and_nothing_else(house: House, tmp_path: Path) -> None:
    load_one(house, 0)
    publish_if_changed(house.con, house.paths)
    published = house.paths.published
    assert queries.run_sql(published, "SELECT count(*) AS n FROM incidents").rows == ((1,),)
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    for sql in (
        "DELETE FROM incidents",
        "CREATE TABLE t (a INTEGER)",
        f"SELECT * FROM read_csv('{secret}')",  # noqa: S608
        f"COPY incidents TO '{tmp_path}/out.csv'",
        f"ATTACH '{tmp_path}/new.duckdb'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "SELEC 1",
    ):
        with pytest.raises(WarehouseQueryError):
            queries.run_sql(published, sql)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "secret.csv"]


EXAMPLES = re.findall(r"```sql\n(.*?)```", (ROOT / "warehouse/README.md").read_text(encoding="utf-8"), re.S)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 5


@pytest.mark.parametrize("sql", EXAMPLES, ids=[sql.splitlines()[0] for sql in EXAMPLES])
def test_the_examples_of_the_readme_run_and_find_something(sql: str, house: House) -> None:
    load_seeds(house.con, load_knowledge().sites, making.NOW)
    span = Evidence(field="wounded", quote="four", start=0, end=4)
    one, two = (
        making.report(n, us_wounded=k, wounded=k, evidence=(span,)) for n, k in (("one", 3), ("two", 4))
    )
    house.load(making.result("one", one))
    house.resolve()
    house.load(making.result("two", two))
    house.resolve()
    publish_if_changed(house.con, house.paths)
    assert queries.run_sql(house.paths.published, sql).rows


def test_asking_before_there_is_a_copy_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WarehousePathError, match="basewatch run"):
        queries.tally(tmp_path / "tally.duckdb")


def test_a_reader_kept_out_by_a_careless_one_is_told_who_it_is(house: House) -> None:
    publish_if_changed(house.con, house.paths)
    script = (
        "import sys, duckdb\nwith duckdb.connect(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(house.paths.published)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseBusy, match=f"process {holder.pid}.*read-only"):
            queries.tally(house.paths.published)
        load_one(house, 0)
        assert publish_if_changed(house.con, house.paths) is True  # not in the way of a publication
        assert queries.tally(house.paths.published).rows[0][:3] == ("Iraq", 1, 1)
        holder.communicate("")


def test_a_full_disk_stores_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    """The limit on the size of files stands for the disk."""
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.warehouse import making\n"
        "from warehouse.connection import open_writer\n"
        "from warehouse.errors import WarehousePathError\n"
        "from warehouse.load import load_readings\n"
        "with open_writer(Path(sys.argv[1])): pass\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (Path(sys.argv[1]).stat().st_size, -1))\n"
        "try:\n"
        "    with open_writer(Path(sys.argv[1])) as con:\n"
        "        text = ' '.join(map(str, range(400_000)))\n"
        "        many = [making.result(n, article=making.article(n, text=text)) for n in 'abcdefghi']\n"
        "        load_readings(con, 'run', many, making.NOW)\n"
        "except WarehousePathError as error: print(error)\n"
    )
    path = tmp_path / "basewatch.duckdb"
    command = [sys.executable, "-c", script, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert "Nothing of this step is stored" in told.stdout, told.stderr
    with open_writer(path) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_readers_in_threads_of_one_process_do_not_disturb_each_other(house: House) -> None:
    load_one(house, 0)
    publish_if_changed(house.con, house.paths)
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(len(queries.incidents(house.paths.published).rows)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1, 1, 1, 1]
