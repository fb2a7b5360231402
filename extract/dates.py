"""When the text says that something was: days, ranges and windows, against the moment of publication.

Days are local days in Baghdad, whose clock differs from that of the American outlets by seven or eight
hours; where "today" may be either day, the mention is a range. Nothing that lies after publication is
found. Without a publication moment an absolute date still counts; everything else has precision "unknown".
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from extract.languages import Language
from extract.languages.base import DatePattern, DateRules, DayPart
from extract.records import DatePrecision
from extract.text import Document

BAGHDAD = ZoneInfo("Asia/Baghdad")
WASHINGTON = ZoneInfo("America/New_York")
DateKind = Literal["absolute", "relative", "window", "filed"]

# "Between Thursday night and Friday morning" says when something was; a longer stretch is a window.
_LONGEST_EVENT_DAYS = 3
# A publication moment outside these is an error of the page.
PLAUSIBLE_YEARS = range(1970, 2200)
# Who writes "today" so soon after midnight means the day before.
_SMALL_HOURS = 5
# "Two weeks ago" may be so many days more or less.
_SLACK = 3
# Where a text without a publication moment may bear its own date: within so many characters, and on a
# line no longer than that.
_TOP, _SHORT_LINE = 600, 60
# A day this recent is told without its year even beside one of another year; one so old hardly ever is.
_RECENT, _YEAR_LEFT_OUT = dt.timedelta(days=31), dt.timedelta(days=150)
# "Last updated on" before a date is no longer than that.
_LABEL = 20
_THURSDAY = 3
# How far from the day that it refers to "the next day" may stand, in characters.
_ANAPHOR_REACH = 600


@dataclass(frozen=True, slots=True)
class Link:
    """Words that set two events apart: "a day after rockets were fired".

    gap: by how many days the other event is later than the one these words lead to; None: not told.
    opens: the words open the sentence, and the other event follows ("A day after the raid, rockets ...");
    else it stands before them. of_other: the mention's days are those of the other event.
    """

    gap: int | None
    slack: int  # by how many days that may be wrong: "a week after" is five days or nine
    opens: bool
    of_other: bool


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that say when. The span covers day, part of day, clock and zone where they stand together.

    earliest, latest: local days in Baghdad; None where they cannot be told. A year alone gives both, and
    precision "unknown": too wide to be an event's date. clock: local "HH:MM".
    kind: "absolute" names a calendar date, "relative" needs the publication moment or another day,
    "window" is a stretch that things are counted over ("since Oct. 17": precision is its first day's),
    "filed" dates the writing itself (a dateline, "updated ..."), not an event. A clock or part of day
    alone has no day (precision "unknown").
    """

    start: int
    end: int
    earliest: dt.date | None
    latest: dt.date | None
    precision: DatePrecision
    clock: str | None
    day_part: DayPart | None
    kind: DateKind
    until: DatePrecision | None = None  # how exactly a window's last day is stated; None: it is not
    link: Link | None = None
    two: bool = False  # earliest and latest are two days, and not the ends of one stretch: "Nov. 9 and 11"


def local_day(moment: dt.datetime) -> dt.date:
    """The day in Baghdad. An exact UTC midnight is taken for a date that came without a time."""
    utc = moment.astimezone(dt.UTC)
    return utc.date() if utc.time() == dt.time() else moment.astimezone(BAGHDAD).date()


def find_dates(doc: Document, published_at: dt.datetime | None) -> tuple[DateMention, ...]:
    """All mentions, in order, not overlapping. `published_at` is aware; None where it is not known."""
    vocabulary = _vocabulary(doc.language)
    reader = _Reader(doc, doc.language.dates, _Now.of(published_at))
    clusters = _clusters(doc, _atoms(doc, vocabulary))
    return tuple(reader.read(clusters))


def day_of_telling(moment: dt.datetime) -> dt.date:
    """The day that those who write mean by "today": in the small hours in Baghdad still the one before."""
    now = _Now.of(moment)
    return now.lasting if now is not None else local_day(moment)


def filed_at(doc: Document) -> dt.datetime | None:
    """The day (midnight UTC) that the text itself bears: in its dateline, or on a short line at its top."""
    for mention in find_dates(doc, None):
        sentence = doc.sentence_at(mention.start)
        if mention.start > _TOP or sentence is None:
            return None
        alone = not sentence.is_title and sentence.end - sentence.start <= _SHORT_LINE
        if mention.precision == "day" and mention.earliest and (mention.kind == "filed" or alone):
            return dt.datetime.combine(mention.earliest, dt.time(), dt.UTC)
    return None


