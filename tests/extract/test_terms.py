"""The trie: spellings of one name are one, and short names in capitals are not everyday words."""

from __future__ import annotations

from extract.terms import TermIndex, Tokens, Word
from extract.text import level


def found(text: str, *terms: tuple[str, Word]) -> list[str]:
    plain = level(text)
    return [text[hit.start : hit.end] for hit in TermIndex(terms).find(Tokens(plain, plain.lower()))]


def test_hyphens_accents_and_case_do_not_part_two_spellings() -> None:
    assert found("at Ain Al‑Asad base", ("ain al-asad", Word("site", "x"))) == ["Ain Al‑Asad"]


def test_the_longest_term_wins() -> None:
    terms = (("air base", Word("base", "")), ("al-asad air base", Word("site", "x")))
    assert found("the al-Asad air base", *terms) == ["al-Asad air base"]


def test_a_name_in_capitals_is_not_the_word_in_small_letters() -> None:
    terms = (("IS", Word("actor", "isis", caps=True)),)
    assert found("IS said it is near", *terms) == ["IS"]


def test_us_is_a_country_only_in_capitals() -> None:
    terms = (("US", Word("us", "")),)
    assert found("The U.S. told us that US troops left", *terms) == ["U.S.", "US"]


def test_no_term_is_found_inside_a_word() -> None:
    assert found("rocketry and rockets", ("rocket", Word("weapon", "")), ("rockets", Word("weapon", ""))) == [
        "rockets"
    ]
