"""What a language brings for telling attacks: classes of words, by the part they play in a sentence.

The engine (extract.incidents) sees a sentence as a string of one letter a word; a class of words is a letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extract.sought import sought

# The letters, by class. Places and actors get theirs from the knowledge: S site with a US presence, N site
# without, T town, province or country in the theatre, O elsewhere, A attacker, I another state's forces.
LETTERS: Mapping[str, str] = {
    "us": "U", "coalition": "C", "force": "F", "people": "M", "base": "B", "host": "H", "weapon": "W",
    "attacker": "A", "other_state": "I", "other_place": "O", "attack": "K", "air_strike": "Z", "hit": "V",
    "hits": "V", "hitting": "g", "launch": "L", "land": "l", "down": "D", "under": "u", "be": "b", "by": "y",
    "at": "p", "from": "f", "not": "n", "deny": "d", "maybe": "h", "many": "a", "and": "c", "which": "r",
    "because": "w", "harm": "X", "official": "q", "say": "s", "times": "m", "had": "e", "local": "G",
    "blame": "s", "speech": "s", "claim": "s",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class EventRules:
    """The words of each class; a class may give its words values ("rocket", "embassy")."""

    words: Mapping[str, tuple[str, ...]]  # class -> phrases
    values: Mapping[str, Mapping[str, str]]  # class -> value -> phrases, comma separated
    patterns: Mapping[str, re.Pattern[str]]  # what single letters cannot say, by name
    # What every relevant text names: our theatre, an attack, and one of ours; see extract.gate. In lower case.
    gate_countries: tuple[str, ...]  # the theatre; a whole story has one of these
    gate_towns: tuple[str, ...]  # the theatre, where a short text may name no more than the town or base
    gate_attack: tuple[str, ...]  # anywhere in a word
    gate_us: tuple[str, ...]
    gate_whole: bool  # whether names of the theatre and of ours are looked for only where a word begins
    nearness: frozenset[str]  # "near": the place after it may be a landmark
    stands_for_weapon: frozenset[str]  # "another hit the base"
    stands_for_place: frozenset[str]  # "rockets fell there"

    def __post_init__(self) -> None:
        patterns = {name: sought(pattern) for name, pattern in self.patterns.items()}
        object.__setattr__(self, "patterns", patterns)
