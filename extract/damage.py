"""What an attack broke, as English tells it: each mention of damage with its degree, denied or left open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.languages.en_speech import ENGLISH_DAMAGE
from extract.records import Damage

_SAYS = ENGLISH_DAMAGE
_REACH = 90  # characters before the word in which its phrase may begin
_AHEAD = 70


@dataclass(frozen=True, slots=True)
class DamageMention:
    """One mention; `ours`: said of the base, the embassy or of US equipment."""

    value: Damage
    start: int
    end: int
    ours: bool


def damage_in(text: str, start: int, end: int) -> Iterable[DamageMention]:
    """The mentions between two offsets of the folded text, left to right."""
    for match in _SAYS["word"].finditer(text, start, end):
        before = text[max(start, match.start() - _REACH) : match.start()]
        after = text[match.end() : min(end, match.end() + _AHEAD)]
        value = _value(match.lastgroup or "", match.group(), before, after)
        if value is not None:
            broken = _SAYS["aside"].search(after)
            own = after[: broken.start()] if broken is not None else after
            theirs = _SAYS["theirs"].search(own) or _SAYS["theirs"].search(before[-40:])
            ours = _SAYS["ours"].match(after) is not None and theirs is None
            yield DamageMention(value, match.start(), match.end(), ours)


def _value(kind: str, word: str, before: str, after: str) -> Damage | None:
    phrase = before[_SAYS["breaks"].search(before).end() :]  # type: ignore[union-attr]
    if kind == "none":
        return "none"
    if _SAYS["open"].search(before) or _SAYS["open_after"].match(after):
        return None
    if kind == "destroyed":
        built = _SAYS["built"].match(after) if word.startswith("destroy") else None
        passive = _SAYS["built_before"].search(before)
        return "major" if built or passive else None
    if kind in ("damaged", "fire") and (_SAYS["not_thing"].search(before) or _SAYS["wild"].search(word)):
        return None
    if _SAYS["negated"].search(phrase) or (kind == "noun" and _SAYS["negated_after"].match(after)):
        return "none"
    if _SAYS["minor"].search(phrase) or _SAYS["minor_after"].match(after):
        return "minor"
    if _SAYS["major"].search(phrase) or _SAYS["major_after"].match(after):
        return "major"
    return "unspecified"


def worst(mentions: Iterable[DamageMention]) -> DamageMention | None:
    """The mention that counts: our own place before others, a degree before none, some before no damage."""
    best: DamageMention | None = None
    for mention in mentions:
        if best is None or _rank(mention) > _rank(best):
            best = mention
    return best


def _rank(mention: DamageMention) -> tuple[bool, bool, bool]:
    return (
        mention.ours and mention.value != "unspecified",
        mention.value != "none",
        mention.value in ("minor", "major"),
    )
