"""What commands print at a terminal, and that pipes get it plain."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows.terminal import bar, months_between, months_line, sparkline, status
from tests.flows import attacks
from warehouse.paths import Paths
from warehouse.queries import Table


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return attacks.small_campaign(tmp_path_factory.mktemp("campaign"))


def at_a_terminal(*arguments: str) -> str:
    """What the command prints where its output is a terminal."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "flows", *arguments]
    env = os.environ | {"COLUMNS": "140", "TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdout=follower, stderr=follower, stdin=follower, env=env)
    os.close(follower)
    parts = []
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(leader)
    assert process.wait(60) == 0
    return b"".join(parts).decode()


def piped(*arguments: str) -> str:
    """What the command prints into a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "flows", *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_tally_has_bars_and_a_line_of_months_at_a_terminal(campaign: Paths) -> None:
    """Solid where confirmed, and nothing of it in a pipe."""
    shown = at_a_terminal("tally", "--db", str(campaign.live))
    assert re.search(r"Iraq +4 +4 +1 .*█{28}", re.sub(r"\x1b\[[\d;]*m", "", shown))
    assert "2023-10 to 2023-12, at most 3 a month" in shown
    plain = piped("tally", "--db", str(campaign.live))
    assert "\x1b" not in plain
    assert "█" not in plain
    assert re.search(r"Iraq +4 +4 +1", plain)


def test_incidents_carry_marks_of_their_status_at_a_terminal(campaign: Paths) -> None:
    """A mark and a word, so that colour is not needed; slugs in a pipe."""
    shown = re.sub(r"\x1b\[[\d;]*m", "", at_a_terminal("incidents", "--db", str(campaign.live)))
    assert "● confirmed" in shown
    assert "◇ claimed only" in shown
    plain = piped("incidents", "--db", str(campaign.live))
    assert "single_source" in plain
    assert "●" not in plain


def test_hostile_texts_do_not_steer_the_terminal(tmp_path: Path) -> None:
    """Of escape sequences only our own colours get through."""
    paths = attacks.hostile_campaign(tmp_path)
    first = piped("incidents", "--format", "csv", "--db", str(paths.live)).splitlines()[1].split(",")[0]
    for arguments in (("incidents",), ("show", first), ("status",), ("tally", "--by", "site")):
        shown = at_a_terminal(*arguments, "--db", str(paths.live))
        ours = re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", shown)
        assert not [c for c in ours if (ord(c) < 32 and c not in "\r\n") or 0x7F <= ord(c) < 0xA0]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", ours)


@pytest.mark.parametrize(
    ("confirmed", "attacks_", "longest", "drawn"),
    [
        (28, 28, 28, "█" * 28),
        (0, 28, 28, "▒" * 28),
        (14, 28, 28, "█" * 14 + "▒" * 14),
        (1, 1, 1000, "█"),
        (0, 1, 1000, "▒"),
        (1, 100, 100, "█" + "▒" * 27),
        (0, 0, 5, ""),
        (0, 0, 0, ""),
    ],
)
def test_a_bar_shows_anything_above_nought(confirmed: int, attacks_: int, longest: int, drawn: str) -> None:
    """One attack among a thousand is still seen, and one that is confirmed is seen to be."""
    assert bar(confirmed, attacks_, longest).plain == drawn


def test_a_sparkline_is_as_high_as_its_counts() -> None:
    """The greatest is full, one is never nothing, nought is a space."""
    assert sparkline([8, 4, 1, 0]) == "█▄▁ "
    assert sparkline([1000, 1]) == "█▁"
    assert sparkline([]) == ""


def test_months_are_those_of_iraq_and_syria_with_gaps() -> None:
    """Jordan is left out; a month without any is a space."""
    assert months_between("2023-11", "2024-02") == ["2023-11", "2023-12", "2024-01", "2024-02"]
    rows = (
        ("2023-11", "Iraq", 2),
        ("2023-11", "Syria", 2),
        ("2024-01", "Syria", 1),
        ("2024-01", "Jordan", 9),
    )
    line = months_line(Table(("month", "country", "attacks"), rows))
    assert line is not None
    assert line.plain == "By month  █ ▂  2023-11 to 2024-01, at most 4 a month"
    assert months_line(Table(("month", "country", "attacks"), rows[:1])) is None


def test_an_unknown_status_is_printed_as_it_is() -> None:
    """As one of a newer program may be."""
    assert status("new_kind").plain == "new_kind"
    assert status("claimed").plain == "◇ claimed only"
