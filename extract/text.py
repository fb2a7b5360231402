"""The text that everything else reads: title, blank line, body; its sentences; its folded copies.

Offsets are code points in `Document.full`. Folding replaces characters one for one, so that an offset in
the folded copy is an offset in the text as it was fetched. Everything here is linear in the length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from extract.languages import ENGLISH, Language
from extract.languages.base import SentenceRules

# No sentence is longer: text without any stop is cut at a space, so that work per sentence stays bounded.
LONGEST_SENTENCE = 1500

_QUOTES = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'"}
_DOUBLE_QUOTES = dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−⁃﹘﹣－", "-")
_SPACES = dict.fromkeys(
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
_UNSEEN = dict.fromkeys(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff", " "
)
_CONTROLS = {chr(code): " " for code in [*range(0x20), 0x7F] if code not in (0x0A, 0x0D)}
_LINES = dict.fromkeys("\r\u0085\u2028\u2029\u000b\u000c", "\n")
_DIGITS = {chr(first + digit): str(digit) for first in (0x0660, 0x06F0, 0xFF10) for digit in range(10)} | {
    "٫": ".",
    "٬": ",",
}
# İ is the one letter that lower() turns into two.
_FOLD = str.maketrans(
    {**_CONTROLS, **_QUOTES, **_DOUBLE_QUOTES, **_DASHES, **_SPACES, **_UNSEEN, **_LINES, **_DIGITS, "İ": "I"}
)


def level(text: str, language: Language = ENGLISH) -> str:
    """The text with its quotes, dashes, spaces and digits made plain, letter for letter; case is kept."""
    levelled = text.translate(_FOLD)
    return levelled.translate(dict(language.letters)) if language.letters else levelled


def fold(text: str, language: Language = ENGLISH) -> str:
    """`level` in lower case; as long as the text it is made of."""
    return level(text, language).lower()


_WORD = re.compile(r"(\d+|[^\W\d_]+)")
_ASCII_WORD = re.compile(r"([0-9]+|[a-z]+)")  # the same in half the time, where there is nothing else


def words_of(folded: str) -> tuple[tuple[int, str], ...]:
    """Offset and form of every run of letters or of digits in a folded text."""
    parts = (_ASCII_WORD if folded.isascii() else _WORD).split(folded)
    return tuple(zip(list(accumulate(map(len, parts)))[::2], parts[1::2], strict=False))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, headline or list item; `paragraph` counts from 0, the title's."""

    start: int
    end: int
    paragraph: int
    is_title: bool


@dataclass(frozen=True)
class Document:
    """One article as the finders see it. `memo` keeps what a finder need not find twice."""

    title: str
    text: str
    language: Language = field(default=ENGLISH, repr=False)
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def full(self) -> str:
        """What evidence offsets point into."""
        return f"{self.title}\n\n{self.text}"

    @cached_property
    def level(self) -> str:
        """`full` made plain, case kept; same offsets."""
        return level(self.full, self.language)

    @cached_property
    def folded(self) -> str:
        """`full` made plain and in lower case; same offsets."""
        return self.level.lower()

    @cached_property
    def words(self) -> tuple[tuple[int, str], ...]:
        """Offset and folded form of every run of letters or of digits."""
        return words_of(self.folded)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """In order, not overlapping, without space around them."""
        return tuple(_sentences(self.level, len(self.title), self.language))

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def slice(self, start: int, end: int) -> str:
        """The words as the article has them."""
        return self.full[start:end]

    def sentence_index(self, offset: int) -> int:
        """The index of the sentence that holds the offset, or of the last one before it; -1 if none."""
        return bisect_right(self._starts, offset) - 1

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the offset, or the last one before it."""
        index = self.sentence_index(offset)
        return self.sentences[index] if index >= 0 else None


_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(
    r"""[.!?…؟؛。]["')\]]*(?=\s|$)|(?<=[a-z0-9%"')\]])[.!?]["')\]]?(?=["'(]?[A-Z][a-z])|[•▪●■◆]"""
)
_LAST_WORD = re.compile(r"[^\s(\[\"'-]{1,20}\Z")
_BULLETS = frozenset("•▪●■◆")
_NEXT_WORD = re.compile(r"[\s\"'(\[]*([\w'.]{1,20})")


def _sentences(plain: str, title_length: int, language: Language) -> Iterator[Sentence]:
    for paragraph, (start, end) in enumerate(_paragraphs(plain, title_length)):
        for first, last in _split(plain, start, end, language.sentences):
            yield Sentence(first, last, paragraph if title_length else paragraph + 1, first < title_length)


def _paragraphs(plain: str, title_length: int) -> Iterator[tuple[int, int]]:
    """Lines; one that goes on in lower case where the last had no stop belongs to it (hard-wrapped text)."""
    start = end = -1
    for line in _LINE.finditer(plain):
        if not line.group().strip():
            continue
        if start >= 0 and _wrapped(plain, end, line.start(), title_length):
            end = line.end()
            continue
        if start >= 0:
            yield start, end
        start, end = line.start(), line.end()
    if start >= 0:
        yield start, end


def _wrapped(plain: str, end: int, begin: int, title_length: int) -> bool:
    if begin - end != 1 or end <= title_length:
        return False
    return plain[begin].islower() and plain[end - 1] not in ".!?:;\"'"


def _split(plain: str, start: int, end: int, rules: SentenceRules) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(plain, start, end):
        bullet = stop.group() in _BULLETS
        if not bullet and not _ends(plain, stop, end, rules):
            continue
        yield from _pieces(plain, begin, stop.start() if bullet else stop.end())
        begin = stop.end()
    yield from _pieces(plain, begin, end)


def _ends(plain: str, stop: re.Match[str], end: int, rules: SentenceRules) -> bool:
    """Whether this stop ends a sentence, by the words on its two sides."""
    following = _NEXT_WORD.match(plain, stop.end(), end)
    if following is None:
        return True
    after = following.group(1)
    if after[0].islower():
        return False
    if not stop.group().startswith("."):
        return True
    last = _LAST_WORD.search(plain, max(0, stop.start() - 20), stop.start())
    before = last.group().lower() if last else ""
    if before in rules.titles or (len(before) == 1 and before.isalpha()):
        return False
    if before in rules.before_digits:
        return not after[0].isdigit()
    if before in rules.abbreviations:
        return not after[0].isdigit() and after.lower() in rules.starters
    return True


def _pieces(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without the space around it, cut where it is longer than any sentence should be."""
    start, end = _strip(plain, start, end)
    while end - start > LONGEST_SENTENCE:
        cut = plain.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield _strip(plain, start, cut)
        start, _ = _strip(plain, cut, end)
    if start < end:
        yield start, end


def _strip(plain: str, start: int, end: int) -> tuple[int, int]:
    while start < end and plain[start].isspace():
        start += 1
    while start < end and plain[end - 1].isspace():
        end -= 1
    return start, end
