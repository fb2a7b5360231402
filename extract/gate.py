"""The gate: whether a page can be relevant at all, told from its undecoded bytes, before any parsing. Pure.

    bytes -> a name of our theatre anywhere? -> decoded, markup blanked -> theatre, attack and target named?

The terms are those that every relevant text has (`EventRules.gate_*` of each language read), and the reader
itself refuses a text without them (`extract.filtering.refuse_text`), through the same `Terms`. More text only
adds terms, and an article's text is part of its page; so a page that is stopped here is one whose article
would have been refused. Only links that stand alone are left out, as they lead to other stories. The first
step is automata over all names in the encodings that pages come in.

Measured on 439 real pages (116 MB), one core: the automata 1,650 MB/s (leftmost matches let them search many
short names at once; with overlapping matches 490), google-re2 785, `in` for each name 79, `re` 43.
"""

from __future__ import annotations

import functools
import html
import itertools
import re
from collections.abc import Iterable, Sequence

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from extract import decoding
from extract.languages import ar_events
from extract.languages.arabic import plain
from extract.languages.en_events import ENGLISH_EVENTS
from extract.languages.events import EventRules

RULES: tuple[EventRules, ...] = (ENGLISH_EVENTS,)  # of every language read in Latin letters
LANGUAGES = frozenset({"en", "ar"})  # what a page of English may declare, so that it is read as English
ARABIC = (ar_events.GATE_THEATRE, ar_events.GATE_ATTACK, ar_events.GATE_US)


# Words of one automaton: up to about so many it looks at many bytes of the page at once. On real pages two of
# 34 do 1,650 MB/s together, one of 68 does 590; in alphabetical order, as like beginnings are told together.
_AT_ONCE = 34


_EVERYDAY = frozenset(
    b"al at base border camp field green in of oil states support the tower union zone".split()
)


_OF_FORMS = frozenset([b"field"])  # half of all that was found on real pages, of which none was an oil field


class Terms:
    """Terms that are looked for in lowered text or bytes; `whole`: only where a word begins.

    The automaton looks for one word of each term, the longest but for words that markup is full of; where it
    stands, the words before and after it are looked at, across any white space, and in bytes across markup.
    """

    def __init__(self, terms: Iterable[str], *, whole: bool = False) -> None:
        self._whole = whole
        anchors: dict[bytes, list[_Around]] = {}
        for form in sorted({form for term in terms for form in _forms(term)}):
            words = form.split(b" ") if whole else [form]
            place = max(range(len(words)), key=lambda n: (words[n] not in _OF_FORMS, len(words[n])))
            anchors.setdefault(words[place], []).append(_around(words, place))
        self._anchors = _unshadowed(anchors)
        self._followed = [
            _Followed(
                [
                    _then(a, key[len(anchor) :])
                    for key in anchors
                    if key.startswith(anchor)
                    for a in anchors[key]
                ]
            )
            for anchor in self._anchors
        ]
        self._parts = [
            (first, BytesAhoCorasick(self._anchors[first : first + _AT_ONCE], MatchKind.LeftmostFirst))
            for first in range(0, len(self._anchors), _AT_ONCE)
        ]

    def in_text(self, lowered: str) -> bool:
        """Whether a text, in lower case, has one of the terms."""
        return self.in_bytes(lowered.encode("utf-8", "replace"))

    def in_bytes(self, lowered: bytes) -> bool:
        """Whether bytes of ASCII lower case have one of the terms in any of the encodings known."""
        for first, automaton in self._parts:
            for number, start, end in automaton.find_matches_as_indexes(lowered):
                if self._whole and lowered[start - 1 : start].isalnum() and not _escaped(lowered, start):
                    continue
                if self._followed[first + number].holds(lowered, start, end):
                    return True
        return False


class _Followed:
    """What has to stand around an anchor: nothing, or one of several pairs of patterns."""

    def __init__(self, around: Iterable[tuple[re.Pattern[bytes] | None, bytes]]) -> None:
        pairs = list(around)
        after = [pattern for before, pattern in pairs if before is None]
        self._alone = b"" in after
        self._after = re.compile(b"|".join(after)) if after else None
        self._both = [(before, re.compile(pattern)) for before, pattern in pairs if before is not None]

    def holds(self, lowered: bytes, start: int, end: int) -> bool:
        """For an anchor that stands from start to end."""
        if self._alone or (self._after is not None and self._after.match(lowered, end)):
            return True
        return any(
            after.match(lowered, end) and _stands_before(before, lowered, start)
            for before, after in self._both
        )


def _stands_before(before: re.Pattern[bytes], lowered: bytes, start: int) -> bool:
    """Whether the words stand before an anchor; in plain text the bytes next to it say so or not."""
    plain = lowered[start - 1 : start] == b" " and lowered[start - 2 : start - 1].isalpha()
    return before.search(lowered[max(0, start - (_NEAR if plain else _REACH)) : start]) is not None


