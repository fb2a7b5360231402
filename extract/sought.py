"""Patterns that are looked for only where a word stands without which they cannot match.

`re` tries every alternative at every letter; whether a word stands somewhere, it tells twenty times faster.
The words are taken from the pattern itself, so that nobody has to keep two lists: `needed` gives strings of
which every match contains at least one. What it cannot tell apart from "any string" is simply searched.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, cast

_AT_MOST = 72  # words; looking for more costs what the pattern costs
_EXACT = 32  # how many spellings of one part are kept apart
_TELLING = 3  # letters; shorter words stand in every sentence


def sought(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern, as one that looks for its needed words first."""
    return cast("re.Pattern[str]", _Sought(pattern))


def all_sought(rules: object, names: Iterable[str]) -> None:
    """Turn the patterns in these fields of frozen rules, bare or in pairs with a name, into `sought` ones."""
    for name in names:
        value = getattr(rules, name)
        if isinstance(value, re.Pattern):
            object.__setattr__(rules, name, sought(value))
        elif isinstance(value, tuple) and value and all(_is_named(item) for item in value):
            object.__setattr__(rules, name, tuple((key, sought(pattern)) for key, pattern in value))


def _is_named(item: object) -> bool:
    return isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], re.Pattern)


class _Sought:
    """Has of `re.Pattern` what the finders use; a match at one place is no search."""

    __slots__ = ("_pattern", "_words", "flags", "fullmatch", "match", "pattern", "sub")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._words: tuple[str, ...] = ()  # not known yet
        self.pattern, self.flags = pattern.pattern, pattern.flags
        self.match, self.fullmatch, self.sub = pattern.match, pattern.fullmatch, pattern.sub

    def _learn(self) -> tuple[str, ...]:
        words = needed(self._pattern) or {""}
        telling = all(len(word) >= _TELLING or not word.replace(" ", "").isalpha() for word in words)
        self._words = tuple(sorted(words, key=len)) if telling else ("",)
        return self._words

    def _may_match(self, text: str, pos: int, endpos: int) -> bool:
        here = text[pos:endpos] if pos or endpos != sys.maxsize else text
        # A loop, because any() with a generator costs as much as ten words.
        for word in self._words or self._learn():  # noqa: SIM110
            if word in here:
                return True
        return False

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        here = text[pos:endpos] if pos or endpos != sys.maxsize else text
        for word in self._words or self._learn():
            if word in here:
                return self._pattern.search(text, pos, endpos)
        return None

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._pattern.finditer(text, pos, endpos) if self._may_match(text, pos, endpos) else iter(())

    def findall(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> list[Any]:
        """As `re.Pattern.findall`."""
        return self._pattern.findall(text, pos, endpos) if self._may_match(text, pos, endpos) else []


def needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Strings of which every match of the pattern contains at least one; None where there are none such."""
    if pattern.flags & (re.IGNORECASE | re.LOCALE):
        return None
    try:
        from re import _parser  # type: ignore[attr-defined]

        return _best(_parts(list(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))))
    except (ImportError, AttributeError, TypeError, ValueError):  # another Python's parser: only slower
        return None


def _best(candidates: list[frozenset[str]]) -> frozenset[str] | None:
    """The set whose shortest word is longest: the rarest in a text."""
    usable = [_shortest(words) for words in candidates if words and "" not in words]
    usable = [words for words in usable if len(words) <= _AT_MOST]
    return max(usable, key=lambda words: (min(4, min(map(len, words))), -len(words)), default=None)


def _shortest(words: frozenset[str]) -> frozenset[str]:
    """Without those that contain another."""
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def _parts(items: list[Any]) -> list[frozenset[str]]:
    """For a sequence: sets of strings, one of each of which stands in every match."""
    found: list[frozenset[str]] = []
    exact: frozenset[str] = frozenset({""})  # all that the items since the last open one can spell
    for operator, argument in items:
        here = _spellings(str(operator), argument)
        joined = frozenset(map("".join, product(exact, here))) if here is not None else None
        if joined is not None and len(joined) <= _EXACT:
            exact = joined
            continue
        found.append(exact)
        exact = frozenset({""})
        if here is not None:
            exact = here
        else:
            inner = _needed_in(str(operator), argument)
            if inner is not None:
                found.append(inner)
    return [*found, exact]


def _spellings(operator: str, argument: Any) -> frozenset[str] | None:
    """All strings that the item matches, where they are few."""
    match operator:
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return frozenset({""})
        case "LITERAL":
            return frozenset({chr(argument)})
        case "IN":
            letters = [value for kind, value in argument if str(kind) == "LITERAL"]
            return frozenset(map(chr, letters)) if len(letters) == len(argument) else None
        case "SUBPATTERN":
            _, added, removed, items = argument
            return None if added or removed else _sequence(list(items))
        case "BRANCH":
            branches = [_sequence(list(items)) for items in argument[1]]
            if any(branch is None for branch in branches):
                return None
            return _few(frozenset().union(*[branch for branch in branches if branch is not None]))
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, items = argument
            inner = _sequence(list(items)) if most == 1 else None
            return _few(inner | {""} if least == 0 else inner) if inner is not None else None
    return None


def _few(words: frozenset[str]) -> frozenset[str] | None:
    return words if len(words) <= _EXACT else None


def _sequence(items: list[Any]) -> frozenset[str] | None:
    exact: frozenset[str] = frozenset({""})
    for operator, argument in items:
        here = _spellings(str(operator), argument)
        if here is None or len(here) * len(exact) > _EXACT:
            return None
        exact = frozenset(map("".join, product(exact, here)))
    return exact


def _needed_in(operator: str, argument: Any) -> frozenset[str] | None:
    """Strings of which every match of the item contains at least one."""
    match operator:
        case "SUBPATTERN":
            _, added, removed, items = argument
            return None if added or removed else _best(_parts(list(items)))
        case "BRANCH":
            branches = [_best(_parts(list(items))) for items in argument[1]]
            if any(branch is None for branch in branches):
                return None
            return frozenset().union(*[branch for branch in branches if branch is not None])
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, _, items = argument
            return _best(_parts(list(items))) if least else None
    return None
