"""How well clusters agree with gold clusters: pairwise F1 and B-cubed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

Clusters = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Sums over scenarios, so that figures are of all pairs and all reports, not means of means."""

    pairs_both: int = 0
    pairs_found: int = 0
    pairs_gold: int = 0
    b3_precision: float = 0.0
    b3_recall: float = 0.0
    reports: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            self.pairs_both + other.pairs_both,
            self.pairs_found + other.pairs_found,
            self.pairs_gold + other.pairs_gold,
            self.b3_precision + other.b3_precision,
            self.b3_recall + other.b3_recall,
            self.reports + other.reports,
        )

    @property
    def pair_precision(self) -> float:
        return self.pairs_both / self.pairs_found if self.pairs_found else 1.0

    @property
    def pair_recall(self) -> float:
        return self.pairs_both / self.pairs_gold if self.pairs_gold else 1.0

    @property
    def pair_f1(self) -> float:
        return _harmonic(self.pair_precision, self.pair_recall)

    @property
    def b_cubed(self) -> float:
        return _harmonic(self.b3_precision / self.reports, self.b3_recall / self.reports)


def agreement(found: Clusters, gold: Clusters) -> Agreement:
    """How the clusters found agree with the gold ones. Both hold the same ids, each once."""
    in_found = {one: frozenset(cluster) for cluster in found for one in cluster}
    in_gold = {one: frozenset(cluster) for cluster in gold for one in cluster}
    assert set(in_found) == set(in_gold)
    shared = {one: len(in_found[one] & in_gold[one]) for one in in_gold}
    return Agreement(
        pairs_both=len(_pairs(found) & _pairs(gold)),
        pairs_found=len(_pairs(found)),
        pairs_gold=len(_pairs(gold)),
        b3_precision=sum(shared[one] / len(in_found[one]) for one in in_gold),
        b3_recall=sum(shared[one] / len(in_gold[one]) for one in in_gold),
        reports=len(in_gold),
    )


def _pairs(clusters: Clusters) -> set[tuple[str, str]]:
    return {pair for cluster in clusters for pair in _sorted_pairs(cluster)}


def _sorted_pairs(cluster: Iterable[str]) -> Iterable[tuple[str, str]]:
    return combinations(sorted(cluster), 2)


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0
