"""Every known word of an article in one pass: names, weapons, verbs, all from one token trie.

Aliases and lexicon terms are broken into the same tokens as the text (folded to lower case without
accents, hyphens and apostrophes gone), so that "Ain al-Asad", "ain al asad" and "Ain Al-Asad" are one
entry. The longest match wins. The time is linear in the text: a token starts at most one walk, and a
walk is as short as the longest alias.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

from extract.text import level

_PIECE = r"(u\.(?:\s?s\.(?:a\.)?|s\b|k\.)|%s+(?:'(?!(?:s|t|re|ll|ve|d|m)\b)%s+)*|[,;:()\"\u2022\n]|--|\s-\s)"
TOKEN = re.compile(_PIECE.replace("%s", r"[^\W_]"))
ASCII_TOKEN = re.compile(_PIECE.replace("%s", "[a-z0-9]"), re.ASCII)  # the same, faster, for folded ASCII
LONGEST_WORD = 40  # a longer token is no word of any language we read


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A known term as the trie gives it: what kind of word, and what it stands for.

    Compared by identity: the trie holds each once, and tuples of words are looked up a great deal.
    """

    kind: str
    value: str
    needs: str = ""  # "context": counts only beside a military word
    caps: bool = False  # "IS", "TQ": in lower case it is another word


class Hit(NamedTuple):
    """One match in the text, from the first to the last token it covers."""

    start: int
    end: int
    first: int
    last: int
    words: tuple[Word, ...]


class Tokens:
    """A text cut into tokens, as parallel lists (an object a token costs too much)."""

    __slots__ = ("ends", "starts", "text", "words")

    def __init__(self, text: str, folded: str) -> None:
        parts = (ASCII_TOKEN if folded.isascii() else TOKEN).split(folded)
        bounds = list(accumulate(map(len, parts)))
        words = parts[1::2]
        starts = bounds[: 2 * len(words) : 2]
        for at, word in enumerate(words):
            if word.isalnum() and word not in _AS_WRITTEN:
                if len(word) > LONGEST_WORD:
                    words[at] = ""
            else:
                words[at] = _spelled(word, text[starts[at]])
        self.text, self.starts, self.ends, self.words = text, starts, bounds[1::2], words


_AS_WRITTEN = frozenset(("us", "may"))  # two words each, by their first letter


def _spelled(word: str, first: str) -> str:
    """The token as the terms have it; `first`: its first letter as the text writes it."""
    if word[0] == "u" and (word == "us" or "." in word):
        return "us" if first.isupper() and "k" not in word else "uk" if "k" in word else "us'"
    if word == "may" and first == "M":
        return "may'"  # the month
    if "'" in word:
        word = word.replace("'", "")  # "Kata'ib" and "Kataib" are one
    elif word[0].isspace():
        return "--"
    return word if len(word) <= LONGEST_WORD else ""


def _in_capitals(words: tuple[Word, ...], text: str) -> tuple[Word, ...]:
    """The words that the text may stand for as it is written."""
    return words if text.isupper() else tuple(word for word in words if not word.caps)


class TermIndex:
    """All terms as a trie over tokens."""

    def __init__(self, terms: Iterable[tuple[str, Word]]) -> None:
        self._root: dict[str, Any] = {}
        for phrase, word in terms:
            self._add(phrase, word)

    def _add(self, phrase: str, word: Word) -> None:
        plain = level(phrase)
        tokens = Tokens(plain, plain.lower()).words
        if not tokens:
            return
        node = self._root
        for token in tokens:
            node = node.setdefault(token, {})
        here: tuple[Word, ...] = node.get("", ())
        if all((word.kind, word.value) != (other.kind, other.value) for other in here):
            node[""] = (*here, word)

    def find(self, tokens: Tokens, first: int = 0, last: int | None = None) -> list[Hit]:
        """The longest known terms among the tokens, left to right, without overlaps."""
        words, root = tokens.words, self._root
        stop = len(words) if last is None else last
        hits: list[Hit] = []
        at = first
        while at < stop:
            node = root.get(words[at])
            if node is None:
                at += 1
                continue
            found, found_end, ahead = node.get(""), at + 1, at + 1
            while ahead < stop:
                node = node.get(words[ahead])
                if node is None:
                    break
                ahead += 1
                if "" in node:
                    found, found_end = node[""], ahead
            if found is None:
                at += 1
                continue
            start, end = tokens.starts[at], tokens.ends[found_end - 1]
            if found[0].caps or found[-1].caps:
                found = _in_capitals(found, tokens.text[start:end])
            if found:
                hits.append(Hit(start, end, at, found_end, found))
            at = found_end
        return hits
