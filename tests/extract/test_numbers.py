"""Counts as reporters write them, and the numbers that count nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers import find_numbers

COUNTS = {
    "a word": ("fourteen Katyusha rockets landed", "fourteen", 14, 14),
    "a bound below": ("at least six fell short", "at least six", 6, None),
    "more than": ("more than 150 attacks", "more than 150", 150, None),
    "up to": ("up to 20 drones", "up to 20", None, 20),
    "as many as, with dozens": ("as many as two dozen rockets", "as many as two dozen", None, 24),
    "between": ("between 10 and 15 projectiles", "between 10 and 15", 10, 15),
    "two words": ("two or three drones", "two or three", 2, 3),
    "a hyphen": ("12-14 rockets", "12-14", 12, 14),
    "to": ("10 to 15 rockets", "10 to 15", 10, 15),
    "a pair": ("a pair of one-way attack drones", "a pair", 2, 2),
    "half a dozen": ("half a dozen mortars", "half a dozen", 6, 6),
    "a dozen": ("a dozen rockets", "a dozen", 12, 12),
    "thousands": ("2,500 troops", "2,500", 2500, 2500),
    "people make a bare number a count": ("2500 troops", "2500", 2500, 2500),
    "hundreds in words": ("two hundred and fourteen", "two hundred and fourteen", 214, 214),
    "a compound": ("a 14-rocket salvo", "14", 14, 14),
    "an afterthought": ("five or more wounded", "five or more", 5, None),
    "about": ("some 20 rockets", "some 20", 20, 20),
}


@pytest.mark.parametrize(("text", "quote", "low", "high"), COUNTS.values(), ids=COUNTS.keys())
def test_counts(text: str, quote: str, low: int | None, high: int | None) -> None:
    """Each text has one count, with these words and bounds."""
    (number,) = find_numbers(text)
    assert (text[number.start : number.end], number.low, number.high) == (quote, low, high)


@pytest.mark.parametrize("word", ["several", "multiple", "dozens", "a few", "a number", "scores"])
def test_a_vague_word_is_a_count_without_a_number(word: str) -> None:
    """ "Several" says that it was more than one, and no more."""
    (number,) = find_numbers(f"they fired {word} of them")
    assert (number.vague, number.low, number.high) == (True, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "one-way attack drones", "107mm rockets", "122 mm rockets", "a C-130 transport", "in 2020",
        "at 4:15 a.m.",        "on Oct. 17", "17 October", "over three weeks", "Tower 22",
        "a three-day visit", "no one was hurt",
        "10-20 km away", "3.5 tons", "$5 million", "Oct 17-26",
        "an MQ-9", "0300 hours", "Nov. 12-13", "2023-11-21",
        "Shahed-136", "Resolution 1701", "the 101st Airborne", "12/8/2023",
        "a two-hour meeting", "54-year-old",
    ],
)  # fmt: skip
def test_what_counts_nothing(text: str) -> None:
    """Calibres, names, times, dates, distances and durations are no counts."""
    assert find_numbers(text) == ()


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Spans are in bounds, in order and do not overlap."""
    position = 0
    for number in find_numbers(text):
        assert position <= number.start < number.end <= len(text)
        position = number.end
