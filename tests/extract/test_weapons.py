"""Weapons and their counts."""

from __future__ import annotations

import pytest

from extract.knowledge import load_knowledge
from extract.lexis import read_words
from extract.numbers import find_numbers
from extract.text import Document
from extract.weapons import count_of, find_weapons, weapon_of


def told(text: str, title: str = "") -> tuple[str, int | None, int | None]:
    doc = Document(title, text)
    clauses = sorted(read_words(doc, load_knowledge()).clauses, key=lambda clause: clause.is_title)
    numbers = find_numbers(doc.folded)
    mentions = [mention for clause in clauses for mention in find_weapons(doc.folded, clause, numbers)]
    weapon, _ = weapon_of(mentions)
    low, high, _ = count_of(mentions, weapon)
    return weapon, low, high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fourteen Katyusha rockets were fired at the base.", ("rocket", 14, 14)),
        ("At least six rockets hit the base.", ("rocket", 6, None)),
        ("A pair of one-way attack drones targeted the base.", ("drone", 2, 2)),
        ("A drone hit the base.", ("drone", 1, 1)),
        ("A drone attack on the base was reported.", ("drone", None, None)),
        ("Rockets and drones hit the base.", ("mixed", None, None)),
        ("Several rockets hit the base. One rocket fell outside.", ("rocket", None, None)),
        ("Two of the rockets landed inside the base.", ("rocket", None, None)),
        ("Missiles hit the base.", ("unknown", None, None)),
        ("A militia fired short-range ballistic missiles at the base.", ("ballistic_missile", None, None)),
        ("Two troops were hurt when rockets hit the base.", ("rocket", None, None)),
        ("Six rockets were fired. Three rockets fell inside the base.", ("rocket", 6, 6)),
        ("Three rockets hit the base, an officer said. Another spoke of five rockets.", ("rocket", 3, 5)),
        ("The base was hit by two rockets, the latest in a series of rocket and drone attacks.", ("rocket", 2, 2)),
    ],
)  # fmt: skip
def test_weapon_and_count_are_read_as_stated(text: str, expected: tuple[str, int | None, int | None]) -> None:
    assert told(text) == expected


def test_the_body_counts_before_the_headline() -> None:
    assert told("Fourteen rockets hit the base.", "Over a dozen rockets hit base") == ("rocket", 14, 14)


def test_a_bare_headline_names_one_drone() -> None:
    assert told("", "Drone hits US base") == ("drone", 1, 1)
