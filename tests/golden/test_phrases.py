"""How many attacks the reader finds in single sentences: figures that may rise but not fall unseen."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from extract.knowledge import load_knowledge
from extract.scoring import PHRASES, Count, Labelled, load_phrases, score

HERE = Path(__file__).parent
FLOORS: dict[str, dict[str, float]] = json.loads((HERE / "floors.json").read_text())[PHRASES]
CASES = [(half, what) for half, floors in FLOORS.items() for what in floors]
LEAST = 150  # sentences in a half


@cache
def halves() -> dict[str, tuple[Labelled, ...]]:
    return load_phrases(HERE / PHRASES / "en.toml", load_knowledge())


@cache
def placed(half: str) -> Count:
    """Attacks found and placed in a half, read and scored once."""
    return score(halves()[half], load_knowledge()).counts["found and placed"]


@pytest.mark.parametrize("half", FLOORS)
def test_a_half_has_attacks_and_near_misses(half: str) -> None:
    labels = [labelled.expect["report"] for labelled in halves()[half]]
    assert len(labels) >= LEAST
    assert sum(not told for told in labels) >= len(labels) / 4


@pytest.mark.parametrize(("half", "what"), CASES, ids=[f"{half}: {what}" for half, what in CASES])
def test_the_share_found_is_at_its_floor(half: str, what: str) -> None:
    """Raise the floor in floors.json where the reader has become better."""
    count = placed(half)
    assert {"precision": count.precision, "recall": count.recall}[what] >= FLOORS[half][what]
