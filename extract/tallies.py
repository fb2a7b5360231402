"""Running counts of attacks on US forces, as an article quotes them: "78 times since Oct. 17, 37 in Iraq".

A tally is never an incident, and no count of US strikes, of rockets or of wounded is a tally. Sentences
are read one by one; what several of them say of the same count is joined, the body going before the
headline. Where the text counts both countries and states no total, 14 in Iraq and nine in Syria are 23.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from extract.dates import DateMention
from extract.languages import Language
from extract.languages.base import TallyRules
from extract.numbers import Number, numbers_within
from extract.records import Evidence, StatedTally
from extract.sought import needed
from extract.text import Document, Sentence

# A number by itself, with neither window nor split, is a running count only from here on.
_CLEARLY_RUNNING = 20
_RUNNING_IF_SAID_SO = 10
# Windows up to this length tell of a day's attacks, not of a running count.
_SHORTEST_WINDOW_DAYS = 3
# How far back the sentence may be that says whose forces are meant.
_CONTEXT_SENTENCES = 3
_RECOUNT_SENTENCES = 8  # and the one that says what the count was before
_INHERITING_SENTENCES = 5  # and be of the same window
_FURTHEST_COUNTRY = 90
# How far back the country may be named that "in the country" speaks of.
_COUNTRY_REACH = 1200
# "The first attack since Monday" is no running count yet.
_LEAST_ORDINAL = 2
# A split of at most this many attacks may name its total; more are troops.
_MOST_ATTACKS = 1000
# A day that begins this soon after a count is the count's own.
_DAYS_OWN_COUNT = 40
# How far a day may stand from a verb of speech to be the day on which it was said.
_NEAR_SPEECH = 60
_LONGEST_SUBJECT = 160
# A rounded count ("more than 100") and an exact one at most this much above it are the same count.
_ROUNDING = 1.12


def find_tallies(
    doc: Document,
    dates: Sequence[DateMention],
    published_at: dt.datetime | None,
    article_id: str,
) -> tuple[StatedTally, ...]:
    """The running counts in the order of the text; `dates` are those of `find_dates`."""
    reader = _Reader(doc, tuple(dates), _day_of(published_at) if published_at else None)
    found: list[_Tally] = []
    for index, sentence in enumerate(doc.sentences):
        reader.read(index, sentence, found)
    joined = _drop_headline(_join(found))
    return tuple(_stated(doc, tally, article_id) for tally in joined)


def may_state(doc: Document) -> bool:
    """Whether a sentence has a number that may count attacks, told without looking at dates.

    Where none has, `find_tallies` finds nothing.
    """
    rules, reader = doc.language.tallies, _Reader(doc, (), None)
    ordinals = _DIGITS_TH.search(doc.folded) or any(
        word in doc.folded for word, value in rules.ordinals.items() if value >= _LEAST_ORDINAL
    )
    gate, with_country = _gates(doc.language)
    for sentence in doc.sentences:
        text = doc.folded[sentence.start : sentence.end]
        if ordinals and rules.ordinal.search(text):
            return True
        named = [country for country in rules.countries if country in text]
        split = len(named) > 1
        if not split and not any(word in text for word in (with_country if named else gate)):
            continue
        numbers = [n for n in numbers_within(doc, sentence.start, sentence.end) if n.value is not None]
        if (split and len(numbers) > 1) or any(reader._kind(text, number) for number in numbers):
            return True
    return False


@lru_cache(maxsize=8)
def _gates(language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words one of which stands in every sentence whose number has a kind; in one that names a country.

    "Two of them" is a part of a count only with a country; see `_Reader._kind`.
    """
    rules = language.tallies
    patterns = (rules.times_after, rules.attacks_after, rules.strikes_after, rules.one_of_before,
                rules.total_before, rules.of_them_after)  # fmt: skip
    words = [needed(re.compile(pattern.pattern, pattern.flags)) or {""} for pattern in patterns]
    return tuple(frozenset().union(*words[:-1])), tuple(frozenset().union(*words))


_DIGITS_TH = re.compile(r"\d(?:st|nd|rd|th)")


