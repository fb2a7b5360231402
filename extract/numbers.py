"""Counts in a text: digits, words, ranges, bounds, and words such as "several" that name no number.

Only what may count things is found: calibres, years, times of day, dates, distances, durations and the
digits in a name ("C-130", "Tower 22") are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.languages import ENGLISH, Language
from extract.languages.base import Bound, NumberRules
from extract.text import Document, fold, words_of

# A bare number of four digits between these is a year unless people or things follow at once.
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Number:
    """A count as stated; the span covers its qualifier ("at least six").

    low == high: that many ("six", and also "about six": see `bound`). "At least six": high is None. "Up to
    six": low is None. vague: both None.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    vague: bool = False
    bound: Bound | None = None

    @property
    def value(self) -> int | None:
        """The one number that is named, whatever its bound; None for a range or a vague word."""
        if self.low is not None and self.high is not None and self.low != self.high:
            return None
        return self.low if self.low is not None else self.high


def find_numbers(text: str, language: Language = ENGLISH) -> tuple[Number, ...]:
    """The counts in a text, in order; `text` may be folded already. Offsets are into `text`."""
    folded = fold(text, language)
    return _find(folded, words_of(folded), language)


def numbers_of(doc: Document) -> tuple[Number, ...]:
    """The counts in a document, found once."""
    if "numbers" not in doc.memo:
        doc.memo["numbers"] = _find(doc.folded, doc.words, doc.language)
    found: tuple[Number, ...] = doc.memo["numbers"]
    return found


def numbers_within(doc: Document, start: int, end: int) -> list[Number]:
    """Those of a document's counts that lie in a stretch, with offsets into that stretch."""
    numbers = numbers_of(doc)
    first = bisect_left(numbers, start, key=_start)
    last = bisect_left(numbers, end, lo=first, key=_start)
    return [_moved(number, -start) for number in numbers[first:last] if number.end <= end]


def numbers_alone(doc: Document, start: int, end: int) -> list[Number]:
    """The counts that a stretch of a document has when it is read by itself; offsets into the document."""
    grammar, folded = _grammar(doc.language), doc.folded
    if folded[start - 1 : start + 1].isalnum() or folded[end - 1 : end + 1].isalnum():
        words = words_of(folded[start:end])  # a word is cut
    else:
        every = doc.words
        first = bisect_left(every, start, key=_offset)
        last = bisect_left(every, end, lo=first, key=_offset)
        words = tuple(
            [(offset - start, word) for offset, word in every[first:last] if _may_begin(word, grammar)]
        )
    return (
        [_moved(number, start) for number in _find(folded[start:end], words, doc.language)] if words else []
    )


def _start(number: Number) -> int:
    return number.start


def _offset(word: tuple[int, str]) -> int:
    return word[0]


def _moved(number: Number, by: int) -> Number:
    return Number(number.start + by, number.end + by, number.low, number.high, number.vague, number.bound)


def _may_begin(word: str, grammar: _Grammar) -> bool:
    return word in grammar.begin or word[0].isdigit() or word in grammar.begin_vague


def _find(folded: str, words: Iterable[tuple[int, str]], language: Language) -> tuple[Number, ...]:
    grammar = _grammar(language)
    found = sorted(_bare(folded, words, grammar), key=lambda number: (number.start, -number.end))
    joined = _join(folded, _without_overlaps(found), grammar)
    return tuple(_qualify(folded, number, grammar) for number in joined)


@dataclass(frozen=True, slots=True, eq=False)
class _Grammar:
    rules: NumberRules
    begin: frozenset[str]  # words that a number may begin with
    begin_vague: frozenset[str]
    number: re.Pattern[str]
    vague: re.Pattern[str]
    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    measure: re.Pattern[str]
    label: re.Pattern[str]
    not_before: re.Pattern[str]
    people: re.Pattern[str]
    between: re.Pattern[str]
    range_gap: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first, in which a space also matches a run of spaces or a hyphen."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[ \n-]{1,3}") for word in ordered) or r"(?!)"


def _first_words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(re.split(r"[ -]", word, maxsplit=1)[0] for word in words)