@dataclass(frozen=True, slots=True)
class _Now:
    """The day of publication in Baghdad, and the earlier one where in Washington it was still that."""

    day: dt.date
    other: dt.date
    lasting: dt.date  # the day until it is over for those who write: not before the small hours end

    @classmethod
    def of(cls, published_at: dt.datetime | None) -> _Now | None:
        if published_at is None or published_at.year not in PLAUSIBLE_YEARS:
            return None
        day = local_day(published_at)
        if published_at.astimezone(dt.UTC).time() == dt.time():
            return cls(day, day, day)
        other = min(day, published_at.astimezone(WASHINGTON).date())
        small = published_at.astimezone(BAGHDAD).hour < _SMALL_HOURS
        return cls(day, other, other if small else day)


# -- atoms: the smallest parts ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Atom:
    kind: str
    match: re.Match[str]

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    def get(self, group: str) -> str | None:
        return self.match.groupdict().get(group)


@lru_cache(maxsize=32)
def _vocabulary(language: Language) -> dict[str, tuple[DatePattern, ...]]:
    """Which patterns to try at which word."""
    patterns: dict[str, list[DatePattern]] = {}
    for pattern in language.dates.patterns:
        for word in pattern.first:
            patterns.setdefault(word, []).append(pattern)
    return {word: tuple(found) for word, found in patterns.items()}


def _atoms(doc: Document, vocabulary: dict[str, tuple[DatePattern, ...]]) -> Iterator[_Atom]:
    folded, position, digits = doc.folded, 0, vocabulary.get("#")
    tried = [
        (start, patterns)
        for start, word in doc.words
        if (patterns := vocabulary.get(word) or (digits if word[0].isdigit() else None)) is not None
    ]
    for start, patterns in tried:
        if start < position:
            continue
        found = [
            atom
            for pattern in patterns
            if (match := pattern.pattern.match(folded, start)) is not None
            and _plausible(doc, atom := _Atom(pattern.kind, match))
        ]
        if found:
            longest = max(found, key=lambda atom: atom.end)
            position = longest.end
            yield longest


def _plausible(doc: Document, atom: _Atom) -> bool:
    """Not a number inside a longer one, and not "may" or "march" in lower case."""
    before = doc.folded[atom.start - 1] if atom.start else " "
    if before.isalnum() or (before in ".,:/$#" and atom.match.group()[0].isdigit() and before != ","):
        return False
    rules = doc.language.dates
    for group in ("month", "weekday"):
        name = atom.get(group)
        if name in rules.need_capital and not doc.level[atom.match.start(group)].isupper():
            return False
        bare = atom.kind == "month" and not (atom.get("year") or atom.get("third") or atom.get("which"))
        if name in rules.need_capital and bare:
            return rules.month_openers.search(doc.folded[max(0, atom.start - 12) : atom.start]) is not None
    return True


# -- clusters: parts that stand together ---------------------------------------------------------------

_DAY_KINDS = frozenset({"calendar", "month", "year", "weekday", "phrase", "ago", "window"})


_ONE_DAY = ({"weekday", "calendar"}, {"weekday", "phrase"}, {"phrase", "calendar"})


def _links(doc: Document, atom: _Atom) -> bool:
    """ "A day after" before words that tell what happened then."""
    rules = doc.language.dates
    return (
        atom.kind in ("phrase", "ago")
        and rules.linking is not None
        and rules.linking.match(doc.folded, atom.end) is not None
    )


def _clusters(doc: Document, atoms: Iterable[_Atom]) -> Iterator[list[_Atom]]:
    cluster: list[_Atom] = []
    for atom in atoms:
        if cluster and not _together(doc, cluster, atom):
            yield cluster
            cluster = []
        cluster.append(atom)
    if cluster:
        yield cluster