def _day_of(published_at: dt.datetime) -> dt.date:
    """The day of a count that no day is stated for: it was made some hours before it was published.

    Three hours are taken for that, which is also what Baghdad is ahead of UTC.
    """
    return published_at.astimezone(dt.UTC).date()


@dataclass(frozen=True, slots=True)
class _Count:
    """A number with its place in the document and the one country that it is said of."""

    number: Number
    start: int
    end: int
    value: int
    country: str | None
    kind: str  # "count" of attacks, "part" of a count
    plain: bool  # a bare "37 in Iraq"
    again: bool = False  # "it was 61 on Friday": of a count that was told before


@dataclass(frozen=True, slots=True)
class _Tally:
    sentence: int
    is_title: bool
    total: _Count | None
    parts: dict[str, _Count] = field(default_factory=dict)
    window: DateMention | None = None
    as_of: dt.date | None = None
    as_of_span: tuple[int, int] | None = None
    speaker: tuple[int, int] | None = None

    @property
    def value(self) -> int | None:
        return self.total.value if self.total else None

    @property
    def stated(self) -> int | None:
        """The total: as stated, else that of both countries, each counted in attacks of its own."""
        if self.total is not None or len(self.parts) < 2:
            return self.value
        return self.sum

    @property
    def sum(self) -> int:
        return sum(part.value for part in self.parts.values())

    @property
    def since(self) -> dt.date | None:
        """The window's first day, where one is stated: "since January 2021" states none."""
        return self.window.earliest if self.window is not None and self.window.precision == "day" else None


