"""With what: weapons and how many, from the words of the sentences that tell of one attack."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.clauses import Clause
from extract.languages.en_events import ENGLISH_EVENTS
from extract.numbers import Number
from extract.records import Weapon

_KNOWN: dict[str, Weapon] = {
    "rocket": "rocket", "drone": "drone", "ballistic_missile": "ballistic_missile",
    "cruise_missile": "cruise_missile", "mortar": "mortar", "ied": "ied", "small_arms": "small_arms",
}  # fmt: skip
# Bare missiles may be what the other word says.
_ALIKE = ({"missile", "rocket"}, {"missile", "ballistic_missile"}, {"missile", "cruise_missile"})
_KINDS_OF_ATTACK = ("rocket", "drone", "missile", "mortar")
_SAYS = ENGLISH_EVENTS.patterns
_ADJECTIVES = frozenset("xA")


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A weapon word, with the number that counts it; span of word alone, and with its number."""

    kind: str  # a Weapon, "missile" for bare missiles, "" for "rounds" and the like
    start: int
    end: int
    low: int | None
    high: int | None
    counted: bool  # a number or "a" stands before it
    counted_from: int
    joined: bool  # "rockets and drones": the next weapon word is used with it
    part: bool  # "two of the rockets"
    plural: bool
    is_title: bool
    fell: bool  # "three rockets fell": may be some of those that were launched
    downed: bool = False  # "two drones were shot down": likewise
    definite: bool = False  # "the drone fell": there was one


def find_weapons(text: str, clause: Clause, numbers: Sequence[Number]) -> Iterator[WeaponMention]:
    """The weapon words of a sentence. `text` is the folded document, `numbers` all of its counts."""
    letters = clause.letters
    for at, letter in enumerate(letters):
        hit = clause.hits[at]
        if hit is None or (letter != "W" and not (letter == "u" and "rocket" in text[hit.start : hit.end])):
            continue
        kind = next((word.value for word in hit.words if word.kind == "weapon"), "")
        kind = "rocket" if letter == "u" else kind  # "the base took rocket fire"
        start = clause.starts[at]
        if _is_summary(text, clause, at) or not _is_used(text, start, hit.end):
            continue
        number = _counting(clause, start, numbers)
        if number is not None and _SAYS["not_counting"].search(text, number.end, start):
            number = None
        if number is not None and (number.low or 0) > 1 and text[start : hit.end] in _KINDS_OF_ATTACK:
            continue  # "three rocket and drone attacks"
        plural = text[start : hit.end].endswith("s") and not text[start : hit.end].endswith("uas")
        joined = bool(re.match(r"W?[x,]{0,2}c[x]{0,3}W", letters[at + 1 :])) or bool(
            re.match(r",?cx{0,3}W", letters[at + 1 :])
        )
        joined = joined and " or " not in text[hit.end : hit.end + 20]  # "rockets or mortars" is a doubt
        low = high = None
        counted_from, counted, part = start, False, False
        if number is not None:
            low, high, counted_from, counted = number.low, number.high, number.start, not number.vague
            if number.bound == "about" and number.value is not None:
                low = high = number.value
            part = (
                bool(_SAYS["part"].search(text, number.end, start))
                or text[max(0, number.start - 4) : number.start] == "the "
            )
        elif kind and not plural and _is_single(text, start, hit.end, letters, at, clause.is_title):
            low = high = 1
            counted = True
        yield WeaponMention(
            kind, start, hit.end, low, high, counted, counted_from, joined, part,
            definite=bool(kind) and not plural and _is_definite(text, start, hit.end, letters, at),
            plural=plural, is_title=clause.is_title,
            fell="l" in letters[at + 1 : at + 4],
            downed="D" in letters[at + 1 : at + 4] or "D" in letters[max(0, at - 3) : at],
        )  # fmt: skip


def _is_used(text: str, start: int, end: int) -> bool:
    """Not of a defence against it ("counter-rocket"), of an answer, of those found or told as past."""
    return not (
        _SAYS["counter"].search(text, max(0, start - 40), start)
        or _SAYS["unused_before"].search(text, max(0, start - 60), start)
        or _SAYS["unused"].match(text, end)
    )


