"""How well the reader reads the corpus: figures that may rise but not fall unseen."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from extract.knowledge import load_knowledge
from extract.scoring import Score, load_corpus, score

HERE = Path(__file__).parent
FLOORS: dict[str, dict[str, float]] = json.loads((HERE / "floors.json").read_text())["reading"]
CASES = [(half, what) for half, floors in FLOORS.items() for what in floors]


@cache
def scored(half: str) -> Score:
    """A half of the corpus, read and scored once."""
    knowledge = load_knowledge()
    return score(load_corpus(HERE / half, knowledge), knowledge)


@pytest.mark.parametrize(("half", "what"), CASES, ids=[f"{half}: {what}" for half, what in CASES])
def test_a_score_is_at_its_floor(half: str, what: str) -> None:
    """F1 of the field. Raise the floor in floors.json where the reader has become better."""
    total = scored(half)
    assert what in total.counts
    assert total.counts[what].f1 >= FLOORS[half][what]


@pytest.mark.parametrize("half", FLOORS)
def test_every_word_cited_stands_where_it_is_said_to_stand(half: str) -> None:
    count = scored(half).counts["evidence spans"]
    assert count.found
    assert count.right == count.found
