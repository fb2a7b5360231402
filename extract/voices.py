"""Who speaks: near-duplicate texts are one voice, and so is a publisher family.

A wire story printed by forty papers is one voice, though forty addresses carry it. Resolution sees articles
only through their fingerprints, so the fingerprint must by itself tell a copy with another lede, a shortened
copy and an updated version from another newsroom's article on the same attack.

The fingerprint is a bottom-k sketch of the text's word triples (the k least hashes, and how many triples
there were). Unlike a simhash it can be asked for containment, which is what a shortened copy needs: a third
of a wire story has a Jaccard index of only 1/3 with the whole, but is contained in it. The thresholds and
how they were measured stand in data/resolution.csv.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.records import Reported
from extract.thresholds import thresholds

_SHINGLE_WORDS = 3
_HASH_BYTES = 4
_LEAST_SHARED = 3  # one or two hashes in common are chance
_COMPARED = 4  # texts of a group that stand for it
_POSTINGS = 6  # texts remembered for each hash: copies of one text find one another through the first few
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A fingerprint read back: the least hashes of the text's word triples, and how many there were."""

    size: int
    least: frozenset[int]
    top: int  # the greatest hash kept; above it nothing is known unless all were kept

    @property
    def complete(self) -> bool:
        return len(self.least) == self.size


def fingerprint(text: str) -> str:
    """The sketch of a text as ASCII; empty where the text has too few words to be compared.

    Case, punctuation, accents and Arabic vowel signs do not count.
    """
    hashes = sorted(_shingle_hashes(_words(text)))
    if len(hashes) < thresholds().fingerprint_min_shingles:
        return ""
    packed = b"".join(hashes[: int(thresholds().fingerprint_k)])
    return f"{len(hashes)}.{base64.b64encode(packed).decode('ascii')}"


def same_text(a: str, b: str) -> bool:
    """Whether two fingerprints are of copies or versions of one text. False where either is empty."""
    if not a or not b:
        return False
    if a == b:
        return True
    one, other = _sketch(a), _sketch(b)
    if min(one.size, other.size) == 0:
        return False
    return containment(one, other) >= thresholds().same_text_containment


def containment(a: Sketch, b: Sketch) -> float:
    """The estimated share of the shorter text's word triples that the longer one has too, 0 to 1."""
    horizon = min(
        [sketch.top for sketch in (a, b) if not sketch.complete], default=max(a.top, b.top)
    )  # below it both sketches are whole
    mine = {value for value in a.least if value <= horizon}
    theirs = {value for value in b.least if value <= horizon}
    union = len(mine | theirs)
    both = len(mine & theirs)
    if both < _LEAST_SHARED:
        return 0.0
    jaccard = both / union
    shared = jaccard * (a.size + b.size) / (1 + jaccard)
    return min(1.0, shared / min(a.size, b.size))


def voice_of(reported: Reported) -> str:
    """The publisher family that speaks in one article; the outlet, then the host, where none is given."""
    return reported.family or reported.outlet or _host(reported.url)


def voices_of(reports: Iterable[Reported]) -> tuple[str, ...]:
    """The independent voices among articles, sorted; whatever order they come in.

    Articles with one text count as their origin's voice alone; a family that also wrote a text of its own
    is a voice by that text.
    """
    return tuple(sorted({origin(group) for group in text_groups(reports)}))


def origin(group: Iterable[Reported]) -> str:
    """The voice of a text that several print: a wire's or an official body's, else the first to publish."""
    return voice_of(min(group, key=_origin_key))


def any_copies(prints_a: frozenset[str], prints_b: frozenset[str]) -> bool:
    """Whether a text of one set is a copy of one of the other. Of many texts only a few are compared."""
    if not prints_a.isdisjoint(prints_b):
        return True
    few_a, few_b = sorted(prints_a)[:_COMPARED], sorted(prints_b)[:_COMPARED]
    return any(same_text(one, other) for one in few_a for other in few_b)


def text_groups(reports: Iterable[Reported]) -> tuple[tuple[Reported, ...], ...]:
    """Reports grouped by the text they come from: one article, or articles with near-duplicate text."""
    ordered = sorted(reports, key=lambda item: item.report.report_id)
    by_article: dict[str, list[Reported]] = defaultdict(list)
    for item in ordered:
        by_article[item.report.article_id].append(item)
    articles = sorted(by_article)
    links = _Links(len(articles))
    prints = [by_article[article][0].fingerprint for article in articles]
    for i, j in _similar_pairs(prints):
        links.join(i, j)
    groups: dict[int, list[Reported]] = defaultdict(list)
    for place, article in enumerate(articles):
        groups[links.root(place)].extend(by_article[article])
    return tuple(tuple(group) for _, group in sorted(groups.items()))


def _similar_pairs(prints: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Places of like fingerprints: enough pairs to link all copies of a text, found without comparing all."""
    postings: dict[int, list[int]] = defaultdict(list)
    first: dict[str, int] = {}
    for place, value in enumerate(prints):
        if not value:
            continue
        if first.setdefault(value, place) != place:
            yield first[value], place
            continue
        hashes = _sketch(value).least
        likely = Counter(other for one in hashes for other in postings.get(one, ()))
        for other, shared in sorted(likely.items()):
            if shared >= _LEAST_SHARED and same_text(prints[other], value):
                yield other, place
        for one in hashes:
            if len(postings[one]) < _POSTINGS:
                postings[one].append(place)


def _origin_key(item: Reported) -> tuple[bool, bool, str, str, str]:
    """Who wrote a shared text: a wire or an official body before the rest, then the first to publish."""
    return (
        item.kind not in ("wire", "official"),
        item.published_at is None,
        item.published_at.isoformat() if item.published_at else "",
        voice_of(item),
        item.report.report_id,
    )


class _Links:
    """Union-find whose root is always the least member, so that the order of joining leaves no trace."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, at: int) -> int:
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, a: int, b: int) -> None:
        low, high = sorted((self.root(a), self.root(b)))
        self._parent[high] = low


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall(_BEYOND_ASCII.sub(_without_marks, plain))


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def _without_marks(run: re.Match[str]) -> str:
    return "".join(sign for sign in run[0] if not unicodedata.combining(sign))


def _shingle_hashes(words: Sequence[str]) -> set[bytes]:
    """Of every triple of words; as bytes they sort like the numbers they are."""
    parts = [word.encode() for word in words]
    triples = zip(*(parts[at:] for at in range(_SHINGLE_WORDS)), strict=False)
    return {hashlib.blake2b(b" ".join(triple), digest_size=_HASH_BYTES).digest() for triple in triples}


@functools.lru_cache(maxsize=65536)
def _sketch(value: str) -> Sketch:
    """A fingerprint read back; what is no fingerprint of ours is like nothing."""
    size, _, packed = value.partition(".")
    try:
        raw = base64.b64decode(packed, validate=True)
        count = int(size)
    except ValueError:
        return Sketch(0, frozenset(), 0)
    least = frozenset(
        int.from_bytes(raw[at : at + _HASH_BYTES], "big") for at in range(0, len(raw), _HASH_BYTES)
    )
    return Sketch(count, least, max(least, default=0))


def _host(url: str) -> str:
    return url.split("//", 1)[-1].split("/", 1)[0].lower().removeprefix("www.")
