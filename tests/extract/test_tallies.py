"""Running counts of attacks on US forces, and the counts that are something else."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import find_dates
from extract.records import StatedTally
from extract.tallies import find_tallies
from extract.text import Document

FRIDAY = dt.datetime(2023, 12, 8, 15, 30, tzinfo=dt.UTC)


def tallies(text: str, title: str = "", published_at: dt.datetime | None = FRIDAY) -> tuple[StatedTally, ...]:
    """The tallies of an article; every evidence span is checked against the text."""
    doc = Document(title, text)
    found = find_tallies(doc, find_dates(doc, published_at), published_at, "a1")
    for tally in found:
        for evidence in tally.evidence:
            assert doc.full[evidence.start : evidence.end] == evidence.quote
    return found


Figures = tuple[int | None, int | None, int | None, str | None]


def figures(tally: StatedTally) -> Figures:
    """Total, Iraq, Syria, and the first day of the window."""
    return tally.total, tally.iraq, tally.syria, str(tally.since) if tally.since else None


SINGLE: dict[str, tuple[str, Figures]] = {
    "split after the total": (
        "American troops have been attacked 78 times since Oct. 17, 37 in Iraq and 41 in Syria.",
        (78, 37, 41, "2023-10-17"),
    ),
    "split between dashes": (
        "There were at least 66 attacks - 32 in Iraq, 34 in Syria - on US forces from 17 October on.",
        (66, 32, 34, None),
    ),
    "a total that now stands": (
        "US bases were hit again. The total number of attacks now stands at 102, with 47 in Iraq and 55 in Syria.",
        (102, 47, 55, None),
    ),
    "a briefer's way": (
        "US troops were attacked four times on Sunday. So that brings us to 49 since Oct. 17. "
        "It's 21 in Iraq, 28 in Syria.",
        (49, 21, 28, "2023-10-17"),
    ),
    "a fact box": (
        "93 - attacks on U.S. forces in Iraq and Syria since Oct. 17. Of these, 44 were in Iraq and 49 in Syria.",
        (93, 44, 49, "2023-10-17"),
    ),
    "a fact box with a noun": (
        "83 - the number of attacks by militias on U.S. forces in Iraq and Syria between 2021 and 2023.",
        (83, None, None, None),
    ),
    "in the country": (
        "The embassy in Baghdad was hit. Since the start of the year 39 attacks have been aimed at US interests "
        "in the country.",
        (39, 39, None, "2023-01-01"),
    ),
    "not the country's alone": (
        "Rockets have been aimed at their bases in the desert and at those in Iraq 17 times this year, said the US army.",
        (17, None, None, "2023-01-01"),
    ),
    "more than": (
        "Militias have launched more than 150 attacks on US forces since mid-October.",
        (150, None, None, None),
    ),
    "recent weeks": (
        "U.S. and coalition troops have come under fire more than 80 times in recent weeks.",
        (80, None, None, None),
    ),
    "words": (
        "Since October 17, coalition forces have been hit forty-one times: twenty-two in Iraq, nineteen in Syria.",
        (41, 22, 19, "2023-10-17"),
    ),
    "split in the next sentence": (
        "U.S. personnel have faced 52 attacks since Oct. 17. Of these, 24 took place in Iraq and 28 in Syria.",
        (52, 24, 28, "2023-10-17"),
    ),
    "split only": (
        "Since Oct. 17 US forces were attacked 14 times in Iraq and nine times in Syria.",
        (23, 14, 9, "2023-10-17"),
    ),
    "split and total": (
        "We have had 20 attacks in Iraq and 18 in Syria, for a total of 38 attacks on our forces since October 17.",
        (38, 20, 18, "2023-10-17"),
    ),
    "one country": (
        "Bases in Iraq that host US troops have been attacked 44 times since January 2021.",
        (44, 44, None, None),
    ),
    "an ordinal": (
        "It was the 29th attack on US interests in Iraq since Oct. 1.",
        (29, 29, None, "2023-10-01"),
    ),
    "the start of a year": (
        "Groups backed by Iran had carried out 78 attacks on US positions since the beginning of 2021.",
        (78, None, None, "2021-01-01"),
    ),
    "this year": ("US interests have been attacked 47 times this year.", (47, None, None, "2023-01-01")),
    "a total that is only a number": (
        "How often were American troops attacked? As of Friday it is 164 since Oct. 17: 66 in Iraq, 98 in Syria.",
        (164, 66, 98, "2023-10-17"),
    ),
    "another verb": (
        "Iran-backed groups have gone after bases of the coalition more than 100 times since mid-October.",
        (100, None, None, None),
    ),
    "one of": (
        "The strike was one of more than 90 launched at bases housing American troops since Oct. 17.",
        (90, None, None, "2023-10-17"),
    ),
    "no window but a clear count": ("US forces attacked 61 times in Iraq and Syria", (61, None, None, None)),
    "parentheses": (
        "Attacks on US troops reached 98 since Oct. 17: Iraq (45), Syria (53).",
        (98, 45, 53, "2023-10-17"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SINGLE.values(), ids=SINGLE.keys())
def test_one_tally(text: str, expected: Figures) -> None:
    """One tally, with these figures and this first day."""
    assert [figures(tally) for tally in tallies(text)] == [expected]


NONE = {
    "US strikes": "The US has carried out 12 strikes on militia targets in Iraq and Syria since October 17.",
    "more US strikes": "American warplanes have struck the groups four times in Syria since Oct. 17.",
    "Israel": "Israel has conducted 40 attacks in Syria since October, officials said.",
    "ships": "The Houthis have carried out more than 30 attacks on ships in the Red Sea since mid-November.",
    "the Islamic State": "ISIS claimed 153 attacks in Iraq and Syria in the first half of the year.",
    "Turkey": "Turkish drones carried out 25 attacks in northern Syria this year.",
    "one day's attacks": "Two drone attacks hit US forces on Tuesday.",
    "wounded": "At least 66 US troops have been wounded in attacks in Iraq and Syria since Oct. 17.",
    "troops": "There are 2,500 US troops in Iraq and 900 in Syria to prevent attacks by the Islamic State.",
    "rockets": "Some 14 rockets were fired at the US embassy, bringing the number of rockets this week to 20.",
    "more attacks": "Three more attacks on US bases were reported since Thursday.",
    "what would be": "Officials fear that there would be 100 attacks on US forces.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_no_tally(text: str) -> None:
    """Counts of other things, or of one day."""
    assert tallies(text) == ()


def test_several_windows_are_several_tallies() -> None:
    """The same article may count from January and from October."""
    text = (
        "US forces in Iraq and Syria have been attacked nine times since Dec. 1, the Pentagon said on Thursday. "
        "There have been 83 such attacks since January 2021, officials say."
    )
    first, second = tallies(text)
    assert figures(first) == (9, None, None, "2023-12-01")
    assert figures(second) == (83, None, None, None)
    assert (str(first.as_of), first.speaker) == ("2023-12-07", "the Pentagon")


def test_a_small_count_beside_the_running_one_is_none() -> None:
    """One night's attacks are told in the same breath."""
    text = "Two attacks hit US bases in Iraq, a total of 13 attacks in the past two months."
    assert [tally.total for tally in tallies(text)] == [13]
    text = "In recent weeks US forces faced 24 attacks, with three attacks on Monday alone."
    assert [tally.total for tally in tallies(text)] == [24]