def _together(doc: Document, cluster: list[_Atom], atom: _Atom) -> bool:
    last = cluster[-1]
    if _links(doc, atom) or _links(doc, last):
        return False
    gap = doc.folded[last.end : atom.start]
    if len(gap) > 40 or "\n" in gap or doc.language.dates.glue.fullmatch(gap) is None:
        return False
    if doc.sentence_index(last.start) != doc.sentence_index(atom.start):
        return False
    kinds = [other.kind for other in cluster]
    if atom.kind == "zone":
        return last.kind == "clock"
    if atom.kind == "clock" and "clock" in kinds:  # "10:30 am (0730 GMT)"
        return gap.strip() in ("(", "/") and kinds.count("clock") == 1
    if atom.kind == "part" and last.kind != "part":  # "the early hours of Friday morning"
        return kinds.count("part") <= 1
    if atom.kind in kinds:
        return False
    days = _DAY_KINDS.intersection(kinds)
    if atom.kind in _DAY_KINDS and days:
        # "Friday, Dec. 8" and "yesterday, Friday" are one day; "Thursday and last week" are two.
        pair = {atom.kind, *days}
        return pair in _ONE_DAY and gap.strip() in ("", ",", "on", ", on", "(", "of", "the", ", the")
    return True


# -- reading -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Days:
    """What the day part of a cluster means. `precision` "unknown" with no days: it cannot be told."""

    earliest: dt.date | None
    latest: dt.date | None
    precision: DatePrecision
    kind: DateKind
    part: DayPart | None = None
    future: bool = False
    until: DatePrecision | None = None
    link: Link | None = None
    two: bool = False


_UNKNOWN = _Days(None, None, "unknown", "relative")
_FUTURE = _Days(None, None, "unknown", "relative", future=True)


