"""The main job, end to end: real HTTP, a real DuckDB file, the command line as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.flows.newsite import ATTACK, MARKET, ROOT, Run, Site, source_block

DRIVE = Path(__file__).with_name("drive.py")
STAGES = (
    "start", "pull feeds", "fetch articles", "read", "load", "resolve", "send alerts", "publish",
    "write page",
)  # fmt: skip
# Which process and which stored page did it differs between a disturbed run and an undisturbed one.
OF_THE_RUN = {"run_id", "pid", "page_file", "page_offset", "counts"}


def incidents(run: Run, site: Site) -> list[dict[str, Any]]:
    """`basewatch incidents --format json`."""
    rows: list[dict[str, Any]] = json.loads(run("incidents", "--format", "json", "--db", site.db).stdout)
    return rows


def test_a_run_loads_the_incident_and_a_second_run_loads_nothing(site: Site, basewatch: Run) -> None:
    """The brief's case in small: one attack, one unrelated story."""
    site.publish(ATTACK, MARKET)
    first = basewatch("run", "--config", site.config())
    assert first.returncode == 0, first.stderr
    (incident,) = incidents(basewatch, site)
    assert (incident["site"], incident["weapon"], incident["munitions_min"]) == (
        "US Embassy Baghdad",
        "rocket",
        14,
    )
    assert (incident["date"], incident["country"], incident["status"]) == ("2023-12-08", "Iraq", "confirmed")
    published = (site.db.parent / "tally.duckdb").stat()
    second = basewatch("run", "--config", site.config())
    assert second.returncode == 0
    assert "entries 0 new" in second.stdout
    assert "0 new, 0 updated" in second.stdout
    assert len(incidents(basewatch, site)) == 1
    assert (site.db.parent / "tally.duckdb").stat().st_ino == published.st_ino, (
        "nothing new, nothing published"
    )


def test_every_value_shown_stands_on_words_of_the_stored_text(site: Site, basewatch: Run) -> None:
    """text[start:end] == quote, for all evidence in the warehouse."""
    site.publish(ATTACK)
    basewatch("run", "--config", site.config())
    with duckdb.connect(str(site.db), read_only=True) as con:
        rows = con.execute(
            "SELECT a.title || chr(10) || chr(10) || a.text, e.start, e.end, e.quote "
            "FROM report_evidence e JOIN reports r USING (report_id) "
            "JOIN articles a ON a.article_id = r.article_id"
        ).fetchall()
    assert len(rows) > 5
    assert all(document[start:end] == quote for document, start, end, quote in rows)


def test_entries_add_up(site: Site, basewatch: Run) -> None:
    """Every entry seen ends exactly once."""
    site.publish(ATTACK, MARKET)
    basewatch("run", "--config", site.config())
    entries = json.loads(basewatch("status", "--format", "json", "--db", site.db).stdout)["entries"]
    assert entries["seen"] == 2
    assert entries["seen"] == sum(entries[k] for k in ("loaded", "rejected", "failed", "due", "given_up"))
    assert (entries["loaded"], entries["rejected"]) == (1, 1)


def test_off_topic_headlines_take_no_place_in_the_limit_of_a_run(site: Site, basewatch: Run) -> None:
    """With room for two pages a run reads two, however many headlines it refuses on the way."""
    gardens = [(f"Garden show opens its doors, part {n}", "Roses and tulips. " * 20) for n in range(6)]
    site.publish(
        *gardens, ATTACK, ("Iraq: rockets hit a second base", ATTACK[1]), ("Syria: a drone", ATTACK[1])
    )
    config = site.config("[schedule]\narticles_per_run = 2\nlook_again = []")
    due = []
    for _ in range(2):
        basewatch("run", "--config", config)
        due.append(
            json.loads(basewatch("status", "--format", "json", "--db", site.db).stdout)["entries"]["due"]
        )
    assert due == [1, 0]


# --- killed anywhere ---


def drive(config: Path, *kill: str) -> int:
    """One cycle in a process of its own."""
    command = [sys.executable, str(DRIVE), str(config), *kill]
    return subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, timeout=120, check=False
    ).returncode


def tables(db: Path) -> dict[str, list[dict[str, Any]]]:
    """Every table of the live file, without what names the run itself."""
    with duckdb.connect(str(db), read_only=True) as con:
        names = con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
            "WHERE table_name NOT IN ('runs', 'pages', 'meta', 'migrations') ORDER BY ALL"
        ).fetchall()
        return {name: rows(con, name) for (name,) in names}


