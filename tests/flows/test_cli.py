"""The command line itself: what it says, what it prints where, and what it does not import."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.cli import COMMANDS, cli
from flows.output import Rows, as_csv, as_json, safe
from tests.flows.newsite import ATTACK, ROOT, Run, Site

HEAVY = (
    "prefect",
    "httpx",
    "trafilatura",
    "bs4",
    "lxml",
    "feedparser",
    "apprise",
    "pydantic",
    "jinja2",
    "rapidfuzz",
)


def imported(*arguments: str) -> set[str]:
    """The top-level modules that a command has imported when it ends."""
    code = (
        "import sys\nfrom flows.cli import cli\n"
        "try:\n    cli(sys.argv[1:])\nexcept BaseException:\n    pass\n"
        "print('\\n@' + ' '.join({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stderr.rsplit("@", 1)[1].split())


def test_help_imports_neither_prefect_nor_scraping_nor_duckdb() -> None:
    """It must answer at once."""
    names = imported("--help")
    assert "click" in names
    assert not names & {*HEAVY, "duckdb"}


def test_tally_imports_neither_prefect_nor_scraping(site: Site, basewatch: Run) -> None:
    """A reading command needs DuckDB and the terminal only."""
    site.publish(ATTACK)
    assert basewatch("run", "--config", site.config()).returncode == 0
    names = imported("tally", "--db", str(site.db))
    assert "duckdb" in names
    assert not names & set(HEAVY)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    """Each has a help text of its own, and the list's line."""
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.help
    assert COMMANDS[name][1].endswith(".")


@pytest.fixture
def loaded(site: Site, basewatch: Run) -> Path:
    """A warehouse with one incident."""
    site.publish(ATTACK)
    assert basewatch("run", "--config", site.config()).returncode == 0
    return site.db


@pytest.mark.parametrize(
    "command",
    [["tally"], ["tally", "--by", "site"], ["incidents"], ["sql", "FROM tally_by_day"], ["status"]],
    ids=" ".join,
)
def test_results_come_as_table_json_and_csv_on_stdout_alone(
    loaded: Path, basewatch: Run, command: list[str]
) -> None:
    """Machines read the last two."""
    for form in ("table", "json", "csv"):
        done = basewatch(*command, "--format", form, "--db", loaded)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip()
        if form == "json":
            assert json.loads(done.stdout)
        if form == "csv":
            assert list(csv.DictReader(io.StringIO(done.stdout)))


def test_show_prints_values_words_and_history(loaded: Path, basewatch: Run) -> None:
    """A stranger can retrace every value."""
    (incident,) = json.loads(basewatch("incidents", "--format", "json", "--db", loaded).stdout)
    done = basewatch("show", incident["incident_id"], "--db", loaded)
    assert done.returncode == 0
    for words in ("US Embassy Baghdad", "“Fourteen rockets", "History", "created", "http://"):
        assert words in done.stdout
    card = json.loads(basewatch("show", incident["incident_id"], "--format", "json", "--db", loaded).stdout)
    assert card["incident"]["site_id"] == "us_embassy_baghdad"
    assert card["reports"][0]["evidence"]


def test_the_history_of_an_incident_names_outlets(loaded: Path, basewatch: Run) -> None:
    """Whose report it was, and not its hash."""
    (incident,) = json.loads(basewatch("incidents", "--format", "json", "--db", loaded).stdout)
    card = json.loads(basewatch("show", incident["incident_id"], "--format", "json", "--db", loaded).stdout)
    outlet = card["reports"][0]["outlet"]
    shown = basewatch("show", incident["incident_id"], "--db", loaded).stdout
    lines = shown[shown.index("History") :].splitlines()
    assert any("created" in line and outlet in line for line in lines)


def test_a_claimant_that_nobody_knows_is_no_finding(loaded: Path, basewatch: Run) -> None:
    """A typo must not read as 'they claimed nothing'; one who is known and claimed nothing may."""
    done = basewatch("incidents", "--claimant", "islamic_resistance", "--db", loaded)
    assert done.returncode == 2
    assert "did you mean islamic_resistance_in_iraq" in done.stderr
    assert basewatch("incidents", "--claimant", "irgc", "--db", loaded).returncode == 0


def test_attacks_that_nobody_claims_have_a_name_for_people_only(loaded: Path, basewatch: Run) -> None:
    """In data the column stays empty."""
    assert "(nobody)" in basewatch("tally", "--by", "claimant", "--db", loaded).stdout
    assert "(nobody)" not in basewatch("tally", "--by", "claimant", "--format", "csv", "--db", loaded).stdout


def test_an_unknown_incident_is_told(loaded: Path, basewatch: Run) -> None:
    """With the command that lists them."""
    done = basewatch("show", "bw0000000000", "--db", loaded)
    assert done.returncode == 2
    assert "bw0000000000" in done.stderr and "basewatch incidents" in done.stderr


@pytest.mark.parametrize(
    "query",
    [
        "",
        "SELECT 1; SELECT 2",
        "DELETE FROM incidents",
        "COPY incidents TO 'x.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELEKT 1",
    ],
    ids=["nothing", "two statements", "write", "export", "read a file", "typo"],
)
def test_sql_refuses_to_write_or_reach_files(loaded: Path, basewatch: Run, query: str) -> None:
    """Read-only, and shut off from everything but the copy."""
    done = basewatch("sql", query, "--db", loaded)
    assert done.returncode == 2
    assert done.stderr.startswith("basewatch: ")
    assert "Traceback" not in done.stderr
    assert not (loaded.parents[1] / "x.csv").exists()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("عين الأسد", "عين الأسد"),
        ("a\x1b[31mred", "a [31mred"),
        ("line\nline", "line line"),
        ("abc\u202edef", "abc def"),
        ("\x9b2J", " 2J"),
    ],
    ids=["ASCII", "Arabic", "escape", "newline", "override", "C1 control"],
)
def test_outside_text_cannot_steer_the_terminal(text: str, shown: str) -> None:
    """Controls and direction overrides become spaces."""
    assert safe(text) == shown


def test_null_is_null_in_json_and_empty_in_csv() -> None:
    """Not stated is no value, and no word."""
    rows: list[list[Any]] = [[None, 0], ["x", 1]]
    table = Rows(("a", "b"), rows)
    assert json.loads(as_json(table)) == [{"a": None, "b": 0}, {"a": "x", "b": 1}]
    assert as_csv(table).splitlines() == ["a,b", ",0", "x,1"]


def test_a_window_that_ends_before_it_begins_is_told(loaded: Path, basewatch: Run) -> None:
    """Its zeros would look like a finding."""
    done = basewatch("tally", "--since", "2024-02-01", "--until", "2024-01-01", "--db", loaded)
    assert (done.returncode, done.stdout) == (2, "")
    assert "2024-01-01" in done.stderr