def test_another_counter_has_its_own_window() -> None:
    """A monitor's count says nothing of the window that the Pentagon's has."""
    text = (
        "The Pentagon said US troops had been attacked 48 times since Oct. 17. "
        "A monitor in London counts far more: 63 by Wednesday, it said."
    )
    assert [figures(tally) for tally in tallies(text)] == [
        (48, None, None, "2023-10-17"),
        (63, None, None, None),
    ]


def test_an_earlier_count_is_a_tally_too() -> None:
    """It counts from the same day, and is of its own."""
    text = "US troops have been attacked 52 times since Oct. 17. The figure is up from 46 on Monday."
    now, before = tallies(text)
    assert figures(now) == (52, None, None, "2023-10-17")
    assert (*figures(before), str(before.as_of)) == (46, None, None, "2023-10-17", "2023-12-04")


def test_the_body_goes_before_the_headline() -> None:
    """A rounded headline is no tally of its own; without figures in the body it is one."""
    body = "American forces have been attacked 102 times since Oct. 17, a defense official said."
    (tally,) = tallies(body, "US attacked 100 times in Iraq and Syria since October")
    assert figures(tally) == (102, None, None, "2023-10-17")
    assert tally.speaker == "a defense official"
    (tally,) = tallies("More follows.", "US troops attacked 55 times in past month: Pentagon")
    assert (tally.total, tally.speaker) == (55, "Pentagon")


def test_the_window_may_end_before_publication() -> None:
    """Its last day is the day of the count."""
    (tally,) = tallies("Between Oct. 17 and Nov. 13, US forces were attacked 52 times.")
    assert (str(tally.since), str(tally.as_of)) == ("2023-10-17", "2023-11-13")


def test_without_a_day_the_count_is_of_the_day_of_publication() -> None:
    """Local day in Baghdad; unknown where publication is unknown."""
    text = "US forces have been attacked 78 times since Oct. 17, 2023."
    assert [str(tally.as_of) for tally in tallies(text)] == ["2023-12-08"]
    assert [tally.as_of for tally in tallies(text, published_at=None)] == [None]


@given(
    st.lists(
        st.sampled_from(
            [
                "US",
                "forces",
                "attacked",
                "78",
                "times",
                "since",
                "Oct.",
                "17",
                ",",
                "37",
                "in",
                "Iraq",
                "and",
                "41",
                "Syria",
                ".",
                "the",
                "total",
                "attacks",
                "Pentagon",
                "said",
                "\n",
                "19th",
            ]
        ),
        max_size=40,
    ).map(" ".join)
)
def test_any_text(text: str) -> None:
    """Never raises, and evidence always is the text."""
    tallies(text, text[:40])