def rows(con: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    """A table's rows in a fixed order."""
    result = con.execute(f"FROM {table}")
    assert result.description is not None
    columns = [c[0] for c in result.description]
    found = [
        {k: v for k, v in zip(columns, row, strict=True) if k not in OF_THE_RUN} for row in result.fetchall()
    ]
    return sorted(found, key=repr)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_run_killed_at_any_stage_is_taken_up_by_the_next(site: Site, stage: str, when: str) -> None:
    """SIGKILL, then one more run: the same tables as an undisturbed run."""
    site.publish(ATTACK, MARKET)
    config = site.config()
    undisturbed = site.folder / "undisturbed"
    assert drive(config) == 0
    site.db.parent.rename(undisturbed)
    assert drive(config, stage, when) == -9
    assert drive(config) == 0
    assert tables(site.db) == tables(undisturbed / site.db.name)
    with duckdb.connect(str(site.db.with_name("tally.duckdb")), read_only=True) as con:
        assert con.execute("SELECT attacks FROM tally(NULL, NULL) WHERE country = 'all'").fetchone() == (1,)


# --- side by side ---


def test_an_analyst_who_holds_the_copy_open_neither_blocks_nor_is_blocked(site: Site, basewatch: Run) -> None:
    """Another process keeps the published copy open through cycles that replace it."""
    site.publish(MARKET)
    assert basewatch("run", "--config", site.config()).returncode == 0
    tally = site.db.with_name("tally.duckdb")
    code = (
        "import sys, duckdb; con = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True)\n"
        "for line in sys.stdin:\n"
        "    print(con.execute('SELECT count(*) FROM incidents').fetchone()[0], flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tally)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as analyst:
        assert analyst.stdin is not None and analyst.stdout is not None
        assert analyst.stdout.readline() == "open\n"
        site.publish(ATTACK)
        assert basewatch("run", "--config", site.config()).returncode == 0
        now = incident_count(tally)
        analyst.stdin.write("count\n")
        analyst.stdin.flush()
        held = int(analyst.stdout.readline())
        analyst.stdin.close()
    assert now == held + 1, "who holds the old copy goes on reading it; a new reader reads the new one"


def incident_count(tally: Path) -> int:
    """How many incidents a new reader sees beyond documented history."""
    with duckdb.connect(str(tally), read_only=True) as con:
        (count,) = con.execute("SELECT count(*) FROM incidents").fetchone() or (0,)
        return int(count)


def test_of_two_runs_at_once_one_works_and_the_other_says_so(site: Site, basewatch: Run) -> None:
    """Nothing is damaged, nobody waits."""
    site.publish(ATTACK)
    config = site.config()
    holder = (
        "import sys; from warehouse.paths import Paths; from warehouse.runs import run_lock\n"
        "from pathlib import Path\n"
        "with run_lock(Paths(Path(sys.argv[1])), 'monitor'):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(site.db)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdin is not None and first.stdout is not None
        assert first.stdout.readline() == "held\n"
        second = basewatch("run", "--config", config)
        first.stdin.close()
    assert second.returncode == 1
    assert "under way" in second.stderr and str(first.pid) in second.stderr
    assert "Traceback" not in second.stderr
    assert basewatch("run", "--config", config).returncode == 0


# --- bad input ---


def test_a_bad_feed_or_page_costs_only_itself(site: Site, basewatch: Run) -> None:
    """A refused address, HTML for a feed, a PDF for a page: told by name; the healthy feed is loaded."""
    site.publish(ATTACK)
    site.server.expect_request("/html").respond_with_data(
        "<html><body>Hi</body></html>", content_type="text/html"
    )
    site.server.expect_request("/pdf.xml").respond_with_data(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>"
        "<item><title>US report on Iraq bases</title>"
        f"<link>{site.server.url_for('/report.pdf')}</link></item></channel></rss>",
        content_type="application/rss+xml",
    )
    site.server.expect_request("/report.pdf").respond_with_data(
        b"%PDF-1.7 ...", content_type="application/pdf"
    )
    config = site.config(
        source_block("unreachable", "http://192.0.2.1/feed.xml"),
        source_block("html", site.server.url_for("/html")),
        source_block("pdf", site.server.url_for("/pdf.xml")),
    )
    done = basewatch("run", "--config", config)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "feed html: not_a_feed" in done.stderr
    assert "feed unreachable: blocked_address" in done.stderr
    assert len(incidents(basewatch, site)) == 1
    status = json.loads(basewatch("status", "--format", "json", "--db", site.db).stdout)
    assert {f["source_id"]: f["error"] for f in status["feeds"]} == {
        "site": None, "pdf": None, "html": "not_a_feed", "unreachable": "blocked_address",
    }  # fmt: skip
    assert "pdf" in {r["reason"] for r in status["rejected"]}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "--config", "nowhere.toml"], ["nowhere.toml", "--config"]),
        (["run", "--db", "/proc/nowhere/x.duckdb"], ["/proc/nowhere", "--db"]),
        (["tally", "--db", "nothing/x.duckdb"], ["nothing", "basewatch run"]),
        (["tally", "--by", "color"], ["color", "country"]),
        (["show", "bw0", "--db", "nothing/x.duckdb"], ["nothing", "basewatch run"]),
        (["nonsense"], ["nonsense"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_usage_error_is_one_clear_message_and_exit_status_2(
    basewatch: Run, arguments: list[str], words: list[str]
) -> None:
    """What is wrong, and what to do."""
    done = basewatch(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr


def test_a_misspelt_key_is_named_with_the_right_one(site: Site, basewatch: Run) -> None:
    """Before anything is done."""
    config = site.config()
    config.write_text(config.read_text().replace("allow", "alow"))
    done = basewatch("run", "--config", config)
    assert done.returncode == 2
    assert "alow" in done.stderr and "allow" in done.stderr
    assert not site.db.exists()