@lru_cache(maxsize=32)
def _grammar(language: Language) -> _Grammar:
    rules = language.numbers
    small = rf"(?:(?:{_any(rules.tens)})(?:[ -](?:{_any(rules.units)}))?|{_any(rules.units)})(?!\w)"
    times = rf"(?:{_any(rules.multipliers)})(?!\w)"
    join = rf"[ -](?:(?:{_any(rules.joiners)})[ -])?"
    worded = (
        rf"(?:(?:{small}|(?:{_any(rules.articles)})(?= {times}))(?:[ -]{times})+(?:{join}{small})?|{small})"
    )
    range_words = _any([*rules.range_words, *(last for _, last in rules.between)])
    digits = r"\d{1,3}(?:,\d{3}){1,2}(?![,\d])|\d{1,7}(?![\d,]\d)"
    return _Grammar(
        rules=rules,
        begin=_first_words([*rules.units, *rules.tens, *rules.articles, *rules.phrases, *rules.multipliers]),
        begin_vague=_first_words(rules.vague),
        number=re.compile(
            rf"(?<![\w.,:/$€£#+'])(?<!(?<!\d)-)(?:(?P<digits>{digits})(?![\w/%$€£]|[.,:]\d|-\d+-)"
            rf"(?P<times>[ -]{times})?|(?P<phrase>{_any(rules.phrases)})(?!\w)|(?P<words>{worded}))"
        ),
        vague=re.compile(rf"(?<![\w-])(?:{_any(rules.vague)})(?!\w)(?! as )"),
        prefix=re.compile(rf"(?<![\w-])(?P<word>{_any(rules.qualifiers)})[ \n]{{1,3}}\Z"),
        suffix=re.compile(rf"[ ,]{{0,2}}(?P<word>{_any(rules.afterwards)})(?![\w-])"),
        measure=re.compile(
            rf"[ \n-]{{0,3}}(?:{_any(rules.units_of_measure)})(?![\w])|-?(?:{_any(rules.not_after)})(?![\w])"
            rf"|[ -](?:{_any(rules.not_after)})(?![\w])"
        ),
        label=re.compile(
            # also the second day in "Nov. 12-13", and the parts of 2023-11-21
            rf"(?<!\w)(?:{_any(rules.labels)})[ -]{{1,2}}(?:\d{{1,2}}[ ]?(?:-|to|and|or)[ ]?)?\Z"
            r"|\d-\d{1,2}-\Z"
        ),
        not_before=re.compile(rf"(?<!\w)(?:{_any(rules.not_before)})[ ]{{1,2}}\Z"),
        people=re.compile(rf"[ ]{{1,2}}(?:{_any(rules.people)})(?!\w)"),
        between=re.compile(
            "|".join(
                rf"(?P<first{i}>(?<!\w){re.escape(first)}[ ]{{1,2}}\Z)"
                for i, (first, _) in enumerate(rules.between)
            )
            or r"(?!)"
        ),
        range_gap=re.compile(rf"[ ]?-[ ]?|[ ]{{1,2}}(?:{range_words})[ ]{{1,2}}"),
    )


def _bare(folded: str, words: Iterable[tuple[int, str]], grammar: _Grammar) -> Iterable[Number]:
    """Numbers without what stands around them; patterns are tried only at words that may begin one."""
    position = 0
    begin, vague = grammar.begin, grammar.begin_vague
    words = [pair for pair in words if pair[1] in begin or pair[1] in vague or pair[1][0].isdigit()]
    for start, word in words:
        if start < position or not (word in begin or word[0].isdigit()):
            continue
        match = grammar.number.match(folded, start)
        if match is None or not _is_count(folded, match, grammar):
            continue
        position = match.end()
        value = _value(match, grammar.rules)
        if value is not None:
            yield Number(start, position, value, value)
    for start, word in words:
        if word not in vague:
            continue
        match = grammar.vague.match(folded, start)
        if (
            match is not None
            and not grammar.measure.match(folded, match.end())
            and not folded.startswith("as ", match.start() - 3)
        ):
            yield Number(match.start(), match.end(), None, None, vague=True)
    if grammar.rules.grammar is not None:
        for start, end, value in grammar.rules.grammar(folded):
            yield Number(start, end, value, value)


