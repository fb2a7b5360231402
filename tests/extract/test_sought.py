"""Patterns that look for their needed words first find what they found before."""

from __future__ import annotations

import dataclasses
import re

import pytest

from extract.languages import ENGLISH
from extract.languages.en_events import ENGLISH_EVENTS
from extract.sought import needed, sought


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bclaim(?:ed|s)\b", {"claimed", "claims"}),
        (r"rumou?rs?\b", {"rumor", "rumour"}),
        (r"(?:no |an )?attack", {"attack"}),
        (r"air ?base|\d+ rockets", {"airbase", "air base", " rockets"}),
        (r"[dt]rones?[^;]{0,9}", {"drone", "trone"}),
        (r"(?:very ){2,3}far", {"very "}),
        (r"base(?= hit)", {"base"}),
    ],
)
def test_needed_words_are_taken_from_the_pattern(pattern: str, words: set[str]) -> None:
    assert needed(re.compile(pattern)) == frozenset(words)


@pytest.mark.parametrize("pattern", [r"\d+", r"a*", r"base|\w+", r"(?i:base)", r"[a-z]+ing?"])
def test_a_pattern_may_need_no_word(pattern: str) -> None:
    found = needed(re.compile(pattern))
    assert found is None or all(len(word) < 3 for word in found)


def test_letters_of_either_case_are_no_word() -> None:
    """`re.IGNORECASE` matches what the words do not spell."""
    assert needed(re.compile("base", re.IGNORECASE)) is None
    assert sought(re.compile("base", re.IGNORECASE)).search("BASE") is not None


def test_it_finds_what_the_pattern_finds() -> None:
    pattern = re.compile(r"\b(?:hit|struck) (?:the )?(?:base|camp)\b")
    text = "rockets hit the base and struck camp; nothing hit the river"
    ours = sought(pattern)
    assert [m.span() for m in ours.finditer(text)] == [m.span() for m in pattern.finditer(text)]
    assert ours.findall(text) == pattern.findall(text)
    found = ours.search(text, 20)
    assert found is not None
    assert found.group() == "struck camp"
    assert ours.search(text, 0, 14) is None
    assert ours.search("") is None


SENTENCES = [
    "The group claimed responsibility for the attack on al-Asad, saying that drones had hit the base.",
    "No group has claimed it; two soldiers were killed and at least 34 wounded, the Pentagon said on Monday.",
    "US forces have been attacked 78 times since Oct. 17, 37 in Iraq and 41 in Syria, a defense official said.",
    "The blast was a controlled demolition; no casualties were reported, and nothing was damaged.",
    "Correction: an earlier version of this weekly digest misstated the number of injured.",
    "All of the drones were shot down before they reached the embassy, which denied that it was hit.",
]


def _fields() -> list[tuple[object, str]]:
    casualties, tallies = ENGLISH.casualties, ENGLISH.tallies
    return [(casualties, field.name) for field in dataclasses.fields(casualties)] + [
        (tallies, field.name) for field in dataclasses.fields(tallies)
    ]


def test_no_pattern_of_ours_needs_a_word_that_its_matches_lack() -> None:
    """Every match that the bare patterns find in sentences has one of the words that they are said to need."""
    values = [getattr(rules, name) for rules, name in _fields()]
    patterns = [value for value in values if hasattr(value, "finditer")]
    patterns += ENGLISH_EVENTS.patterns.values()
    tried = 0
    for wrapped in patterns:
        bare = re.compile(wrapped.pattern, wrapped.flags)
        words = needed(bare)
        for sentence in map(str.lower, SENTENCES):
            spans = [match.span() for match in bare.finditer(sentence)]
            assert [match.span() for match in wrapped.finditer(sentence)] == spans
            tried += bool(spans and words)
    assert tried > 50
