"""Direction: who attacks what, in one sentence."""

from __future__ import annotations

import pytest

from extract.clauses import Attack, find_attacks
from extract.knowledge import load_knowledge
from extract.lexis import read_words
from extract.text import Document


def attacks(sentence: str, title: str = "") -> list[Attack]:
    lexis = read_words(Document(title, sentence), load_knowledge())
    return [
        attack for clause in lexis.clauses for attack in find_attacks(clause)[0]
        if not attack.plural and not attack.denied
    ]  # fmt: skip


def reason(sentence: str) -> str | None:
    lexis = read_words(Document("", sentence), load_knowledge())
    return find_attacks(lexis.clauses[-1])[1]


@pytest.mark.parametrize(
    ("sentence", "sites"),
    [
        ("Militants fired two rockets at the US embassy in Baghdad.", ["us_embassy_baghdad"]),
        ("Al-Shaddadi, which houses US troops, was hit by a drone.", ["shaddadi"]),
        ("The base came under attack again when rockets landed near al-Tanf.", ["al_tanf"]),
        ("Iran answered with ballistic missiles on the Ain al-Asad base.", ["ain_al_asad"]),
        ("The guns of the US embassy in Baghdad shot down a drone over the Green Zone.", ["us_embassy_baghdad"]),
        ("US forces shot down two drones targeting Ain al-Asad air base.", ["ain_al_asad"]),
        ("Drones struck al-Tanf and al-Rukban.", ["al_tanf", "rukban"]),
        ("Rockets were fired from Zummar at Rumalyn Landing Zone.", ["rumalyn"]),
        ("Three rockets fell in the Green Zone, 100 metres from the US embassy.", ["green_zone"]),
    ],
)  # fmt: skip
def test_the_patient_is_found_in_its_place(sentence: str, sites: list[str]) -> None:
    assert [site for attack in attacks(sentence) for site in attack.sites] == sites


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("A Turkish drone strike hit a base in Syria used by Kurdish forces and the US-led coalition.", None),
        ("US aircraft struck militia positions near al-Qaim.", None),
        ("The killing of an Iranian general in a drone strike at Baghdad airport set off the crisis.", "us_strike"),
        ("Missiles were fired at a US air base in Qatar.", "other_theatre"),
        ("The group threatened to attack Ain al-Asad air base.", "threat_only"),
        ("Gunmen attacked Iraqi forces near Kirkuk.", "not_us_target"),
    ],
)  # fmt: skip
def test_what_is_no_attack_on_us_says_why(sentence: str, why: str | None) -> None:
    assert attacks(sentence) == []
    assert why is None or reason(sentence) == why


def test_a_missed_shot_is_no_denial() -> None:
    lexis = read_words(Document("", "The rockets did not hit Harir air base."), load_knowledge())
    assert [attack.denied for attack in find_attacks(lexis.clauses[0])[0]] == []


def test_a_denial_is_told_as_one() -> None:
    lexis = read_words(Document("", "The army denied that rockets fell on Camp Victory."), load_knowledge())
    assert [attack.denied for attack in find_attacks(lexis.clauses[0])[0]] == [True]


def test_dozens_of_attacks_are_no_attack() -> None:
    assert attacks("US bases in Iraq and Syria have come under dozens of attacks since October.") == []