_NEAR = 24
_Around = tuple[
    re.Pattern[bytes] | None, bytes
]  # what stands before the anchor; what follows it, as a pattern
_REACH = 400  # bytes before an anchor in which the words before it are looked for
_GAP = rb"(?:[\s\-\xa0]|\xc2\xa0|&nbsp;|&#160;|&#xa0;|<[^<>]{0,200}>|\\[nrt])+"


def _around(words: Sequence[bytes], place: int) -> _Around:
    before = b"".join(re.escape(word) + _GAP for word in words[:place])
    after = b"".join(_GAP + re.escape(word) for word in words[place + 1 :])
    return (re.compile(rb"(?<![a-z0-9])" + before + rb"\Z") if before else None), after


def _then(around: _Around, rest: bytes) -> _Around:
    """For an anchor that stands for a longer one: the rest of that has to follow too."""
    before, after = around
    return before, re.escape(rest) + after


def _unshadowed(anchors: Iterable[bytes]) -> list[bytes]:
    """Without those that begin with another: what is found is then the shorter, and the rest is looked at."""
    kept: list[bytes] = []
    for anchor in sorted(anchors):
        if not kept or not anchor.startswith(kept[-1]):
            kept.append(anchor)
    return kept


def _forms(term: str) -> set[bytes]:
    """A term as pages write it: UTF-8; for letters beyond ASCII also other encodings, entities, escapes."""
    if term.isascii():
        return {term.encode()}
    forms = {term.encode("utf-8"), term.encode("ascii", "xmlcharrefreplace")}
    forms.add("".join(f"&#x{ord(c):x};" if ord(c) > 127 else c for c in term).encode())
    forms.add("".join(f"&#x{ord(c):04x};" if ord(c) > 127 else c for c in term).encode())
    forms.add("".join(f"\\u{ord(c):04x}" if ord(c) > 127 else c for c in term).encode())
    for encoding in ("cp1256", "iso8859-6"):
        try:
            forms.add(term.encode(encoding))
        except UnicodeEncodeError:
            continue
    return forms


def _escaped(lowered: bytes, start: int) -> bool:
    r"""Whether the letter before is the end of an escape: in JSON, `\n` and `\u201c` are no letters."""
    if lowered[start - 2 : start - 1] == b"\\":
        return True
    return bool(_ESCAPED.match(lowered[max(0, start - 6) : start]))


_ESCAPED = re.compile(rb"\\u[0-9a-f]{4}")


class Gate:
    """The terms of one language; see `EventRules`."""

    def __init__(self, rules: EventRules) -> None:
        self.countries = Terms(rules.gate_countries, whole=rules.gate_whole)
        self.theatre = Terms((*rules.gate_countries, *rules.gate_towns), whole=rules.gate_whole)
        self.attack = Terms(rules.gate_attack)
        self.us = Terms(rules.gate_us, whole=rules.gate_whole)

    def passes(self, lowered: str, *, by_country: bool = False) -> bool:
        """Whether a text names our theatre (`by_country`: not by a town alone), an attack and one of ours."""
        text = " ".join(lowered.split())
        theatre = self.countries if by_country else self.theatre
        return theatre.in_text(text) and self.attack.in_text(text) and self.us.in_text(text)


@functools.cache
def gates() -> tuple[Gate, ...]:
    """One gate a language read."""
    return tuple(Gate(rules) for rules in RULES)


@functools.cache
def gate_of(rules: EventRules) -> Gate:
    """The gate of one language's rules."""
    return Gate(rules)


@functools.cache
def _theatre(rules: Sequence[EventRules]) -> tuple[Terms, ...]:
    """The names of the theatre in all languages: one automaton for those that begin words, one for others."""
    terms = []
    for whole, group in itertools.groupby(sorted(rules, key=lambda r: r.gate_whole), lambda r: r.gate_whole):
        names = [name for r in group for name in (*r.gate_countries, *r.gate_towns)]
        terms.append(Terms(names, whole=whole))
    return tuple(terms)


def may_tell(headline: str) -> bool:
    """Whether a headline or summary names our theatre, in any language read."""
    if ar_events.GATE_THEATRE.search(plain(headline).text):
        return True
    return any(gate.theatre.in_text(headline.lower()) for gate in gates())


def page_may_tell(body: bytes, content_type: str = "") -> bool:
    """Whether the reader could find the page relevant, or a count of attacks in it. Never raises.

    False means that no text read out of the page would pass `refuse_text`. Words that markup parts in the
    middle ("I<b>raq</b>") are not put together: where every name of the theatre is so, the page is lost; and
    so is one that names it in nothing but whole paragraphs that are links.
    """
    lowered = _searchable(body, content_type)
    arabic = _ARTICLE.in_bytes(lowered)
    if not arabic and not any(terms.in_bytes(lowered) for terms in _theatre(RULES)):
        return False
    markup = decoding.decode_text(body, content_type).text
    declared = _LANGUAGE.search(markup, 0, 20_000)
    english = declared is None or declared[1].lower() in LANGUAGES
    if not arabic and not english:
        return False
    if english and _passes_in_english(_paragraphs(markup)):
        return True  # most that pass do so by their paragraphs, which are a small part of a page
    text = _visible(markup)
    return (arabic and _passes_in_arabic(text)) or (english and _passes_in_english(text))