@dataclass
class _Reader:
    doc: Document
    dates: tuple[DateMention, ...]
    today: dt.date | None

    @cached_property
    def starts(self) -> list[int]:
        """Where the dates begin."""
        return [date.start for date in self.dates]

    @cached_property
    def us_attacks_ever(self) -> bool:
        """Whether any sentence of the article tells of attacks on US forces."""
        texts = (self._text(sentence) for sentence in self.doc.sentences)
        return any(
            self.rules.attacked.search(text)
            and (self.rules.us_target.search(text) or self.rules.our_own.search(text))
            for text in texts
        )

    @property
    def rules(self) -> TallyRules:
        return self.doc.language.tallies

    def read(self, index: int, sentence: Sentence, found: list[_Tally]) -> None:
        """Adds the sentence's tallies to those found so far."""
        numbers = numbers_within(self.doc, sentence.start, sentence.end)
        numbers = [number for number in numbers if number.value is not None]
        text = self._text(sentence)
        if not numbers and not self._windows(sentence) and not self.rules.since_when.search(text):
            return
        follows = bool(found) and index - found[-1].sentence <= _RECOUNT_SENTENCES
        told = bool(self._attacks(text) or self.rules.both_named.search(text))
        told = told or self.rules.ordinal.search(text) is not None
        if not (follows or told or self._brings_to(sentence, text, numbers)):
            return
        counts = self._counts(sentence, text, numbers, follows)
        for tally in self._tallies(index, sentence, text, counts):
            window = tally.window or self._inherited(tally, found)
            found.append(replace(tally, speaker=self._speaker(index), window=window))

    def _inherited(self, tally: _Tally, found: Sequence[_Tally]) -> DateMention | None:
        """The window of the count told before, where this is the same one on another day."""
        total = tally.total
        if not found or total is None or not total.again:
            return None
        before = self.doc.folded[max(0, total.start - 80) : total.start]
        own = self.rules.other_count.search(before) is not None  # "a monitor counts far more: 60"
        near = tally.sentence - found[-1].sentence <= _INHERITING_SENTENCES
        return found[-1].window if near and not own else None

    def _text(self, sentence: Sentence) -> str:
        return self.doc.folded[sentence.start : sentence.end]

    def _attacks(self, text: str) -> bool:
        return bool(self.rules.attack_words.search(text) or self.rules.attacked.search(text))

    def _brings_to(self, sentence: Sentence, text: str, numbers: Sequence[Number]) -> bool:
        """ "That takes us to 52 since Oct. 17": a count without any word for what is counted."""
        return any(
            window.precision == "day" and 0 <= window.start - sentence.start - number.end <= _DAYS_OWN_COUNT
            for window in self._windows(sentence)
            for number in numbers
            if self.rules.total_before.search(text[max(0, number.start - 120) : number.start])
        )

    def _before(self, index: int) -> Iterable[str]:
        """The few sentences before this one."""
        return (
            self._text(sentence)
            for sentence in self.doc.sentences[max(0, index - _CONTEXT_SENTENCES) : index]
        )

    # -- counts -------------------------------------------------------------------------------------

    def _counts(self, sentence: Sentence, text: str, numbers: list[Number], follows: bool) -> list[_Count]:
        counts: list[_Count] = []
        strangers = False  # "2,500 troops in Iraq and 900 in Syria"
        for index, number in enumerate(numbers):
            limit = numbers[index + 1].start if index + 1 < len(numbers) else len(text)
            floor = numbers[index - 1].end if index else 0
            country, filler = self._country(text, number, floor, min(limit, number.end + _FURTHEST_COUNTRY))
            kind = self._kind(text, number)
            plain = False
            if kind is None and country is not None and filler is not None:
                plain = self.rules.filler.fullmatch(filler) is not None
                kind = "part" if plain else None
                strangers = strangers or not plain
            if kind is not None and number.value is not None:
                counts.append(
                    _Count(
                        number, sentence.start + number.start, sentence.start + number.end, number.value,
                        country, kind, plain,
                    )
                )  # fmt: skip
        counts.extend(self._ordinals(sentence, text))
        counts.extend(self._bare_totals(sentence, text, numbers, counts, follows))
        told = any(count.kind == "count" for count in counts)
        if (strangers and not told) or not (told or follows):
            counts = [count for count in counts if not count.plain]
        return counts

    def _ordinals(self, sentence: Sentence, text: str) -> Iterable[_Count]:
        """ "The 19th attack since October": with a window it says how many there were."""
        since_when = self.rules.since_when.search(text) is not None
        if not self._windows(sentence) and not since_when:
            return
        for match in self.rules.ordinal.finditer(text):
            value = int(match["digits"]) if match["digits"] else self.rules.ordinals[match["word"]]
            since = [window for window in self._windows(sentence) if self._has_start(window)]
            windowed = bool(since) or (value >= 10 and bool(self._windows(sentence)))
            windowed = windowed or (value >= _CLEARLY_RUNNING and since_when)
            if value >= _LEAST_ORDINAL and windowed:
                number = Number(match.start(), match.end(), value, value)
                yield _Count(
                    number,
                    sentence.start + match.start(),
                    sentence.start + match.end(),
                    value,
                    None,
                    "count",
                    False,
                )

    def _has_start(self, window: DateMention) -> bool:
        """A window since a day, a month or a part of one; not "in 24 hours"."""
        if window.precision in ("day", "month"):
            return True
        return window.precision == "range" and self.doc.folded.startswith("since", window.start)

    def _bare_totals(
        self, sentence: Sentence, text: str, numbers: list[Number], counts: list[_Count], follows: bool
    ) -> Iterable[_Count]:
        """Totals that no noun follows: "61 since Oct. 17: 29 in Iraq and 32 in Syria", "up from 46"."""
        if any(count.kind == "count" and count.country is None for count in counts):
            return
        split = sum({count.country: count.value for count in counts}.values()) if len(counts) > 1 else None
        used = {count.start for count in counts}
        for number in numbers:
            start, value = sentence.start + number.start, number.value or 0
            if start in used or self.rules.people_words.match(text, number.end + 1):
                continue
            adds_up = split is not None and split == value < _MOST_ATTACKS
            again = (
                follows
                and 10 <= value < _MOST_ATTACKS
                and self.rules.after_total.match(text, number.end) is not None
                and self.rules.recount.search(text[max(0, number.start - 80) : number.start]) is not None
                and self.rules.people_words.search(text) is None
            )
            if adds_up or again:
                yield _Count(number, start, sentence.start + number.end, value, None, "count", True, again)
                return

    def _kind(self, text: str, number: Number) -> str | None:
        """Whether the number counts attacks on US forces, and nothing else."""
        rules, end = self.rules, number.end
        before, near = text[: number.start], text[max(0, number.start - 120) : number.start]
        if rules.increment_after.match(text, end) or rules.extrapolated.search(near):
            return None
        times = rules.times_after.match(text, end)
        attacks = rules.attacks_after.match(text, end)
        strikes = rules.strikes_after.match(text, end)
        noun = attacks or strikes
        if rules.convoys_after.match(text, end):
            return "count"
        if (
            rules.of_them_after.match(text, end)
            and noun is not None
            and rules.of_the_attacks.match(noun.group())
        ):
            return "part" if self._country(text, number, 0, end + _FURTHEST_COUNTRY)[0] else None
        if times and (
            rules.attacked.search(before) or rules.attacked.search(text, times.end(), times.end() + 60)
        ):
            passive = rules.under_fire.match(text, times.end()) is not None
            return "count" if passive or not self._others_do(text, near, times.end()) else None
        if noun is not None:
            if self._others_do(text, near, noun.end()) or rules.own_attack.search(noun.group()):
                return None
            named = rules.us_target.search(text, noun.end(), noun.end() + 120) or rules.us_target.search(
                before
            )
            if rules.one_place.match(text, noun.end()) and not rules.us_target.search(
                text, noun.end(), noun.end() + 80
            ):
                return None
            return "count" if attacks or named else None
        if rules.of_them_after.match(text, end):
            return "part" if self._country(text, number, 0, end + _FURTHEST_COUNTRY)[0] else None
        if rules.one_of_before.search(near) and rules.launched_after.match(text, end):
            return "count"
        total = rules.total_before.search(near)
        if total and rules.after_total.match(text, end):
            attack = rules.attack_words.search(total.group())
            counted = total.group()[: attack.start()] if attack else total.group()
            return None if rules.not_attacks.search(counted) else "count"
        return None

    def _others_do(self, text: str, near: str, end: int) -> bool:
        """Whether somebody else's attacks are counted: American ones, Israeli ones, those on ships."""
        if self.rules.other_target.match(text, end):
            return True
        if self.rules.passive.search(near):
            return False
        if self.rules.own_action.search(near):
            return True
        target = self.rules.us_target.search(text, end, end + 80)
        return self.rules.other_agent.search(near) is not None and target is None

    def _country(self, text: str, number: Number, floor: int, limit: int) -> tuple[str | None, str | None]:
        """The one country that the number is said of, and the words between them."""
        match = self.rules.country.search(text, number.end, limit)
        ahead = self.rules.country_ahead.search(text, floor, number.start)
        if (
            ahead is not None
            and (match is None or self.rules.next_conjunct.search(text[number.end : match.start()]))
            and self.rules.times_after.match(text, number.end)
        ):
            return self.rules.countries[ahead["country"]], " in "  # "in Iraq they were attacked 60 times"
        if match is not None:
            opened = self.rules.country_before.match(text, match.start(), limit)
            if opened is not None and opened.end() == limit:
                match = None  # "98 since Oct. 17: Iraq (45), Syria (53)": the next number's
        if match is not None and not self.rules.both_countries.match(text, match.start()):
            preceding = text[max(0, match.start() - 12) : match.start()]
            if not self.rules.second_of_both.search(preceding):
                return self.rules.countries[match["country"]], text[number.end : match.start()]
            return None, None
        if match is None:
            opened = self.rules.country_before.search(text, floor, number.start)
            if opened is not None and opened.end() == number.start:
                return self.rules.countries[opened["country"]], " in "
        return None, None

    # -- tallies ------------------------------------------------------------------------------------

    def _tallies(self, index: int, sentence: Sentence, text: str, counts: list[_Count]) -> Iterable[_Tally]:
        totals = [count for count in counts if count.kind == "count" and count.country is None]
        parts = [count for count in counts if count.country is not None]
        if not counts or not self._about_us(index, text, counts):
            return
        if not totals and len({part.country for part in parts}) == 1 and parts[0].kind == "count":
            only = parts[0]  # "44 attacks in Iraq": the whole count is Iraq's
            totals, parts = [replace(only, country=None)], [only]
        if not totals and parts:
            yield from self._accept(index, sentence, text, None, parts)
        for total in totals:
            if self._is_bystander(sentence, total, totals):
                continue
            own = self._parts_of(total, totals, parts)
            if not own:
                own = self._scope(sentence, text, total)
            yield from self._accept(index, sentence, text, total, own)

    def _is_bystander(self, sentence: Sentence, total: _Count, totals: list[_Count]) -> bool:
        """A small count that is not the window's: "two attacks, a total of 13 since October"."""
        window = self._window(sentence, total)
        if total.value >= _RUNNING_IF_SAID_SO or window is None:
            return False
        if any(total.end < other.start < window.start for other in totals):
            return True
        # "In recent days 24 incidents, with three attacks on Monday alone"
        return window.end < total.start and any(
            0 <= day.start - total.end <= _DAYS_OWN_COUNT and day.kind in ("absolute", "relative")
            for day in self._in(sentence)
        )

    def _parts_of(self, total: _Count, totals: list[_Count], parts: list[_Count]) -> list[_Count]:
        """The split that belongs to a total: the one that adds up, else what follows it."""
        if len(totals) > 1:
            following = [other.start for other in totals if other.start > total.start]
            parts = [part for part in parts if total.start < part.start < min(following, default=1 << 60)]
        first: dict[str, _Count] = {}
        for part in parts:
            if part.country is not None and part.start != total.start:
                first.setdefault(part.country, part)
        return list(first.values()) if sum(part.value for part in first.values()) <= total.value + 2 else []

    def _scope(self, sentence: Sentence, text: str, total: _Count) -> list[_Count]:
        """The total again as the count of the one country that the sentence speaks of."""
        matches = list(self.rules.country.finditer(text))
        if any(self.rules.one_of_several.search(text[: match.start()]) for match in matches):
            return []
        named = {self.rules.countries[match["country"]] for match in matches}
        if not named and self.rules.this_country.search(text):
            before = self.doc.folded[max(0, sentence.start - _COUNTRY_REACH) : sentence.start]
            last = list(self.rules.of_country.finditer(before))[-1:]
            named = {self.rules.countries[match.lastgroup] for match in last if match.lastgroup}
        return [replace(total, country=named.pop())] if len(named) == 1 and named < {"iraq", "syria"} else []

    def _accept(
        self, index: int, sentence: Sentence, text: str, total: _Count | None, parts: list[_Count]
    ) -> Iterable[_Tally]:
        anchor = total or parts[0]
        window = self._window(sentence, anchor)
        countries = {part.country for part in parts}
        split = len(countries) > 1
        if window is not None and self._is_short(window) and not split:
            return
        least = _RUNNING_IF_SAID_SO if self.rules.running.search(text) else _CLEARLY_RUNNING
        shares = total is None and all(part.kind == "part" and not part.plain for part in parts)
        small = total is None or (total.value < least and not total.again)
        if window is None and not split and small and not shares:
            return
        if anchor.value < 2:
            return
        as_of, span = self._as_of(sentence, text, window, anchor.again)
        by_country = {part.country: part for part in parts if part.country is not None}
        yield _Tally(index, sentence.is_title, total, by_country, window, as_of, span)

    def _about_us(self, index: int, text: str, counts: list[_Count]) -> bool:
        if self.rules.us_target.search(text) or self.rules.our_own.search(text):
            return True
        first = min(count.start for count in counts)
        offset = first - self.doc.sentences[index].start
        if self.rules.other_agent.search(text[:offset]):
            return False
        if self._title_about_us() or any(
            self.rules.us_target.search(before) and self._attacks(before) for before in self._before(index)
        ):
            return True
        # What adds up to a split between Iraq and Syria, or what a group claims, may stand farther off.
        split = len({count.country for count in counts if count.country}) > 1
        if split and any(
            self._attacks(before) and not self.rules.other_agent.search(before)
            for before in self._before(index)
        ):
            return True
        if not self.us_attacks_ever:
            return False
        # A count without any word for what is counted is of what the article is about.
        return split or self.rules.claimed.search(text[:offset]) is not None or not self._attacks(text)

    def _title_about_us(self) -> bool:
        title = self.doc.folded[: len(self.doc.title)]
        return bool(self.rules.us_target.search(title) and self.rules.attack_words.search(title))

    # -- windows, days, speakers ------------------------------------------------------------------------

    def _in(self, sentence: Sentence) -> list[DateMention]:
        first = bisect_left(self.starts, sentence.start)
        return list(self.dates[first : bisect_left(self.starts, sentence.end, lo=first)])

    def _windows(self, sentence: Sentence) -> list[DateMention]:
        return [date for date in self._in(sentence) if date.kind == "window"]

    def _window(self, sentence: Sentence, anchor: _Count) -> DateMention | None:
        """The window nearest to the number, after it rather than before."""
        windows = [window for window in self._windows(sentence) if not self._is_silence(anchor, window)]

        def distance(window: DateMention) -> int:
            after = window.start - anchor.end
            return after if after >= 0 else (anchor.start - window.end) * 2

        return min(windows, key=distance, default=None)

    def _is_silence(self, anchor: _Count, window: DateMention) -> bool:
        """ "Two attacks, the first since February": the time without any."""
        between = self.doc.folded[anchor.end : window.start]
        return self.rules.first_since.search(between) is not None

    def _is_short(self, window: DateMention) -> bool:
        if window.earliest is None or window.latest is None or window.precision in ("day", "month"):
            return False
        return (window.latest - window.earliest).days <= _SHORTEST_WINDOW_DAYS

    def _as_of(
        self, sentence: Sentence, text: str, window: DateMention | None, again: bool
    ) -> tuple[dt.date | None, tuple[int, int] | None]:
        """The day of the count: the window's last one, "as of ...", or the day on which it was said."""
        if window is not None and window.until is not None and window.latest != self.today:
            return (window.latest, (window.start, window.end)) if window.until == "day" else (None, None)
        days = [date for date in self._in(sentence) if date.kind in ("absolute", "relative") and date.latest]
        for date in days:
            if self.rules.as_of.search(self.doc.folded[max(0, date.start - 14) : date.start]):
                return date.latest, (date.start, date.end)
        words = (self.rules.says, self.rules.count_words)
        speech = [sentence.start + match.start() for word in words for match in word.finditer(text)]
        near = [
            (distance, date)
            for date in days
            if speech and (distance := min(abs(date.start - verb) for verb in speech)) <= _NEAR_SPEECH
        ]
        if again and not near:
            near = [(0, date) for date in days[:1]]
        if not near:
            return self.today, None
        date = min(near, key=lambda pair: pair[0])[1]
        return (date.latest, (date.start, date.end)) if date.precision == "day" else (None, None)

    def _speaker(self, index: int, back: int = _CONTEXT_SENTENCES) -> tuple[int, int] | None:
        """Who is named as saying what the sentence says, as written; for "he" whom the one before names."""
        sentence = self.doc.sentences[index]
        text = self._text(sentence)
        if sentence.is_title:
            match = self.rules.headline_speaker.search(text)
            group = match.lastgroup if match is not None else None
            if match is not None and group and self.rules.speaker_words.search(match[group]):
                return sentence.start + match.start(group), sentence.start + match.end(group)
        counted = self.rules.counted_by.search(text)
        if counted is not None:
            group = "speaker" if counted["speaker"] else "agency"
            return sentence.start + counted.start(group), sentence.start + counted.end(group)
        for match in self.rules.says.finditer(text):
            verb, after = sentence.start + match.start(), sentence.start + match.end()
            if self.rules.pronoun.search(self.doc.folded[sentence.start : verb].rstrip()):
                return self._speaker(index - 1, back - 1) if index and back else None
            span = self._name_before(sentence.start, verb) or self._name_after(after, sentence.end)
            if span is not None:
                return span
        for match in self.rules.according_to.finditer(text):
            span = self._name_after(sentence.start + match.end() - 1, sentence.end)
            if span is not None:
                return span
        return self._label(index)

    def _label(self, index: int) -> tuple[int, int] | None:
        """Whose words a transcript's paragraph has: "SPOKESPERSON: ..."."""
        paragraph = self.doc.sentences[index].paragraph
        while index and self.doc.sentences[index - 1].paragraph == paragraph:
            index -= 1
        match = self.rules.label.match(self.doc.level, self.doc.sentences[index].start)
        return match.span("speaker") if match is not None else None

    def _name_before(self, start: int, verb: int) -> tuple[int, int] | None:
        """The subject right before a verb of speech, past a day ("the Pentagon on Monday said")."""
        end = verb
        at = bisect_left(self.starts, verb) - 1
        if at >= 0 and start < self.dates[at].start and 0 <= verb - self.dates[at].end <= 2:
            end = self.dates[at].start
        text = self.doc.level[start:end]
        head = self.rules.before_verb.sub("", text)
        long = self.rules.long_subject.match(head.lower()[-_LONGEST_SUBJECT:])
        if long is not None:
            begin = start + max(0, len(head) - _LONGEST_SUBJECT)
            return begin + long.start("speaker"), begin + long.end("speaker")
        comma = head.endswith(",")
        head = head.rstrip(", ")
        begin = _name_start(head, self.rules.role_words)
        if comma and head[:begin].rstrip().endswith(","):  # "Jane Doe, a Pentagon spokeswoman, said"
            outer = head[:begin].rstrip(", ")
            outer_begin = _name_start(outer, self.rules.role_words)
            begin = outer_begin if outer_begin < len(outer) else begin
        return self._name(start + begin, start + len(head))

    def _name_after(self, start: int, end: int) -> tuple[int, int] | None:
        match = _NAME_AFTER.match(self.doc.level, start, min(end, start + 120))
        if match is None:
            return None
        stop = match.start("words")
        for word in _NAME_WORD.finditer(self.doc.level, match.start("words"), match.end("words")):
            if not _is_name_word(word.group(), self.rules.role_words):
                break
            stop = word.end()
        return self._name(match.start("words"), stop)

    def _name(self, start: int, end: int) -> tuple[int, int] | None:
        """The span without its article; none where no name or role is in it."""
        article = self.rules.article.match(self.doc.folded, start, end)
        start = article.end() if article else start
        words = self.doc.level[start:end]
        while words and words.split()[-1].lower() in self.rules.small_words:
            words = words[: words.rstrip().rfind(" ")] if " " in words.rstrip() else ""
        words = words.rstrip(" ,.")
        if not words or not (
            self.rules.speaker_words.search(words.lower()) or any(word[0].isupper() for word in words.split())
        ):
            return None
        if words.lower() in self.rules.no_speakers:
            return None
        return start, start + len(words)