def _counting(clause: Clause, start: int, numbers: Sequence[Number]) -> Number | None:
    """The number before the weapon word, with nothing but adjectives between."""
    at = bisect_left(numbers, start + 1, key=lambda number: number.end) - 1
    if at < 0 or numbers[at].start < clause.start or numbers[at].end > start:
        return None
    number = numbers[at]
    first, last = bisect_left(clause.starts, number.end), bisect_left(clause.starts, start)
    between = clause.letters[first:last]
    if between[:1] == "H" and clause.ends[first] - clause.starts[first] == len("of"):
        between = between[1:]  # "a pair of drones"
    return number if len(between) <= 5 and set(between) <= _ADJECTIVES else None


def _is_summary(text: str, clause: Clause, at: int) -> bool:
    """ "The latest in a series of rocket and drone attacks" is not about this attack."""
    if _SAYS["summed"].search(text, max(clause.start, clause.starts[at] - 40), clause.starts[at]):
        return True
    match = re.match(r"[xWc,]{0,5}K", clause.letters[at + 1 :])
    if match is None or at + match.end() not in clause.plural_at:
        return False
    return "a" in clause.letters[max(0, at - 6) : at]


def _is_definite(text: str, start: int, end: int, letters: str, at: int) -> bool:
    """ "The drone fell", not "the drone attack"."""
    if letters[at + 1 : at + 2] in {"K", "Z", "W", "F", "B"}:
        return False
    return _SAYS["definite"].search(text, max(0, start - 30), start) is not None


def _is_single(text: str, start: int, end: int, letters: str, at: int, is_title: bool) -> bool:
    """ "A drone hit the base" is one drone; "a drone attack" does not say how many."""
    if letters[at + 1 : at + 2] in {"K", "Z", "W", "F", "B"}:
        return False
    if is_title and (letters[at + 1 : at + 2] in {"V", "l", "D"} or "D" in letters[max(0, at - 2) : at]):
        return True
    return bool(_SAYS["single"].search(text, max(0, start - 60), start))


def weapon_of(mentions: Sequence[WeaponMention]) -> tuple[Weapon, WeaponMention | None]:
    """The weapon of the first telling; "mixed" where two kinds are named together."""
    named = [mention for mention in mentions if mention.kind]
    for mention, following in pairwise(named):
        both = {mention.kind, following.kind}
        apart = len(both) == 2 and both not in _ALIKE
        if mention.joined and apart and following.start - mention.end < 40:
            return "mixed", mention
    for mention in named:
        if mention.kind in _KNOWN:
            return _KNOWN[mention.kind], mention
    return "unknown", None


def count_of(
    mentions: Sequence[WeaponMention], weapon: Weapon
) -> tuple[int | None, int | None, WeaponMention | None]:
    """How many were launched, as the article states it.

    Differing statements span a range; "over a dozen" yields to "fourteen", the headline to the body.
    """
    counting = list(_counting_mentions(mentions, weapon))
    if any(not mention.is_title for mention in counting):
        counting = [mention for mention in counting if not mention.is_title]
    exact = [mention for mention in counting if mention.low is not None and mention.high is not None]
    if exact:
        counting = [m for m in counting if m in exact or (m.low or 0) > max(e.high or 0 for e in exact)]
    lows = [mention.low for mention in counting if mention.low is not None]
    highs = [mention.high for mention in counting if mention.high is not None]
    if not counting:
        alike = [mention for mention in mentions if _KNOWN.get(mention.kind) == weapon]
        if alike and all(mention.part and mention.counted for mention in alike):
            return alike[0].low, alike[0].high, alike[0]  # "two more were shot down": more than elsewhere
        one = next((mention for mention in alike if mention.definite), None)
        if one is not None and not any(mention.plural for mention in alike):
            return 1, 1, one
        return None, None, None
    open_ended = any(mention.high is None for mention in counting)
    return min(lows, default=None), None if open_ended else max(highs), counting[0]


def _counting_mentions(mentions: Sequence[WeaponMention], weapon: Weapon) -> Iterator[WeaponMention]:
    several, most = False, 0
    for mention in mentions:
        same = mention.kind in ("", "missile") or _KNOWN.get(mention.kind) == weapon or weapon == "mixed"
        several = several or (mention.plural and not mention.part and bool(mention.kind))
        if not mention.counted or mention.part or not same or (mention.low is None and mention.high is None):
            continue
        if mention.low == mention.high == 1 and several:
            continue  # "one rocket fell": a part of what was counted before
        if (mention.fell or mention.downed) and (mention.high or 0) < most:
            continue
        most = max(most, mention.high or mention.low or 0)
        yield mention