_PARAGRAPH = re.compile(r"<[pP]\b[^<>]*+>[^<]*+(?:<(?!/?[pP]\b)[^<]*+)*+")


_LONG = 150  # characters; in shorter paragraphs there are headlines of other stories
_LONGEST = 5000  # a longer one is not closed, and more than a paragraph


def _paragraphs(markup: str) -> str:
    """The text of the long paragraphs of a page that are not within a link, a line each."""
    texts = (
        " ".join(_TAG.sub(" ", found[0]).split())
        for found in _PARAGRAPH.finditer(markup)
        if _LONG <= len(found[0]) <= _LONGEST
        and not _opens(markup[max(0, found.start() - _CARD) : found.start()], _LINK)
    )
    return _INVISIBLE.sub("", html.unescape("\n".join(text for text in texts if len(text) >= _LONG)))


_CARD = 2000  # characters of a link before the paragraph in it: a picture, a headline


_LINK = re.compile(r"<(/?)a(?![\w-])", re.IGNORECASE)
_OWN_HEADING = re.compile(r"<(/?)h1(?![\w-])", re.IGNORECASE)


def _opens(before: str, tag: re.Pattern[str]) -> bool:
    """Whether an element has begun in this markup and not ended."""
    return tag.findall(before)[-1:] == [""]


def _passes_in_english(text: str) -> bool:
    lowered = text.lower()
    return any(gate.passes(lowered) for gate in gates())


def _passes_in_arabic(text: str) -> bool:
    letters = plain(" ".join(text.split())).text
    return all(pattern.search(letters) for pattern in ARABIC)


_ARTICLE = Terms(["ال"])  # no Arabic text is without it, and it is spelled in one way
# As the page reader takes it from the root element; an article in a language that is not read is refused.
_LANGUAGE = re.compile(r"""<html\s[^<>]*?(?<![\w:-])lang\s*=\s*["']?([a-z]{2,3})(?![a-z])""", re.IGNORECASE)


def _searchable(body: bytes, content_type: str) -> bytes:
    """Lowered bytes in which the names can be found: as sent, or decoded where ASCII letters are hidden."""
    if b"\x00" in body[:4096] or b"iso-2022" in body[:4096].lower() or "2022" in content_type:
        return decoding.decode_text(body, content_type).text.lower().encode("utf-8", "replace")
    lowered = body.lower()
    if _HIDDEN.search(lowered):
        text = html.unescape(decoding.decode_text(body, content_type).text)
        return _INVISIBLE.sub("", text).lower().encode("utf-8", "replace")
    return lowered


# Letters of ASCII written as entities, and soft hyphens, in which the names would not be seen.
_HIDDEN = re.compile(
    rb"&(?:shy;|#0*(?:6[5-9]|[78][0-9]|90|9[7-9]|1[01][0-9]|12[0-2]|173)(?![0-9])"
    rb"|#x0*(?:[46][1-9a-f]|[57][0-9a]|ad)(?![0-9a-f]))"
)
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
# Of scripts only JSON-LD is read. Without a flag for both cases `re` looks for the `<` alone: faster.
_SCRIPT = re.compile(
    r"<((?i:script|style))\b(?![^<>]*(?i:ld\+json))[^<>]*+>[^<]*+(?:<(?!/?(?i:\1))[^<]*+)*+</(?i:\1)"
)
# A link that stands alone between tags; links within sentences have text beside them.
_ALONE = re.compile(r">\s*+<[aA]\b[^<>]*+>((?:[^<]++|<(?!/?[aA]\b))*+)</[aA]>(?=\s*+<)")
_HEADLINE = 25  # characters; a link alone that is as long is the headline of another story
_TAG = re.compile(r"</?(?!meta\b)[a-zA-Z][^<>]*+>")
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")


def _without_headline(link: re.Match[str]) -> str:
    """The end of the tag before, where the link is another story's headline; else all as it is."""
    is_own = _opens(link.string[max(0, link.start() - 200) : link.start() + 1], _OWN_HEADING)
    return link[0] if is_own or len(_TAG.sub(" ", link[1]).strip()) < _HEADLINE else "> "


def _visible(markup: str) -> str:
    """All text of a page and more (titles in metas, JSON-LD); scripts and the names of attributes are out.

    So are headlines that lead elsewhere: while our theatre is in the news, every page of a paper has some.
    """
    text = html.unescape(_TAG.sub(" ", _ALONE.sub(_without_headline, _SCRIPT.sub(" ", markup))))
    if "\\" in text:
        text = _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)
    return _INVISIBLE.sub("", text)