def _is_count(folded: str, match: re.Match[str], grammar: _Grammar) -> bool:
    start, end = match.span()
    if grammar.measure.match(folded, end):
        return False
    before = folded[max(0, start - 24) : start]
    if match["digits"] is None:
        return not (match.group() == "one" and grammar.not_before.search(before))
    if grammar.label.search(before) or (before[-1:] == "-" and folded[end : end + 1] == "-"):
        return False
    # "10-20 km", "Oct. 17 to 26": what the second number measures, the first measures as well.
    other = grammar.range_gap.match(folded, end)
    if other is not None:
        second = re.compile(r"\d{1,7}").match(folded, other.end())
        if second is not None and grammar.measure.match(folded, second.end()):
            return False
    if len(match["digits"]) == 4 and int(match["digits"]) in _YEARS:
        return grammar.people.match(folded, end) is not None
    return not (match["digits"].startswith("0") and match["digits"] != "0")


def _value(match: re.Match[str], rules: NumberRules) -> int | None:
    if match["digits"] is not None:
        value = int(match["digits"].replace(",", ""))
        for word in re.split(r"[ -]", match["times"] or ""):
            value *= rules.multipliers.get(word, 1)
        return value
    if match["phrase"] is not None:
        phrase = re.sub(r"[ \n-]+", " ", match["phrase"])
        return {re.sub(r"[ -]+", " ", name): value for name, value in rules.phrases.items()}.get(phrase)
    return _worded(re.split(r"[ \n-]+", match["words"]), rules)


def _worded(words: list[str], rules: NumberRules) -> int | None:
    """two hundred and fourteen: parts add up, a multiplier multiplies what stands before it."""
    total = part = 0
    for word in words:
        if word in rules.multipliers:
            factor = rules.multipliers[word]
            part = max(part, 1) * factor
            if factor >= 1000:
                total, part = total + part, 0
        elif word in rules.joiners:
            continue
        elif word in rules.units or word in rules.tens:
            part += rules.units.get(word) or rules.tens[word]
        elif word in rules.articles:
            part = 1
    return total + part


def _without_overlaps(found: list[Number]) -> list[Number]:
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept


def _join(folded: str, numbers: list[Number], grammar: _Grammar) -> list[Number]:
    """Two numbers with "to", "or" or a hyphen between them are one range."""
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        merged = _range(folded, last, number, grammar) if last is not None else None
        if merged is None:
            joined.append(number)
        else:
            joined[-1] = merged
    return joined


def _range(folded: str, first: Number, second: Number, grammar: _Grammar) -> Number | None:
    if first.low is None or second.low is None or first.low != first.high or first.low >= second.low:
        return None
    if second.start - first.end > 20:
        return None
    gap = folded[first.end : second.start]
    between = grammar.between.search(folded[max(0, first.start - 16) : first.start])
    if between is not None:
        index = int((between.lastgroup or "first0").removeprefix("first"))
        if gap.strip() == grammar.rules.between[index][1]:
            return Number(first.start - len(between.group()), second.end, first.low, second.low)
    plain = gap.strip()
    if plain == "-" or plain in grammar.rules.range_words:
        return Number(first.start, second.end, first.low, second.low)
    return None


def _qualify(folded: str, number: Number, grammar: _Grammar) -> Number:
    """The number with the qualifier that stands before or after it."""
    if number.low is None:
        return number
    before = grammar.prefix.search(folded[max(0, number.start - 24) : number.start])
    if before is not None:
        start = number.start - len(before.group())
        return _bounded(replace(number, start=start), _look(before["word"], grammar.rules.qualifiers))
    after = grammar.suffix.match(folded, number.end)
    if after is not None:
        return _bounded(replace(number, end=after.end()), _look(after["word"], grammar.rules.afterwards))
    return number


def _look(words: str, table: Mapping[str, Bound]) -> Bound:
    return table[re.sub(r"[ \n-]+", " ", words)]


def _bounded(number: Number, bound: Bound) -> Number:
    if bound == "least":
        return replace(number, bound=bound, high=None if number.low == number.high else number.high)
    if bound == "most":
        return replace(number, bound=bound, low=None if number.low == number.high else number.low)
    return replace(number, bound=bound)
