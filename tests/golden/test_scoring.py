"""The figures themselves: by hand on small cases."""

from __future__ import annotations

import pytest

from tests.golden.scoring import Agreement, agreement


@pytest.mark.parametrize(
    ("found", "gold", "f1", "b_cubed"),
    [
        ([["a", "b"], ["c"]], [["a", "b"], ["c"]], 1.0, 1.0),
        # Pairs: one right of three found. B-cubed: precision (2/3 + 2/3 + 1/3) / 3 = 5/9, recall 1.
        ([["a", "b", "c"]], [["a", "b"], ["c"]], 0.5, 5 / 7),
        # Nothing joined: no pair found, none right; precision 1, recall (1/2 + 1/2 + 1) / 3 = 2/3.
        ([["a"], ["b"], ["c"]], [["a", "b"], ["c"]], 0.0, 0.8),
    ],
    ids=["the same", "joined too much", "joined nothing"],
)
def test_figures_by_hand(found: list[list[str]], gold: list[list[str]], f1: float, b_cubed: float) -> None:
    """Pairwise F1 and B-cubed as worked out in the comments."""
    measured = agreement(found, gold)
    assert measured.pair_f1 == pytest.approx(f1)
    assert measured.b_cubed == pytest.approx(b_cubed)


def test_sums_are_of_pairs_and_reports() -> None:
    """Two scenarios weigh by their size."""
    right = agreement([["a", "b"]], [["a", "b"]])
    wrong = agreement([["a"], ["b"]], [["a", "b"]])
    assert (right + wrong + Agreement()).pair_recall == 0.5
