"""Sentences with exact offsets, and folding that moves nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import LONGEST_SENTENCE, Document, fold


def sentences(text: str, title: str = "") -> list[str]:
    """The sentences of a body, as written."""
    doc = Document(title, text)
    return [doc.slice(sentence.start, sentence.end) for sentence in doc.sentences]


CASES = {
    "abbreviated country": ("The U.S. Embassy was hit. No one died.", 2),
    "abbreviated country at an end": ("They left the U.S. The attack came later.", 2),
    "ranks": ("Brig. Gen. Pat Example spoke. Lt. Col. Doe did not.", 2),
    "dates": ("It fell on Jan. 20. Another fell on Oct. 17 near the wall.", 2),
    "clock": ("Rockets fell at 9 a.m. on Friday. It was quiet by 10 p.m. The sirens stopped.", 3),
    "number": ("Bridge No. 5 was hit. No. It was not.", 3),
    "decimals": ("A fire burned 1.5 km away. It was 3.2 metres high.", 2),
    "initials": ("J. R. Doe said so. He left.", 2),
    "quotes": ('"We were hit." He said it twice. "Were you?" she asked.', 3),
    "question and exclamation": ("Who fired? Nobody knows! They fled.", 3),
    "no space after the stop": ("The base is in Iraq.The drone fell.", 2),
    "lines without stops": ("Rockets at the embassy\nDrone at Harir\nNo casualties", 3),
    "hard wrap": ("The rockets fell on\nthe base near\nBaghdad", 2),
    "bullets in one line": ("Attacks: • Harir, a drone • Al-Asad, rockets", 3),
    "Arabic": ("سقطت الصواريخ قرب السفارة. هل من ضحايا؟ لا إصابات؛ حسب المصدر.", 4),
}


@pytest.mark.parametrize(("text", "count"), CASES.values(), ids=CASES.keys())
def test_sentences(text: str, count: int) -> None:
    """As many sentences as a reader would count."""
    assert len(sentences(text)) == count, sentences(text)


def test_the_title_is_the_first_paragraph() -> None:
    """Offsets count in title, blank line, body."""
    doc = Document("Rockets hit base", "They fell at night. None was hurt.\nMore follows")
    assert [(s.paragraph, s.is_title) for s in doc.sentences] == [
        (0, True),
        (1, False),
        (1, False),
        (2, False),
    ]
    assert doc.sentence_at(doc.full.index("None")) == doc.sentences[2]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text(title: str, text: str) -> None:
    """Sentences are in bounds, in order, not overlapping, bounded in length; folding keeps the length."""
    doc = Document(title, text)
    assert len(doc.folded) == len(doc.level) == len(doc.full)
    position = 0
    for sentence in doc.sentences:
        assert position <= sentence.start < sentence.end <= len(doc.full)
        assert sentence.end - sentence.start <= LONGEST_SENTENCE
        position = sentence.end


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """And it never changes the length."""
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text)