@dataclass(slots=True)
class _Reader:
    doc: Document
    rules: DateRules
    now: _Now | None
    anchor: DateMention | None = None
    anchor_day: dt.date | None = None  # the anchor's day as named, before a time zone moved it
    named: dt.date | None = None
    year_told: tuple[int, int, int] = (0, 0, -_ANAPHOR_REACH)  # year and month last named together, and where

    def read(self, clusters: Iterable[list[_Atom]]) -> list[DateMention]:
        mentions: list[DateMention] = []
        for cluster in clusters:
            last = mentions[-1] if mentions else None
            mention = self._mention(cluster, last.end if last else 0)
            if mention is None:
                continue
            joined = self._join(last, mention) if last is not None else None
            if joined is not None:
                mentions[-1] = mention = joined
            else:
                mentions.append(mention)
            named = mention.precision == "day" and mention.kind in ("absolute", "relative")
            if named and mention.link is None:
                self.anchor, self.anchor_day = mention, self.named if joined is None else mention.earliest
        return mentions

    def _mention(self, cluster: list[_Atom], floor: int) -> DateMention | None:
        start, end = cluster[0].start, cluster[-1].end
        if all(atom.kind == "zone" for atom in cluster):
            return None
        days = self._days(cluster)
        if days.future or (days == _UNKNOWN and {atom.kind for atom in cluster} == {"ago"}):
            return None
        parts = [
            self.rules.day_parts[_squeeze(atom.match.group())] for atom in cluster if atom.kind == "part"
        ]
        part = parts[0] if parts else days.part
        clock, shift = self._clock(cluster, days)
        if clock is not None and days.earliest != days.latest and days.part == "night":
            # "at 11:30 pm last night", "at 2 am overnight": before midnight or after
            only = days.earliest if clock >= "12:00" else days.latest
            days = replace(days, earliest=only, latest=only, precision="day")
        self.named = days.earliest
        if shift and days.earliest is not None and days.latest is not None:
            step = dt.timedelta(days=shift)
            days = replace(days, earliest=days.earliest + step, latest=days.latest + step)
        if clock is not None:
            part = None if shift else part
        mention = DateMention(
            start, end, days.earliest, days.latest, days.precision, clock, part, days.kind,
            until=days.until, link=days.link, two=days.two,
        )  # fmt: skip
        return mention if mention.link is not None else self._in_context(mention, floor)

    def _days(self, cluster: list[_Atom]) -> _Days:
        """The most exact of the cluster's day atoms."""
        kinds = {atom.kind: atom for atom in cluster}
        for kind, read in (
            ("calendar", self._calendar),
            ("weekday", self._weekday),
            ("phrase", self._phrase),
            ("ago", self._ago),
            ("month", self._month),
            ("year", self._year),
            ("window", self._window),
        ):
            if kind in kinds:
                days = read(kinds[kind])
                if kind == "calendar" and days == replace(_UNKNOWN, kind="absolute") and "weekday" in kinds:
                    return self._weekday(kinds["weekday"])
                if kind == "calendar" and "weekday" in kinds:
                    days = replace(days, part=self._weekday(kinds["weekday"]).part)
                if kind in ("calendar", "weekday") and "phrase" in kinds:
                    return self._night_of(days, kinds["phrase"])
                return days
        return _UNKNOWN

    def _night_of(self, days: _Days, phrase: _Atom) -> _Days:
        """ "Overnight on Thursday" is the night before that day or the one after it."""
        first, last, part = self.rules.relative_days.get(_squeeze(phrase.match.group()), (0, 0, None))
        if first == last or days.earliest is None or days.latest is None:
            return replace(days, part=days.part or part)
        step = dt.timedelta(days=1)
        wide = replace(
            days, earliest=days.earliest - step, latest=days.latest + step, precision="range", part=part
        )
        return self._no_future(wide)

    def _calendar(self, atom: _Atom) -> _Days:
        if atom.get("either"):
            return self._either_order(atom)
        if atom.get("of_month") is not None:
            return self._of_month(atom)
        month, day = self._month_and_day(atom)
        year, last = self._year_named(atom), int(atom.get("last") or 0)
        if year is not None:
            self.year_told = int(year), month, atom.end
        found = _date(int(year), month, day) if year is not None else self._this_or_last_year(month, day)
        if found is not None and year is None:
            found = _date(self._year_of(atom, found), month, day) or found
        if found is None:
            return replace(_UNKNOWN, kind="absolute")
        end = _date(found.year, month, last) if last > day else None
        if end is None:
            return self._no_future(_Days(found, found, "day", "absolute"))
        before = self.doc.folded[max(0, atom.start - 30) : atom.start]
        if atom.get("and") and not self.rules.between.search(before):
            return self._no_future(_Days(found, end, "range", "absolute", two=True))
        if (end - found).days > _LONGEST_EVENT_DAYS:
            return self._no_future(_Days(found, end, "day", "window", until="day"))
        return self._no_future(_Days(found, end, "range", "absolute"))

    def _of_month(self, atom: _Atom) -> _Days:
        """ "The 3rd of last month"; "of that month" is the month of the day last named."""
        which = self.rules.of_month[_squeeze(atom.get("of_month") or "")]
        base = self.anchor_day if which == "that" and self.anchor_day else self.now.day if self.now else None
        if base is None:
            return replace(_UNKNOWN, kind="absolute")
        if which == "that" and not atom.get("of_month") and self._is_far(atom):
            return replace(_UNKNOWN, kind="absolute")  # "on the 30th", of no month that was named
        if which == "last":
            base = base.replace(day=1) - dt.timedelta(days=1)
        day = _date(base.year, base.month, int(atom.get("day") or 0))
        if day is None:
            return replace(_UNKNOWN, kind="absolute")
        return self._no_future(_Days(day, day, "day", "absolute"))

    def _month_and_day(self, atom: _Atom) -> tuple[int, int]:
        holiday, name = atom.get("holiday"), atom.get("month")
        if holiday is not None:
            return self.rules.holidays[_squeeze(holiday)]
        month = self.rules.months[name] if name else int(atom.get("month_number") or 0)
        return month, self.rules.day_words.get(atom.get("day_word") or "") or int(atom.get("day") or 0)

    def _this_or_last_year(self, month: int, day: int) -> dt.date | None:
        """A day without a year is the last one that was; the day ahead may be today's elsewhere."""
        if self.now is None:
            return None
        limit = self.now.day + dt.timedelta(days=1)
        candidates = (_date(year, month, day) for year in range(limit.year, limit.year - 9, -1))
        return next((found for found in candidates if found is not None and found <= limit), None)

    def _year_named(self, atom: _Atom) -> str | None:
        """The year that stands with a day or month: "2023", "last year"."""
        which = self.rules.which.get(atom.get("which_year") or "")
        if which is not None and self.now is not None:
            return str(self.now.day.year - (which == "last"))
        return atom.get("year")

    def _year_of(self, atom: _Atom, found: dt.date) -> int:
        """The year of a day told without one: the last, or in a story of the past the year told before."""
        year, month, at = self.year_told
        if found.month < month:  # the story went on into the next year
            year += 1
        if self.now is None or year >= found.year or atom.start - at > _ANAPHOR_REACH:
            return found.year
        sentence = self.doc.sentence_at(atom.start)
        here = sentence is not None and at >= sentence.start
        old = self.now.day - found > (_RECENT if here else _YEAR_LEFT_OUT)
        return year if old and year > 1 else found.year

    def _either_order(self, atom: _Atom) -> _Days:
        """12/8/2023: the order that gives a day not after publication, and nearest to it; else unknown."""
        first, second, year = (int(atom.get(group) or 0) for group in ("either", "other", "year"))
        found = {day for day in (_date(year, first, second), _date(year, second, first)) if day is not None}
        if self.now is not None:
            found = {day for day in found if day <= self.now.day}
        if len(found) != 1:
            return replace(_UNKNOWN, kind="absolute")
        day = found.pop()
        return _Days(day, day, "day", "absolute")

    def _month(self, atom: _Atom) -> _Days:
        month = self.rules.months[atom.get("month") or ""]
        year, which = self._year_named(atom), self.rules.which.get(atom.get("which") or "")
        if which == "next":
            return _FUTURE
        if atom.get("same_year") and self.anchor_day is not None:
            year = str(self.anchor_day.year)
        if year is None and self.now is None:
            return replace(_UNKNOWN, kind="absolute")
        if year is not None or self.now is None:
            number = int(year or 0)
            self.year_told = number, month, atom.end
        else:
            same = month == self.now.day.month and which == "last"
            number = self.now.day.year - (1 if month > self.now.day.month or same else 0)
            if which is None:
                number = self._year_of(atom, dt.date(number, month, 1))
        first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}.get(
            atom.get("third") or "", (1, 31)
        )
        last = min(last, calendar.monthrange(number, month)[1])
        precision: DatePrecision = "range" if atom.get("third") else "month"
        return self._no_future(
            _Days(dt.date(number, month, first), dt.date(number, month, last), precision, "absolute")
        )

    def _year(self, atom: _Atom) -> _Days:
        year = int(atom.get("year") or 0)
        if atom.get("start"):
            return self._no_future(_Days(dt.date(year, 1, 1), dt.date(year, 1, 1), "day", "absolute"))
        return self._no_future(_Days(dt.date(year, 1, 1), dt.date(year, 12, 31), "unknown", "absolute"))

    def _weekday(self, atom: _Atom) -> _Days:
        which = self.rules.which.get(_squeeze(atom.get("which") or ""))
        part = self.rules.early.get(atom.get("early") or "")
        before = self.doc.folded[max(0, atom.start - 60) : atom.start]
        if which in ("last", "next") and self.anchor_day and self._is_anchored(atom, before):
            ahead = (self.rules.weekdays[atom.get("weekday") or ""] - self.anchor_day.weekday()) % 7 or 7
            step = ahead if which == "next" else ahead - 14 if ahead == 7 else ahead - 7
            return replace(self._around(self.anchor_day + dt.timedelta(days=step)), part=part)
        if which == "next" or self.rules.ahead.search(before):
            return _FUTURE
        if self.now is None:
            return replace(_UNKNOWN, part=part)
        back = (self.now.day.weekday() - self.rules.weekdays[atom.get("weekday") or ""]) % 7
        # Nobody calls yesterday "last Monday".
        day = self.now.day - dt.timedelta(days=back + 7 if back <= 1 and which == "last" else back)
        return _Days(day, day, "day", "relative", part)

    def _is_far(self, atom: _Atom) -> bool:
        """No day has been named that this one may be counted from."""
        return self.anchor is None or atom.start - self.anchor.end > _ANAPHOR_REACH

    def _is_anchored(self, atom: _Atom, before: str) -> bool:
        """ "The following Tuesday" is counted from the day last named."""
        if self._is_far(atom):
            return False
        return self.rules.anchored.fullmatch(before[-4:] + (atom.get("which") or "")) is not None

    def _phrase(self, atom: _Atom) -> _Days:
        phrase = _squeeze(atom.match.group())
        if phrase in self.rules.links and _links(self.doc, atom):
            return self._linked(atom, self.rules.links[phrase])
        if phrase in self.rules.relative_days:
            first, last, part = self.rules.relative_days[phrase]
            if self.now is not None and first == last == 0 and part in ("afternoon", "evening", "night"):
                # Where the two days differ it is morning in Baghdad, and this evening was yesterday's there.
                return _Days(self.now.other, self.now.other, "day", "relative", part)
            return self._from_now(first, last, part)
        if phrase in self.rules.anaphors:
            return self._from_anchor(atom, self.rules.anaphors[phrase])
        return self._period(self.rules.periods[phrase]) if phrase in self.rules.periods else _UNKNOWN

    def _from_now(self, first: int, last: int, part: DayPart | None = None) -> _Days:
        """Days from publication; a range where the day differs between Baghdad and Washington."""
        if self.now is None:
            return replace(_UNKNOWN, part=part)
        earliest = self.now.other + dt.timedelta(days=first)
        latest = self.now.lasting + dt.timedelta(days=last)
        return _Days(earliest, latest, "day" if earliest == latest else "range", "relative", part)

    def _from_anchor(self, atom: _Atom, days: int) -> _Days:
        """Days from the day last named, else from publication where that is not ahead."""
        anchor = self.anchor
        if anchor is not None and self.anchor_day and atom.start - anchor.end <= _ANAPHOR_REACH:
            return self._around(self.anchor_day + dt.timedelta(days=days))
        if days > 0:
            return _UNKNOWN
        return self._from_now(days, days)

    def _linked(self, atom: _Atom, gap: int | None, slack: int = 0) -> _Days:
        """The day of what comes after "a day after", or where that is known already, of the other event."""
        sentence = self.doc.sentence_at(atom.start)
        first = sentence.start if sentence else 0
        opens = self.rules.link_openers.fullmatch(self.doc.folded, first, atom.start) is not None
        anchor = self.anchor if self.anchor_day and self.anchor else None
        here = anchor is not None and anchor.start >= first
        told = self.rules.told_before is not None and self.rules.told_before.match(self.doc.folded, atom.end)
        other = opens or (not here and told is not None)
        link = Link(gap, slack, opens, other)
        if anchor is not None and not here and atom.start - anchor.end > _ANAPHOR_REACH:
            anchor = None
        days = _UNKNOWN
        if gap is not None and anchor is not None and self.anchor_day is not None:
            days = self._around(self.anchor_day + dt.timedelta(days=gap if other else -gap), slack)
        elif gap and not other and self.now is not None:
            days = self._from_now(-gap - 1 - slack, min(slack - gap, 0))
        return replace(_UNKNOWN if days.future else days, link=link)

    def _around(self, day: dt.date, slack: int = 0) -> _Days:
        first, last = day - dt.timedelta(days=slack), day + dt.timedelta(days=slack)
        return self._no_future(_Days(first, last, "range" if slack else "day", "relative"))

    def _period(self, name: str) -> _Days:
        if name == "future":
            return _FUTURE
        if self.now is None:
            return replace(_UNKNOWN, kind="window" if name.startswith("window") else "relative")
        today = self.now.day
        if name.startswith("window"):
            return _Days(today - dt.timedelta(days=int(name.split()[1])), today, "range", "window")
        if name == "year so far":
            return _Days(today.replace(day=1, month=1), today, "day", "window")
        if name.endswith("start"):
            first = today.replace(day=1, month=1 if name.startswith("year") else today.month)
            return _Days(first, first, "day", "relative")
        first, last = _period(name, today)
        precision: DatePrecision = "month" if name.endswith("month") else "range"
        if name.endswith("year"):
            precision = "unknown"
        return _Days(first, min(last, today), precision, "relative")

    def _ago(self, atom: _Atom) -> _Days:
        unit = self.rules.units[atom.get("unit") or ""]
        direction = self.rules.directions[atom.get("direction") or ""]
        count = self._count(atom.get("count") or "")
        if _links(self.doc, atom):
            gap = _days_in(unit, count)
            slack = _SLACK if unit == "week" else 0
            return self._linked(atom, -gap if gap and direction == "earlier" else gap, slack)
        if count == 0:  # "several days ago", "a few weeks earlier"
            few = {"day": (-10, -2), "night": (-10, -2), "week": (-56, -10), "month": (-300, -50)}.get(unit)
            return self._from_now(*few) if few and direction == "ago" else _UNKNOWN
        if direction != "ago":
            if unit in ("day", "night"):
                return self._from_anchor(atom, count if direction == "later" else -count)
            if unit in ("hour", "minute") and count < 12:
                return self._from_anchor(atom, 0)
            return _UNKNOWN
        if atom.get("exact") and self.now is not None:
            return self._to_the_day(unit, count, self.now.other)
        return self._back(unit, count)

    def _to_the_day(self, unit: str, count: int, today: dt.date) -> _Days:
        """ "Four years ago today"."""
        if unit in ("day", "night", "week"):
            return self._around(today - dt.timedelta(days=min(count, 400) * (7 if unit == "week" else 1)))
        number = today.year * 12 + today.month - 1 - min(count, 400) * (12 if unit == "year" else 1)
        day = _date(number // 12, number % 12 + 1, today.day)
        return self._around(day) if day is not None else _UNKNOWN

    def _back(self, unit: str, count: int) -> _Days:
        if self.now is None or count > 2000:
            return _UNKNOWN
        today = self.now.day
        if unit in ("hour", "minute"):
            return (
                self._from_now(-(count // 24) - 1, -(count // 24)) if unit == "hour" else self._from_now(0, 0)
            )
        if unit in ("day", "night"):
            return self._from_now(-count, -count)
        if unit == "week":
            middle = today - dt.timedelta(weeks=count)
            return self._around(middle, _SLACK)
        months = count * (12 if unit == "year" else 1)
        number = today.year * 12 + today.month - 1 - months
        if number < 12:
            return _UNKNOWN
        if unit == "year":
            return _Days(dt.date(number // 12, 1, 1), dt.date(number // 12, 12, 31), "range", "relative")
        first = dt.date(number // 12, number % 12 + 1, 1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return _Days(
            first - dt.timedelta(days=10), min(last + dt.timedelta(days=10), today), "range", "relative"
        )

    def _window(self, atom: _Atom) -> _Days:
        if self.now is None:
            return replace(_UNKNOWN, kind="window")
        count = self._count(atom.get("count") or "a")
        unit = self.rules.units[atom.get("unit") or ""]
        days = {"minute": 1, "hour": 1, "day": 1, "night": 1, "week": 7, "month": 31, "year": 366}[unit]
        length = -(-count // 24) if unit == "hour" else min(count, 400) * days
        return _Days(self.now.other - dt.timedelta(days=max(length, 1)), self.now.day, "range", "window")

    def _count(self, words: str) -> int:
        return int(words) if words.isdigit() else self.rules.counts.get(words, 0)

    def _no_future(self, days: _Days) -> _Days:
        """What begins after publication is no event's date; what ends after it is cut there."""
        if self.now is None or days.earliest is None or days.latest is None:
            return days
        if days.earliest > self.now.day:
            return _FUTURE
        return replace(days, latest=min(days.latest, self.now.day))

    def _clock(self, cluster: list[_Atom], days: _Days) -> tuple[str | None, int]:
        """Local time of day, and by how many days the local day differs from the one that is named."""
        at = next((index for index, atom in enumerate(cluster) if atom.kind == "clock"), None)
        time = _time(cluster[at]) if at is not None else None
        if at is None or time is None:
            return None, 0
        zone_atom = cluster[at + 1] if at + 1 < len(cluster) and cluster[at + 1].kind == "zone" else None
        zone = self.rules.zones.get(_squeeze(zone_atom.get("zone") or "")) if zone_atom else None
        day = days.earliest or (self.now.day if self.now else dt.date(2023, 12, 1))
        if zone is None or not 2 < day.year < 9000:
            return f"{time:%H:%M}", 0
        here = dt.datetime.combine(day, time, ZoneInfo(zone)).astimezone(BAGHDAD)
        return f"{here:%H:%M}", (here.date() - day).days

    def _in_context(self, mention: DateMention, floor: int) -> DateMention:
        """A date after "since" opens a window; one after "updated" or in a dateline dates the writing."""
        before = self.doc.folded[max(floor, mention.start - 80) : mention.start]
        since = self.rules.since.search(before)
        if since is not None:
            latest = self.now.day if self.now else None
            return replace(mention, start=mention.start - len(since.group()), latest=latest, kind="window")
        if self.rules.listed.search(before) and self._opens_line(mention):
            return replace(mention, kind="filed")
        if self._in_dateline(mention):
            return replace(mention, kind="filed")
        return mention

    def _opens_line(self, mention: DateMention) -> bool:
        """ "Published: Friday", and not "an article published on Friday"."""
        sentence = self.doc.sentence_at(mention.start)
        return sentence is None or mention.start - sentence.start <= _LABEL

    def _in_dateline(self, mention: DateMention) -> bool:
        """BAGHDAD, Dec 8 (Agency) - ...: capitals, the date, and a dash near the start of a paragraph."""
        if mention.kind != "absolute":
            return False
        sentence = self.doc.sentence_at(mention.start)
        if sentence is None or mention.start - sentence.start > 60:
            return False
        if _DATELINE_END.match(self.doc.level, mention.end) is None:
            return False
        if mention.start == sentence.start:
            return not self._is_long_past(mention)
        return _DATELINE.match(self.doc.level, sentence.start) is not None

    def _is_long_past(self, mention: DateMention) -> bool:
        """ "OCT. 18 - US forces come under fire" in January: a timeline, not a dateline."""
        if self.now is None or mention.latest is None:
            return False
        return (self.now.day - mention.latest).days > _FILED_WITHIN

    def _join(self, first: DateMention, second: DateMention) -> DateMention | None:
        """Two mentions as the ends of one stretch: "between Oct. 17 and Nov. 13", "Thursday into Friday"."""
        gap = self.doc.folded[first.end : second.start]
        if self.doc.sentence_index(first.start) != self.doc.sentence_index(second.start):
            return None
        if len(gap) > 30 or self.rules.through.fullmatch(gap) is None:
            return None
        if first.earliest is None or second.latest is None or first.earliest > second.latest:
            return None
        if second.kind == "window" or "filed" in (first.kind, second.kind):
            return None
        if first.kind == "window":  # "since Oct. 17 through Monday"
            single = second.precision == "day" and gap.strip() not in ("", "and", "or", ",", "-")
            return replace(first, end=second.end, latest=second.latest, until="day") if single else None
        day_before = second.latest - dt.timedelta(days=1)
        if second.precision == "day" and first.latest is not None:
            if first.precision == "range" and first.day_part == "night" and first.latest == second.earliest:
                # "Overnight Monday into Tuesday": now that its morning is named, it was not the night before
                return replace(first, earliest=day_before, end=second.end)
            if first.precision == "day" and first.earliest == day_before and gap.strip() == "or":
                return replace(first, end=second.end, latest=second.latest, precision="range")
        opened = self.rules.between.search(self.doc.folded[max(0, first.start - 30) : first.start])
        if opened is None and (
            gap.strip() in ("and", "or", "and the", "") or first.earliest == second.latest
        ):
            return None
        start = first.start - len(opened.group()) if opened else first.start
        if (second.latest - first.earliest).days > _LONGEST_EVENT_DAYS:
            return replace(
                first,
                start=start,
                end=second.end,
                latest=second.latest,
                kind="window",
                until=second.precision,
            )
        precision: DatePrecision = "day" if first.earliest == second.latest else "range"
        return replace(first, start=start, end=second.end, latest=second.latest, precision=precision)


# Place names in capitals before the date, and a dash or bracket after it.
_FILED_WITHIN = 3  # days before publication
_DATELINE = re.compile(r"[\"'(]?[A-Z][A-Z.'-]+(?:[ ,/]+[A-Z][\w.'-]*){0,6}[\s,(]*")
_DATELINE_END = re.compile(r"[\s,]*(?:\([^)\n]{1,40}\)|/[^/\n]{1,30}/)?[\s)]*(?:-{1,2}|:|\|)[\s\"']")


def _days_in(unit: str, count: int) -> int | None:
    """How many days that is; None where it is too vague to tell."""
    if unit in ("hour", "minute"):
        hours = count if unit == "hour" else 0
        return 0 if hours < 12 else hours // 24 if hours % 24 == 0 else None
    days = {"day": count, "night": count, "week": 7 * count}.get(unit, 0)
    return days if 0 < days <= 14 else None


def _period(name: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day. Weeks begin on Monday."""
    monday = today - dt.timedelta(days=today.weekday())
    if name == "last week":
        return monday - dt.timedelta(days=7), monday - dt.timedelta(days=1)
    if name == "this week":
        return monday, today
    if name == "weekend":
        # Friday is part of it in Iraq; on a Friday or a weekend day it may be the one that is on.
        saturday = today - dt.timedelta(days=(today.weekday() - 5) % 7)
        return saturday - dt.timedelta(days=1), saturday + dt.timedelta(days=1)
    if name == "last month":
        last = today.replace(day=1) - dt.timedelta(days=1)
        return last.replace(day=1), last
    if name == "this month":
        return today.replace(day=1), today
    if name == "last year":
        return dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)
    return dt.date(today.year, 1, 1), today


def _time(atom: _Atom) -> dt.time | None:
    hour, minute, half = int(atom.get("hour") or 0), int(atom.get("minute") or 0), atom.get("half")
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    return dt.time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)


def _date(year: int, month: int, day: int) -> dt.date | None:
    """The day, where there is one; -4 is the fourth Thursday of the month."""
    try:
        if day < 0:
            first = dt.date(year, month, 1)
            return first + dt.timedelta(days=(_THURSDAY - first.weekday()) % 7 - 7 * (day + 1))
        return dt.date(year, month, day)
    except ValueError:
        return None


def _squeeze(words: str) -> str:
    return re.sub(r"\s+", " ", words)