_NAME_WORD = re.compile(r"[^\s,;:()\"]+")
_NAME_AFTER = re.compile(r"[ ]{1,2}(?P<words>[^,;:()\"]{2,100})")


def _is_name_word(word: str, roles: frozenset[str]) -> bool:
    return word[0].isupper() or word.lower().strip(".'") in roles or word.lower().removesuffix("'s") in roles


def _name_start(text: str, roles: frozenset[str]) -> int:
    """Where the run of name and role words at the end of the text begins; its length where there is none."""
    begin = len(text)
    for word in reversed(list(_NAME_WORD.finditer(text, max(0, len(text) - 140)))):
        between = text[word.end() : begin]
        if between.strip() or not _is_name_word(word.group(), roles):
            break
        begin = word.start()
    return begin


# -- joining what several sentences say -----------------------------------------------------------------


def _join(found: list[_Tally]) -> list[_Tally]:
    """One tally for each count: the body first, filled in from what else is said of the same number."""
    kept: list[_Tally] = []
    for tally in [*(t for t in found if not t.is_title), *(t for t in found if t.is_title)]:
        at = next((index for index, other in enumerate(kept) if _same(other, tally)), None)
        if at is None:
            kept.append(tally)
        else:
            kept[at] = _filled(kept[at], tally)
    return [tally for tally in kept if not _is_stray_split(tally)]


