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
from typing import Any, NamedTuple

from extract.text import level

TOKEN = re.compile(
    r"u\.(?:\s?s\.(?:a\.)?|s\b|k\.)|[^\W_]+(?:'(?!(?:s|t|re|ll|ve|d|m)\b)[^\W_]+)*"
    r"|[,;:()\"\u2022\n]|--|\s-\s"
)
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
        starts: list[int] = []
        ends: list[int] = []
        words: list[str] = []
        for match in TOKEN.finditer(folded):
            word = match.group()
            start = match.start()
            if word[0] == "u" and (word == "us" or "." in word):
                word = "us" if text[start].isupper() and "k" not in word else "uk" if "k" in word else "us'"
            elif word == "may" and text[start] == "M":
                word = "may'"  # the month
            elif "'" in word:
                word = word.replace("'", "")  # "Kata'ib" and "Kataib" are one
            elif word[0].isspace():
                word = "--"
            starts.append(start)
            ends.append(match.end())
            words.append(word if len(word) <= LONGEST_WORD else "")
        self.text, self.starts, self.ends, self.words = text, starts, ends, words


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
