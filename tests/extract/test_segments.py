"""Attacks told in no set words: a weapon, a place of ours and signs that something happened."""

from __future__ import annotations

import pytest

from extract.knowledge import load_knowledge
from extract.lexis import read_words
from extract.segments import LONGEST, weighed
from extract.text import Document
from tests.extract.reading_builders import read

AROUND = " The United States keeps 2,500 troops in Iraq and 900 in Syria."


def sites(text: str) -> list[str | None]:
    """The sites of the attacks that the text tells of, sorted."""
    return sorted(str(report.site_id) for report in read("", text + AROUND).reports)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "It was a long Tuesday: rockets at Conoco, drones over al-Omar.",
            ["green_village", "mss_euphrates"],
        ),
        ("Three rockets for Harir on Tuesday.", ["harir"]),
        ("Harir absorbed two drones on Tuesday.", ["harir"]),
        ("Conoco: a pair of rockets before noon on Tuesday.", ["mss_euphrates"]),
        ("Drones were flown against Harir on Tuesday, two against Conoco.", ["harir", "mss_euphrates"]),
        (
            "Al-Tanf was hit by a drone on Tuesday, as were Conoco and Harir.",
            ["al_tanf", "harir", "mss_euphrates"],
        ),
        ("Militants struck on Tuesday, in support of Gaza: the Harir base with drones.", ["harir"]),
        ("On Tuesday a mortar shell found its mark inside Conoco.", ["mss_euphrates"]),
    ],
)
def test_a_weapon_and_a_place_tell_of_an_attack(text: str, told: list[str]) -> None:
    assert sites(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday the engineers tested guns against drones at Harir and would not say more.",
        "If rockets come at Conoco on Tuesday, the crew will answer.",
        "A Patriot missile system arrived at Harir on Tuesday.",
        "On Tuesday there were no rockets at Harir.",
        "Two rockets were found pointed at Harir on Tuesday.",
        "US drones at Harir took off on Tuesday.",
        "Repeated rockets at Harir have worn the crews down since Tuesday.",
        "Two drones on Tuesday from Harir searched the hills.",
    ],
)
def test_what_did_not_happen_or_not_to_us_is_none(text: str) -> None:
    assert sites(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two rockets hit Balad on Tuesday, and the American contractors took cover.", ["balad_air_base"]),
        ("A US drone came down in Balad Ruz on Tuesday after a fault.", []),
    ],
)
def test_a_garrison_town_stands_for_its_base(text: str, told: list[str]) -> None:
    assert sites(text) == told


def test_a_convoy_at_a_garrison_town_is_not_the_base() -> None:
    (site,) = sites("A bomb hit a coalition supply convoy at Balad on Tuesday.")
    assert site != "balad_air_base"


def test_a_day_that_opens_the_sentence_before_is_that_of_the_attack() -> None:
    (report,) = read("", "Tuesday was long for the crews. Five rockets for al-Asad." + AROUND).reports
    assert str(report.date) == "2023-12-05"


def test_a_bomb_at_a_convoy_needs_no_weapon_to_be_an_attack() -> None:
    (report,) = read("", "Diwaniyah: an explosion on a coalition supply convoy on Tuesday." + AROUND).reports
    assert report.target_kind == "convoy"


def test_a_sentence_without_end_is_not_weighed() -> None:
    text = "On Tuesday there was talk of rockets at Harir" + " and more" * LONGEST + "."
    clause = read_words(Document("", text), load_knowledge()).clauses[0]
    assert len(clause.letters) > LONGEST
    assert not list(weighed(clause, [], None, True, lambda start, end: True))