def _same(first: _Tally, second: _Tally) -> bool:
    if first.since and second.since and first.since != second.since:
        return False
    if first.value is not None and second.value is not None:
        return (
            first.value == second.value
            or _rounds(first, second)
            or _rounds(second, first)
            or _is_part(first, second)
        )
    known, split = (first, second) if first.value is not None else (second, first)
    if known.value is None:
        return known.parts.keys() == split.parts.keys() and known.sum == split.sum
    if len(split.parts) > 1:
        return split.sum == known.value or (not known.parts and _close(known.value, split.sum))
    return not known.is_title and all(
        known.parts[country].value == part.value
        for country, part in split.parts.items()
        if country in known.parts
    )


def _is_stray_split(tally: _Tally) -> bool:
    """ "Two of them in Syria and two in Iraq": part of something, and of no count that was stated."""
    return tally.total is None and all(part.kind == "part" for part in tally.parts.values())


def _close(total: int, parts: int) -> bool:
    return abs(total - parts) <= max(1, total // 20)


def _rounds(rounded: _Tally, exact: _Tally) -> bool:
    """ "More than 100" and 102: one count, told twice."""
    if rounded.total is None or exact.value is None or rounded.total.number.bound is None:
        return False
    low = rounded.total.value
    if exact.total is not None and exact.total.number.bound is not None and exact.value % 10 == 0:
        return False
    if rounded.total.number.bound == "least":
        return low % 5 == 0 and low <= exact.value <= low * _ROUNDING
    return low % 5 == 0 and low / _ROUNDING <= exact.value <= low


def _is_part(whole: _Tally, part: _Tally) -> bool:
    """A sentence that tells one country's share again."""
    if len(part.parts) != 1 or part.value is None or part.is_title:
        return False
    ((country, count),) = part.parts.items()
    return country in whole.parts and whole.parts[country].value == count.value and len(whole.parts) > 1


def _filled(first: _Tally, second: _Tally) -> _Tally:
    """The first, and from the second what the first does not say."""
    better = first if first.total is not None else second
    if second.total is not None and _rounds(first, second):
        better = second
    parts = first.parts if len(first.parts) >= len(second.parts) else second.parts
    if _is_part(first, second):
        better, parts = first, first.parts
    elif not set(first.parts) & set(second.parts):
        parts = first.parts | second.parts
    dated = first if first.as_of_span is not None or second.as_of_span is None else second
    return replace(
        first,
        total=better.total,
        parts=parts,
        window=_better_window(first, second),
        as_of=dated.as_of,
        as_of_span=dated.as_of_span,
        speaker=first.speaker or second.speaker,
    )


def _better_window(first: _Tally, second: _Tally) -> DateMention | None:
    if first.since is None and second.since is not None:
        return second.window
    return first.window or second.window


def _drop_headline(tallies: list[_Tally]) -> list[_Tally]:
    """Where the body states counts, one that only the headline has is rounded or old."""
    body = [tally for tally in tallies if not tally.is_title]
    return sorted(body or tallies, key=lambda tally: tally.sentence)


def _stated(doc: Document, tally: _Tally, article_id: str) -> StatedTally:
    spans: list[tuple[str, int, int]] = []
    if tally.total is not None:
        spans.append(("total", tally.total.start, tally.total.end))
    elif tally.stated is not None:
        counts = sorted(tally.parts.values(), key=lambda part: part.start)
        spans.append(("total", counts[0].start, counts[-1].end))
    spans.extend((country, part.start, part.end) for country, part in sorted(tally.parts.items()))
    if tally.window is not None:
        spans.append(("since", tally.window.start, tally.window.end))
    if tally.as_of_span is not None:
        spans.append(("as_of", *tally.as_of_span))
    if tally.speaker is not None:
        spans.append(("speaker", *tally.speaker))
    value = {country: part.value for country, part in tally.parts.items()}
    return StatedTally(
        article_id=article_id,
        total=tally.stated,
        iraq=value.get("iraq"),
        syria=value.get("syria"),
        jordan=value.get("jordan"),
        since=tally.since,
        as_of=tally.as_of,
        speaker=doc.slice(*tally.speaker) if tally.speaker else None,
        evidence=tuple(
            Evidence(field=name, quote=doc.slice(start, end), start=start, end=end)
            for name, start, end in spans
        ),
    )
