"""English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from extract.languages.base import (
    CasualtyRules,
    DatePattern,
    DateRules,
    DayPart,
    Language,
    NumberRules,
    PatternKind,
    SentenceRules,
    TallyRules,
)

_UNITS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)

_SENTENCES = SentenceRules(
    titles=frozenset(
        "mr mrs ms dr prof gen lt col maj capt cpt sgt ssgt cpl pfc pvt spc brig adm cmdr rear vice rep sen gov "
        "pres amb st mt ft rev hon supt det insp messrs vs sec dep asst al".split()
    ),
    abbreviations=frozenset(
        "u.s u.k u.n u.a.e d.c e.u a.m p.m e.g i.e etc inc co corp ltd jr sr approx est "
        "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split()
    ),
    before_digits=frozenset("no nos art sec fig pp p".split()),
    starters=frozenset(
        "the a an it its he she they we i you his her their our this that these those there in on at by for "
        "from with as after before since when while during no none but and or however meanwhile also earlier "
        "later two three several one some many most all such if what who where why how according officials "
        "local iraqi syrian iran iranian israel us u.s".split()
    )
    - {"us", "u.s"},
)

_NUMBERS = NumberRules(
    units=_UNITS,
    tens=_TENS,
    multipliers={"hundred": 100, "thousand": 1000, "dozen": 12},
    joiners=("and",),
    articles=("a", "one"),
    phrases={
        "zero": 0,
        "a pair": 2,
        "a couple": 2,
        "a trio": 3,
        "a quartet": 4,
        "half a dozen": 6,
        "a half dozen": 6,
        "a half-dozen": 6,
        "half-dozen": 6,
        "a dozen": 12,
        "a single": 1,
        "a lone": 1,
        "a solitary": 1,
        "a sole": 1,
        "only one": 1,
    },
    vague=(
        "several",
        "multiple",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "many",
        "a few",
        "a number",
        "a handful",
        "numerous",
        "various",
        "several dozen",
        "a few dozen",
        "a series",
        "a string",
        "an unknown number",
        "an unspecified number",
        "a large number",
        "a small number",
        "countless",
    ),
    qualifiers={
        "at least": "least",
        "no fewer than": "least",
        "no less than": "least",
        "not less than": "least",
        "more than": "least",
        "over": "least",
        "upwards of": "least",
        "well over": "least",
        "just over": "least",
        "a minimum of": "least",
        "in excess of": "least",
        "north of": "least",
        "not fewer than": "least",
        "up to": "most",
        "as many as": "most",
        "no more than": "most",
        "at most": "most",
        "not more than": "most",
        "fewer than": "most",
        "less than": "most",
        "under": "most",
        "a maximum of": "most",
        "about": "about",
        "around": "about",
        "approximately": "about",
        "roughly": "about",
        "some": "about",
        "nearly": "about",
        "almost": "about",
        "close to": "about",
        "an estimated": "about",
        "circa": "about",
        "exactly": "about",
        "a total of": "about",
        "just under": "about",
        "perhaps": "about",
        "just": "about",
    },
    afterwards={
        "or more": "least",
        "at least": "least",
        "or so": "about",
        "at most": "most",
        "or fewer": "most",
    },
    between=(("between", "and"), ("from", "to"), ("anywhere from", "to")),
    range_words=("to", "or", "and possibly", "or possibly"),
    units_of_measure=(
        "mm",
        "millimeter",
        "millimeters",
        "millimetre",
        "millimetres",
        "cm",
        "m",
        "km",
        "kms",
        "kilometer",
        "kilometers",
        "kilometre",
        "kilometres",
        "mile",
        "miles",
        "meter",
        "meters",
        "metre",
        "metres",
        "feet",
        "foot",
        "ft",
        "inch",
        "inches",
        "yards",
        "kg",
        "kilogram",
        "kilograms",
        "kilos",
        "pound",
        "pounds",
        "lb",
        "lbs",
        "ton",
        "tons",
        "tonnes",
        "percent",
        "per cent",
        "%",
        "percentage",
        "second",
        "seconds",
        "minute",
        "minutes",
        "min",
        "hour",
        "hours",
        "hrs",
        "day",
        "days",
        "night",
        "nights",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "decade",
        "decades",
        "year-old",
        "years-old",
        "a.m",
        "p.m",
        "am",
        "pm",
        "o'clock",
        "gmt",
        "utc",
        "local time",
        "million",
        "billion",
        "trillion",
        "dollars",
        "degrees",
        "knots",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "times more",
        "times as",
        "-year-old",
    ),
    labels=(
        "tower",
        "shahed",
        "fateh",
        "fath",
        "resolution",
        "article",
        "articles",
        "route",
        "highway",
        "camp",
        "task force",
        "brigade",
        "title",
        "no",
        "no.",
        "number",
        "unit",
        "page",
        "day",
        "chapter",
        "section",
        "phase",
        "level",
        "category",
        "type",
        "model",
        "version",
        "part",
        "group",
        "channel",
        "mi",
        "su",
        "mig",
        "falcon",
        "arash",
        "zulfiqar",
        "qiam",
        "ababil",
        "samad",
        "badr",
        "area",
        "block",
        "boeing",
        "airbus",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "jan.",
        "feb",
        "feb.",
        "mar",
        "mar.",
        "apr",
        "apr.",
        "jun",
        "jun.",
        "jul",
        "jul.",
        "aug",
        "aug.",
        "sep",
        "sep.",
        "sept",
        "sept.",
        "oct",
        "oct.",
        "nov",
        "nov.",
        "dec",
        "dec.",
        "mid",
        "age",
        "aged",
        "division",
        "battalion",
        "regiment",
        "operation",
        "table",
        "figure",
        "line",
        "item",
        "kurdistan",
        "france",
        "i24",
        "ward",
        "gate",
        "sector",
        "district",
        "highways",
        "chapter",
        "verse",
    ),
    not_before=("no", "the", "this", "that", "each", "every", "any", "which", "another", "day"),
    not_after=(
        "way",
        "another",
        "off",
        "time",
        "third",
        "thirds",
        "quarter",
        "quarters",
        "half",
        "sided",
        "star",
        "page",
        "story",
        "storey",
        "person",
        "man",
        "point",
        "fold",
        "stop",
        "handed",
        "sixth",
        "fifth",
        "size",
    ),
    people=(
        "troops",
        "soldiers",
        "personnel",
        "people",
        "forces",
        "members",
        "servicemembers",
        "americans",
        "service members",
        "fighters",
        "civilians",
        "contractors",
        "us",
        "american",
        "rockets",
        "u.s",
    ),
)

_WEEKDAYS = {
    name: index
    for index, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: index
    for index, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)\.?+"
_WEEKDAY = rf"(?P<weekday>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})(?!\w)"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_WHICH_YEAR = r"(?:,?[ ]{1,2}(?:of )?(?P<which_year>last|this) year(?!\w))"
_TO = r"(?: ?- ?| to |(?P<and> and )| through | until )"
_TH = r"(?:st|nd|rd|th)?"
_COUNTS = _UNITS | _TENS | {"a": 1, "an": 1, "couple": 2, "dozen": 12, "several": 0, "few": 0}
_UNIT_WORDS = {
    word: unit
    for unit in ("minute", "hour", "day", "night", "week", "month", "year")
    for word in (unit, f"{unit}s")
} | {"evening": "day", "fortnight": "week", "decade": "year"}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_UNIT = rf"(?P<unit>{'|'.join(sorted(_UNIT_WORDS, key=len, reverse=True))})(?!\w)"
_DAY_PARTS: dict[str, DayPart] = {
    "morning": "morning", "mornings": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night",
    "dawn": "dawn", "at dawn": "dawn", "before dawn": "dawn", "predawn": "dawn", "pre-dawn": "dawn",
    "sunrise": "dawn", "daybreak": "dawn", "early morning": "dawn", "early hours": "dawn", "small hours": "night",
    "wee hours": "night", "late morning": "morning", "mid-morning": "morning", "late afternoon": "afternoon",
    "early afternoon": "afternoon", "early evening": "evening", "late evening": "evening", "late night": "night",
    "noon": "noon", "midday": "noon", "noontime": "noon", "midnight": "night", "after midnight": "night",
    "dusk": "evening", "sunset": "evening", "nightfall": "evening", "lunchtime": "noon", "night-time": "night",
}  # fmt: skip
_RELATIVE_DAYS: dict[str, tuple[int, int, DayPart | None]] = {
    "today": (0, 0, None), "yesterday": (-1, -1, None), "tonight": (0, 0, "night"), "this morning": (0, 0, "morning"),
    "this afternoon": (0, 0, "afternoon"), "this evening": (0, 0, "evening"), "last night": (-1, -1, "night"),
    "last evening": (-1, -1, "evening"), "overnight": (-1, 0, "night"), "the day before yesterday": (-2, -2, None),
    "earlier today": (0, 0, None), "earlier on today": (0, 0, None), "late last night": (-1, -1, "night"),
    "hours ago": (-1, 0, None), "minutes ago": (0, 0, None), "moments ago": (0, 0, None), "just now": (0, 0, None),
    "a short while ago": (0, 0, None), "a few hours ago": (-1, 0, None), "several hours ago": (-1, 0, None),
    "in the past few hours": (-1, 0, None), "in the last few hours": (-1, 0, None), "in recent hours": (-1, 0, None),
}  # fmt: skip
_ANAPHORS = {
    "the same day": 0, "that same day": 0, "the same night": 0, "the same evening": 0, "the same morning": 0,
    "that day": 0, "that night": 0, "that morning": 0, "that evening": 0, "later that day": 0, "earlier that day": 0,
    "later in the day": 0, "earlier in the day": 0, "hours later": 0, "hours earlier": 0, "later the same day": 0,
    "the next day": 1, "the following day": 1, "a day later": 1, "one day later": 1, "the day after": 1,
    "the next morning": 1, "the following morning": 1, "the previous day": -1, "the day before": -1,
    "a day earlier": -1, "one day earlier": -1, "a day before": -1, "the night before": -1, "the previous night": -1,
    "the evening before": -1, "the preceding day": -1, "a day after": 1, "the following night": 1,
    "a few hours later": 0, "several hours later": 0, "hours after": 0, "hours before": 0, "minutes later": 0,
}  # fmt: skip
_LINKS: dict[str, int | None] = {
    "a day after": 1, "one day after": 1, "the day after": 1, "the morning after": 1, "the night after": None,
    "a day following": 1, "hours after": 0, "minutes after": 0, "moments after": 0,
    "hours before": 0, "minutes before": 0, "hours following": 0,
    "a day before": -1, "one day before": -1, "the day before": -1, "the night before": -1, "the evening before": -1,
    "days after": None, "weeks after": None, "months after": None, "years after": None, "days before": None,
    "weeks before": None, "months before": None, "within hours of": 0, "within minutes of": 0,
    "the eve of": -1, "the same day as": 0, "the same night as": 0, "the same time as": 0, "within a day of": None, "within days of": None, "within weeks of": None,
}  # fmt: skip
_PERIODS = {
    "last week": "last week", "the previous week": "last week", "the past week": "window 7", "this week": "this week",
    "earlier this week": "this week", "earlier in the week": "this week", "earlier in the month": "this month",
    "earlier in the year": "this year", "late last week": "last week", "early last week": "last week",
    "last month": "last month", "late last month": "last month", "early last month": "last month",
    "earlier this month": "this month", "this month": "this month", "last year": "last year",
    "earlier this year": "this year", "this year": "year so far", "late last year": "last year",
    "the weekend": "weekend", "this weekend": "weekend", "last weekend": "weekend", "the past weekend": "weekend",
    "weekend": "weekend", "the start of the year": "year start", "the beginning of the year": "year start",
    "the start of this year": "year start", "the beginning of this year": "year start",
    "the start of the month": "month start", "the beginning of the month": "month start",
    "the start of this month": "month start", "the beginning of this month": "month start", "recent weeks": "window 42", "recent days": "window 10", "recent months": "window 180",
    "recent years": "window 1500", "next week": "future", "next month": "future", "tomorrow": "future",
    "next year": "future", "the coming days": "future", "the coming weeks": "future", "coming days": "future",
    "coming weeks": "future", "coming hours": "future", "later this week": "future", "later this month": "future",
}  # fmt: skip
_WHICH: dict[str, Literal["last", "this", "next"]] = {
    "last": "last", "past": "last", "previous": "last", "preceding": "last", "this past": "last", "this": "this", "next": "next", "coming": "next",
    "this coming": "next", "following": "next",
}  # fmt: skip
_ZONES = {
    "local time": "Asia/Baghdad", "baghdad time": "Asia/Baghdad", "iraq time": "Asia/Baghdad", "local": "Asia/Baghdad",
    "iraqi time": "Asia/Baghdad", "syria time": "Asia/Damascus", "damascus time": "Asia/Damascus",
    "eastern time": "America/New_York", "eastern standard time": "America/New_York", "est": "America/New_York",
    "eastern daylight time": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "eastern": "America/New_York", "washington time": "America/New_York", "gmt": "UTC", "utc": "UTC", "zulu": "UTC", "z": "UTC",
    "u.s. eastern time": "America/New_York", "us eastern time": "America/New_York", "tehran time": "Asia/Tehran",
    "pacific time": "America/Los_Angeles", "pt": "America/Los_Angeles", "central time": "America/Chicago",
    "ast": "Asia/Baghdad", "arabia standard time": "Asia/Baghdad", "pst": "America/Los_Angeles", "cst": "America/Chicago",
    "cet": "Europe/Paris", "bst": "Europe/London", "london time": "Europe/London", "israel time": "Asia/Jerusalem",
}  # fmt: skip


_HOLIDAYS = {
    "christmas day": (12, 25), "christmas morning": (12, 25), "christmas night": (12, 25),
    "christmas eve": (12, 24), "boxing day": (12, 26), "new year's eve": (12, 31),
    "new year's day": (1, 1), "thanksgiving day": (11, -4), "thanksgiving": (11, -4),
}  # fmt: skip


def _first(words: Iterable[str]) -> frozenset[str]:
    return frozenset(re.split(r"[\s.-]", word, maxsplit=1)[0] for word in words)


def _date_pattern(kind: PatternKind, first: Iterable[str], pattern: str) -> DatePattern:
    return DatePattern(kind=kind, first=_first(first), pattern=re.compile(pattern))


def _phrases(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[ \n]{1,2}") for word in ordered)


_FIRST_TO_19TH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()
_DAY_WORDS = (
    {word: day for day, word in enumerate(_FIRST_TO_19TH, start=1)}
    | {"twentieth": 20, "thirtieth": 30, "thirty-first": 31}
    | {f"twenty-{word}": 20 + day for day, word in enumerate(_FIRST_TO_19TH[:9], start=1)}
)
_OF_MONTH = {
    "this month": "this", "the current month": "this", "last month": "last", "the previous month": "last",
    "": "that", "the same month": "that", "that month": "that", "the month": "that",
}  # fmt: skip
_WHEN = list(_RELATIVE_DAYS | _ANAPHORS | _PERIODS | _LINKS)
_DATES = DateRules(
    patterns=(
        _date_pattern(
            "calendar", "#", r"(?P<year>(?:19|20)\d\d)[-/](?P<month_number>\d\d?)[-/](?P<day>\d\d?)(?!\d)"
        ),
        _date_pattern("calendar", "#", r"(?P<either>\d\d?)/(?P<other>\d\d?)/(?P<year>(?:19|20)\d\d)(?!\d)"),
        _date_pattern(
            "calendar",
            _MONTHS,
            rf"{_MONTH}[ -]{{1,2}}(?:the )?(?P<day>\d\d?){_TH}(?!\d|:\d|,\d{{3}}| ?[ap]\.?m\b)"
            rf"(?:{_TO}(?:the )?(?P<last>\d\d?){_TH}(?!\w|:\d|,\d{{3}}))?(?:,?[ ]{{1,2}}{_YEAR}|{_WHICH_YEAR})?",
        ),
        _date_pattern(
            "calendar",
            "#",
            rf"(?P<day>\d\d?){_TH}(?:{_TO}(?:the )?(?P<last>\d\d?){_TH})?(?:[ -]{{1,2}}|(?: day)? of (?:the month of )?)"
            rf"{_MONTH}(?:[ ,-]{{1,3}}{_YEAR}|{_WHICH_YEAR})?",
        ),
        _date_pattern(
            "calendar",
            "#",
            rf"(?P<day>\d\d?)(?:st|nd|rd|th)(?: day)? of (?P<of_month>{_phrases(filter(None, _OF_MONTH))})(?!\w)",
        ),
        _date_pattern(  # "and on the 30th"
            "calendar",
            "#",
            r"(?<=on the )(?P<day>\d\d?)(?:st|nd|rd|th)(?P<of_month>)"
            r"(?=[,.;]| (?:and|at|in|an?|the|two|three|rockets?|drones?|missiles?|another|there|when)\b)",
        ),
        _date_pattern(
            "calendar",
            _DAY_WORDS,
            rf"(?P<day_word>{'|'.join(sorted(_DAY_WORDS, key=len, reverse=True))})(?: day)? of {_MONTH}"
            rf"(?:[ ,-]{{1,3}}{_YEAR})?",
        ),
        _date_pattern(
            "calendar",
            ["christmas", "boxing", "new", "thanksgiving"],
            rf"(?P<holiday>{_phrases(_HOLIDAYS)})(?!\w)(?:,?[ ]{{1,2}}{_YEAR})?",
        ),
        _date_pattern(
            "month",
            [*_MONTHS, "early", "mid", "late", "last", "this", "next"],
            rf"(?:(?P<which>last|this|next) )?(?:(?P<third>early|mid|late)(?: in)?[ -])?{_MONTH}"
            rf"(?:,?[ ]{{1,2}}(?:of )?{_YEAR}|{_WHICH_YEAR}|[ ]{{1,2}}(?P<same_year>of (?:that|the same) year|(?:that|the same) year)"
            r"|(?![ ]{1,2}\d))",
        ),
        _date_pattern(
            "year",
            ["the", "start", "beginning"],
            rf"(?:the )?(?P<start>start|beginning) of (?:the year )?{_YEAR}(?![-/\d])",
        ),
        _date_pattern(
            "year",
            "#",
            rf"(?:{'|'.join(f'(?<={word} )' for word in 'in since during of early late mid from until by and to'.split())}){_YEAR}(?![-/\d])",
        ),
        _date_pattern(
            "weekday",
            [*_WEEKDAYS, *_WHICH, "early", "late"],
            rf"(?:(?P<which>{_phrases(_WHICH)})[ ]{{1,2}})?(?:(?P<early>early|late)(?: on)?[ ]{{1,2}})?{_WEEKDAY}(?:(?<!day)\.)?",
        ),
        *(
            _date_pattern("phrase", [first], rf"(?:{_phrases(words)})(?!\w)")
            for first in sorted(_first(_WHEN))
            if (words := [phrase for phrase in _WHEN if first in _first([phrase])])
        ),
        _date_pattern(
            "ago",
            ["#", *_COUNTS, "some", "about", "more"],
            rf"{_COUNT}(?:[ ]{{1,2}}(?:of|more))?[ ]{{1,2}}{_UNIT}[ ]{{1,2}}(?P<direction>ago|earlier|before|prior|later|after|following)(?!\w)"
            r"(?P<exact>(?<=ago)(?: today| to the day)(?!\w))?",
        ),
        _date_pattern(
            "window",
            ["past", "last", "previous", "recent", "over", "in", "within", "less", "more", "just", "for"],
            rf"(?:(?:in|over|within|during|for|throughout|across)[ ]{{1,2}})?(?:(?:just|less than|more than|about|around|under|a little over|nearly)[ ]{{1,2}})?"
            rf"(?:(?:the|this)[ ]{{1,2}})?(?:(?:past|last|previous)[ ]{{1,2}})?(?:{_COUNT}[ ]{{1,2}})?(?:of )?{_UNIT}(?!'s|[ ]{{1,2}}(?:ago|earlier|before|prior|later|after)\b)",
        ),
        _date_pattern("part", _DAY_PARTS, rf"(?:{_phrases(_DAY_PARTS)})(?!\w)"),
        _date_pattern(
            "clock", "#", r"(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))?[ ]{0,2}(?P<half>[ap])\.?m\b\.?"
        ),
        _date_pattern(
            "clock",
            "#",
            r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::\d\d)?(?![\d:])(?:[ ]?(?:hours|hrs|h)\b)?",
        ),
        _date_pattern(
            "clock",
            "#",
            r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?=[ ]?(?:hours|hrs|gmt|utc|local|z\b))(?:[ ]?(?:hours|hrs))?",
        ),
        _date_pattern(
            "clock",
            "#",
            r"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?=[ ]?(?:hours|hrs|h\b|gmt|utc|local|baghdad|et\b|est\b))(?:[ ]?(?:hours|hrs|h\b))?",
        ),
        _date_pattern("zone", _ZONES, rf"(?P<zone>{_phrases(_ZONES)})(?!\w)"),
    ),
    weekdays=_WEEKDAYS,
    holidays=_HOLIDAYS,
    ahead=re.compile(
        r"(?<!\w)(?:will|due|scheduled|set to|expected to|plans? to|planned|is to|are to|would)\b(?! have)[^;,]{0,50}\Z"
    ),
    months=_MONTHS,
    need_capital=frozenset("may march mar sat sun wed mon".split()),
    day_parts=_DAY_PARTS,
    early={"early": "dawn", "late": "night"},
    relative_days=_RELATIVE_DAYS,
    anaphors=_ANAPHORS,
    periods=_PERIODS,
    units=_UNIT_WORDS,
    directions={
        "ago": "ago",
        "earlier": "earlier",
        "before": "earlier",
        "prior": "earlier",
        "later": "later",
        "after": "later",
        "following": "later",
    },
    which=_WHICH,
    zones=_ZONES,
    counts=_COUNTS,
    glue=re.compile(
        r"[\s,()/]*(?:(?:on|at|in|of|the|about|around|approximately|roughly|just|shortly|some time|sometime|before|after|by|"
        r"exactly|early|late|during|nearly|past|a|and)[\s,(]+){0,5}"
    ),
    since=re.compile(
        r"(?<!\w)(?:since|starting|beginning|dating (?:back )?to)(?:\s+(?:on|from|about|around|the|in))*\s+\Z"
        r"|(?<!\w)since(?: [\w'-]+){1,9} \Z"
    ),
    month_openers=re.compile(
        r"(?<!\w)(?:in|since|of|during|until|by|from|and|to|between|last|this)[ ]{1,2}\Z"
    ),
    between=re.compile(r"(?<!\w)(?P<word>between|from)(?:[\s,]+(?:the|early|late))*\s+\Z"),
    through=re.compile(
        r"\s*(?:,\s*)?(?:to|and|until|till|through|thru|-|--|up to|into|or)\s+(?:the\s+)?|\s*-\s*"
    ),
    listed=re.compile(
        r"(?:published|updated|posted|last modified|modified|date|issued|created)(?: (?:on|at))?[\s:|]{1,3}\Z"
    ),
    links=_LINKS,
    linking=re.compile(
        r"(?:(?<= after)|(?<= before)|(?<= following)|(?<= of)|(?<= as))[ \n]{1,2}"
        r"(?!(?:and|but|or|by|when|while|in|on|near|midnight|noon|dawn|dusk|sun\w+|nightfall|daybreak)\b)(?=[a-z\"'])"
    ),
    told_before=re.compile(
        r"[ \n]{1,2}(?:the|that|this|those|these|both|it|they)\b(?: [\w-]+){0,2}?(?: (?:attacks?|strikes?|raids?|incident|assault|blasts?"
        r"|explosions?|bombing|ambush|barrage|killings?|deaths?|rockets?|drones?|missiles?)\b|(?<= it)|(?<= they))"
    ),
    link_openers=re.compile(
        r"(?:(?:and|but|then|yet|just|only|barely|less|more|than|about|some|nearly|almost|over|exactly|around|at least"
        r"|meanwhile|in|on|the|early|later|'|\")[ ,]*){0,6}"
    ),
    anchored=re.compile(r"the (?:following|next|previous|preceding)"),
    of_month=_OF_MONTH,
    day_words=_DAY_WORDS,
)

_ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        range(1, 21),
        strict=True,
    )
)
_US = r"(?:u\.s\.|us|american|america's|washington's|united states)"
_FORCES = (
    r"(?:forces|troops|soldiers|personnel|servicemen|service ?members|service-members|bases?|facilit(?:y|ies)|"
    r"interests|assets|posts|outposts?|targets?|positions|installations?|military|embassy|consulate|diplomats?|diplomatic|"
    r"missions?|convoys?|contractors?|presence|sites|compounds?|airbases?|air bases?|units|allies|partners|citizens|"
    r"camps|garrisons?|occupation|locations|advisers|advisors|deployments?|logistics|supply|air force)"
)
_ADJECTIVES = (
    r"(?:(?:separate|recent|such|known|total|overall|drone|rocket|missile|mortar|uav|and|or|iran-backed|iranian-backed|"
    r"iranian|militia|militant|militants'|claimed|different|hostile|confirmed|suspected|reported|documented|individual|"
    r"one-way|attack|aerial|indirect|fire|unsuccessful|successful|alleged|enemy|proxy|anti-us|anti-u\.s\.|anti-american|"
    r"terrorist|armed|cross-border|harassing|ballistic|suicide|kamikaze|ied|roadside|bomb|bombing|convoy|direct|distinct|"
    r"small-scale|deadly|of|these|those|the|combined|various|similar|unprovoked|low-level)[ ,]{1,2}){0,6}"
)
_TALLIES = TallyRules(
    times_after=re.compile(
        r"[ ]{1,2}(?:(?:separate|different|total|more|or so|individual)[ ]){0,2}(?:times|occasions|instances)\b"
    ),
    attacks_after=re.compile(
        rf"\"?[ :-]{{1,3}}\"?(?:(?:the )?(?:number|count|total) of |such |total |recent |separate )?{_ADJECTIVES}(?:{_US} (?:and coalition )?)?(?:attacks|assaults|attack attempts)\b"
    ),
    strikes_after=re.compile(rf"[ ]{{1,2}}{_ADJECTIVES}(?:strikes|incidents|attempts|operations|raids)\b"),
    increment_after=re.compile(
        r"[ ]{1,2}(?:(?:separate|drone|rocket|missile) )?(?:more|new|additional|other|further|straight|consecutive|back-to-back)\b(?! than)"
    ),
    of_them_after=re.compile(r"[ ]{1,2}of (?:them|those|these|which|the)\b"),
    total_before=re.compile(
        r"(?:\b(?:total|tally|count|toll|number|figure)\b(?: number| count| tally)?(?:[^;:]{0,90}?\b(?:to|at|as|is|was|of|reached|reaching|hit|topped|surpassed|exceeded))?"
        r"|\battacks\b[^;:\d]{0,70}\b(?:surged?|surges|rose|risen|rises?|climb(?:ed|s)?|jump(?:ed|s)?|grew|grown|increased?|"
        r"increases|reach(?:ed|es)?|top(?:ped|s)?|surpass(?:ed|es)?|exceed(?:ed|s)?|hit|hits|stands?|stood|numbered?)(?: (?:to|at|now at))?"
        r"|\b(?:tak(?:es|ing)|bring(?:s|ing)|puts?|putting|brought) (?:us|it|that|this|them) (?:up |now )?(?:to|at))"
        r"(?: (?:just|now|at least|more than|about|nearly|over|some|around|approximately))*[ ]{1,2}\Z"
    ),
    one_of_before=re.compile(
        r"\b(?:one|the latest|latest|the most recent) (?:of|in|among)(?: the| a series of| a string of)?[ ]{1,2}\Z"
    ),
    launched_after=re.compile(r"[ ]{1,2}(?:launched|carried out|conducted|fired|against|on|targeting)\b"),
    attacked=re.compile(
        r"\b(?:attacked|targeted|struck|hit|shelled|assaulted|bombed|fired (?:on|at|upon)|gone after|went after|going after|lash(?:ed|ing) out at|strik(?:e|es|ing)|harass(?:ed|ing)?|shot at|(?:come|came|coming|comes) under (?:\w+ ){0,2}(?:attack|attacks|fire|assault)|"
        r"under attack|fac(?:ed|ing) (?:\w+ ){0,3}attacks?|attacks?|attempted to attack|attacking|targeting|been subjected to|experienced|aimed at)\b"
    ),
    attack_words=re.compile(
        r"\b(?:attack(?:s|ed|ing)?|target(?:ed|ing)|assaults?|under fire|struck|hit|strikes?|launched|incidents|operations (?:against|on))\b"
    ),
    ordinal=re.compile(
        rf"(?<![\w-])(?:(?P<digits>\d{{1,3}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_ORDINALS)}))(?:-?such| known| reported| confirmed)?[ ]{{1,2}}"
        rf"(?:{_ADJECTIVES}(?:attack|assault|time)\b|(?=(?:on|against|targeting) (?:the )?{_US}))"
    ),
    ordinals=_ORDINALS,
    us_target=re.compile(
        rf"(?<![\w-])(?:anti-)?{_US}(?:-led)?(?:[ ]?(?:,|and|or|&|/)[ ]?(?:other |allied |international |its |coalition |nato |iraqi |partner |foreign )*|[ ]|'s )"
        rf"(?:(?:coalition|military|led|allied|army|air|occupation|combat|service|ground|diplomatic|armed|american|iraqi|and|anti-isis|special|foreign) ){{0,3}}{_FORCES}\b"
        rf"|\bamericans\b|\b(?:bases?|forces|troops|positions|outposts) of (?:the )?(?:us-led |international |u\.s\.-led )?coalition\b|\bcoalition (?:forces|troops|bases|personnel|military|facilities|soldiers)\b"
        rf"|\b(?:bases?|sites|facilities|camps?|outposts|installations|locations)(?: in (?:iraq|syria)(?: and (?:iraq|syria))?)? (?:that (?:host|house)s?|hosting|housing|used by|with|where|occupied by|home to)[^;]{{0,40}}{_US}"
        rf"|\bgreen zone\b|\bforces of (?:the )?(?:us|u\.s\.|united states)|\b(?:its|their|his|the pentagon's|america's) (?:forces|troops|bases|personnel|facilities|military)\b"
        rf"|(?<!by )(?<!the )\bus-led coalition\b|\bthe (?:us|u\.s\.)(?:-led)? coalition\b|\b(?:on|against|targeting|at) (?:the )?(?:us|u\.s\.|united states|americans?|coalition)(?!\w)(?! and israel)"
    ),
    recount=re.compile(
        r"(?:\b(?:it|that|this|number|count|figure|tally|total|pentagon|department|desk|officials?|spokes\w+|same \w+)\b[^;]{0,40}?\b(?:was|is|stood at|stands at|had been|has been|put (?:it|that|the number|the figure) at|counted|tallied|recorded|at)"
        r"|\b(?:up from|compared (?:with|to)|against|counts? (?:far |many |even |somewhat )?(?:more|fewer|higher|lower)[:,-]*))(?: (?:at least|about|just|only|already|nearly|more than))*[ ]{1,2}\Z"
    ),
    claimed=re.compile(
        r"\b(?:claim(?:ed|s)?|claimed responsibility for|documented|counted|recorded|tallied)(?: (?:at least|over|more than|about|nearly|some))*[ ]{1,2}\Z"
    ),
    people_words=re.compile(
        r"\b(?:troops|soldiers|personnel|forces|people|wounded|injured|killed|service members|rockets|drones|missiles|ships)\b"
    ),
    our_own=re.compile(
        r"\b(?:our|us) (?:forces|troops|bases|personnel|facilities|people|service members|soldiers|positions)\b|\b(?:on|against) (?:our|forces)\b"
    ),
    passive=re.compile(r"\b(?:been|being|were|was|come|came|coming)\b(?: [\w-]+){0,6}[ ]{1,2}\Z"),
    own_action=re.compile(
        rf"(?<![\w])(?:{_US}|pentagon|washington|america|coalition(?! of)|biden|trump|centcom|israel)(?! (?:and coalition )?(?:forces|troops|bases|personnel)? ?(?:in [a-z]+ (?:and|,) [a-z]+ )?(?:have|has|had) (?:been|come|faced))"
        rf"[^;,]{{0,60}}\b(?:carried out|conducted|launched|responded|retaliated|struck|hit back|has hit|bombed|carrying out|conducting|launching|ordered|mounted|staged)\b[^;,]{{0,40}}\Z"
    ),
    other_agent=re.compile(
        r"\b(?:israel|israeli|turkey|turkish|ankara|houthis?|yemen's|isis|isil|islamic state|is militants|daesh|hamas|"
        r"lebanon's hezbollah|russian?|russia's|saudi)\b[^;]{0,60}\Z"
    ),
    other_target=re.compile(
        r"[^;]{0,40}\b(?:on|against|at|targeting|of)\b(?:(?! by )[^;,]){0,25}\b(?:ships?|vessels?|shipping|tankers?|merchant|israel(?:i|is)?|tel aviv|haifa|eilat|"
        r"iran-backed|iran-linked|iran-aligned|iranian|militias?|militants?|militia|houthis?|hezbollah targets|isis|islamic state|daesh|is targets|irgc|"
        r"kataib|kata'ib|turkish|peshmerga|civilians|gaza|yemen|ukraine|saudi|oil tankers|the group|the groups|proxies|terrorists?)\b"
        r"|[ ](?:on|against) (?:the )?(?:whole |entire )?kurdistan region\b|[^;]{0,30}\b(?:in|from) (?:the red sea|yemen|gaza|lebanon|afghanistan|the gulf of aden|israel)\b|[^;]{0,20}\bby (?:isis|the islamic state|islamic state|daesh|israel|turkey|the us|the u\.s\.)"
    ),
    country=re.compile(
        r"(?<!resistance in )(?<!resistance of )(?<!state in )(?<!state of )\b(?P<country>iraq|syria|jordan|iraqi kurdistan|the kurdistan region)\b(?!')"
    ),
    under_fire=re.compile(
        r"[^;]{0,40}\b(?:(?:come|came|been) under (?:\w+ ){0,2}(?:fire|attack)|been (?:attacked|targeted|hit))\b"
    ),
    since_when=re.compile(r"\bsince\b"),
    first_since=re.compile(r"\bfirst\b[^;]{0,90}\Z"),
    convoys_after=re.compile(
        r"[ ]{1,2}(?:[\w-]+ ){0,3}convoys\b[^.;,]{0,80}?\b(?:(?:come|came) under attack|(?:been|were) (?:attacked|targeted|hit))"
    ),
    of_the_attacks=re.compile(r"\"?[ ]{1,2}of (?:the|these|those)\b"),
    one_place=re.compile(
        r" (?:on|against|at|targeting) (?:the )?(?:[\w'-]+ ){1,4}?(?:base|field|airport|airfield|outpost|camp|garrison)\b"
    ),
    country_ahead=re.compile(r"\bin (?P<country>iraq|syria|jordan)(?! (?:and|or) )[^,;:\d]{0,60}\Z"),
    next_conjunct=re.compile(r"\band (?:those|the|its|bases|others?|american|us|u\.s\.)?"),
    other_count=re.compile(r"\bcounts? (?:\w+ )?(?:more|fewer|higher|lower)\b"),
    this_country=re.compile(r"\bin (?:the|this|that) country\b"),
    of_country=re.compile(
        r"\b(?:(?P<iraq>iraqi?s?|baghdad|kurdistan region)|(?P<syria>syria|syrians?|damascus))\b"
    ),
    one_of_several=re.compile(r"\b(?:and|or|as well as|also)(?: \w+){0,2} in[ ]{1,2}\Z"),
    both_named=re.compile(r"\d[^;]{0,60}\biraq\b[^;]{0,40}\bsyria\b|\d[^;]{0,60}\bsyria\b[^;]{0,40}\biraq\b"),
    both_countries=re.compile(
        r"(?:iraq|syria|jordan)(?:,| and| and in| or|, and| &|/)[ ]?(?:in )?(?:neighbou?ring )?(?:iraq|syria|jordan)\b"
    ),
    countries={
        "iraq": "iraq",
        "syria": "syria",
        "jordan": "jordan",
        "iraqi kurdistan": "iraq",
        "the kurdistan region": "iraq",
    },
    second_of_both=re.compile(r"(?:iraq|syria|jordan)(?:,| and| or|, and| &|/)[ ]?(?:in )?\Z"),
    country_before=re.compile(
        r"\b(?P<country>iraq|syria|jordan)[ ]?(?:\(|:|-)[ ]?(?:at least |about |with )?"
    ),
    filler=re.compile(
        r"(?:[ ,-]+|more|others?|another|separate|of (?:them|those|these|which|the)|attacks?|times?|occasions?|were|was|is|are|have|has|been|being|"
        r"had|occurred|took place|happened|carried out|conducted|launched|recorded|reported|came|strikes?|incidents?|total|drone|rocket)*"
        r"(?:(?:on|against|directed (?:at|against)|targeting|targeted|aimed at) (?:the )?(?:us|u\.s\.|american|coalition|its|our|their)[^,;]{0,40}? )?"
        r"(?:[ ,-]+|in|inside|across|on|at|neighbou?ring|and)*"
    ),
    own_attack=re.compile(
        r"\b(?:retaliatory|us|u\.s\.|american|israeli|turkish|houthi|air|coalition|defensive|precision|self-defense|isis|is)\b"
    ),
    not_attacks=re.compile(
        r"\b(?:injur\w+|wounded|casualties|killed|dead|deaths?|troops|soldiers|personnel|service members|strikes by|airstrikes|people|rockets|drones|missiles|"
        r"casualty|americans|tbi|victims|fatalities|members|ships|vessels|houthi)\b"
    ),
    after_total=re.compile(
        r"[ ]{0,2}(?:$|[.,;:)\"'-]|(?:since|in|on|as of|as|attacks?|to date|so far|with|including|times|at|and|total|by|split|against|overall|across|over|for|during|"
        r"last|now|on|earlier|yesterday|today|late|between|from|incidents|after|targeting|separate|drone|rocket|this)\b)"
    ),
    running=re.compile(
        r"\b(?:so far|to date|in total|a total of|total number|the total|tally|in all|overall|this year|since then|running count|"
        r"until now|up to now|altogether|total of|as of)\b"
    ),
    extrapolated=re.compile(r"\b(?:would|could|might|may|if)\b[^;,]{0,30}\Z"),
    says=re.compile(
        r"\b(?:said|says|say|told|tells|announced|announces|confirmed|confirms|reported|reports|is reporting|acknowledged|acknowledges|stated|(?<!united )states|"
        r"disclosed|discloses|revealed|reveals|noted|added|counts|counted|tallied|recorded|documented|claimed|claims|testified|estimated|estimates|admitted|admits|put)\b"
    ),
    label=re.compile(r"(?P<speaker>[A-Z][A-Z.' -]{2,60}):"),
    count_words=re.compile(r"\b(?:count|tally|number|figure|total)\b"),
    counted_by=re.compile(
        r"\b(?:by (?P<speaker>(?:the )?[\w. -]{2,40}?)'s (?:own |latest |last )?(?:count|tally|reckoning|figures)|(?:count|tally|reckoning) (?:of|by|from) (?P<agency>(?:an?|the|this) [\w. -]{3,40}?(?:agency|institute|monitor|newspaper|military|department|command|observatory))\b)"
    ),
    according_to=re.compile(r"\b(?:according to|as per|by the count of|citing)[ ]{1,2}"),
    as_of=re.compile(r"\b(?:as of|until|through|up to|by)(?: the)?[ ]{1,2}\Z"),
    pronoun=re.compile(r"(?:he|she|they|it|who|we|i)\Z"),
    article=re.compile(r"(?:(?:as|but|and|while|when|in|on|for)[ ]{1,2})+"),
    before_verb=re.compile(
        r"(?:[ ,]+(?:has|have|had|also|later|previously|earlier|then|reportedly|publicly|officially|again|since|on|in|early|late))*[ ]*\Z",
        re.IGNORECASE,
    ),
    speaker_words=re.compile(
        r"\b(?:pentagon|official|officials|spokes\w+|secretary|centcom|central command|command|military|coalition|minist\w+|department|institute|commander|general|"
        r"defense|defence|source|sources|white house|agency|media|resistance|ap|afp|reuters|report|monitor|group|kataib|dod|us|u\.s\.|state department|officer)\b"
    ),
    small_words=frozenset("the a an of for and in at on command's".split()) - {"command's"},
    no_speakers=frozenset(
        "it this that these those he she they we i there statement the statement report us iraq syria reports reporters reports on friday".split()
    ),
    role_words=frozenset(
        "the a an of for and spokesman spokesperson spokeswoman official officials secretary press deputy senior defense defence "
        "military coalition commander general chief minister ministry source sources department analysts analyst monitor institute "
        "unnamed security office headquarters command top another two administration intelligence group militia resistance groups "
        "anonymous news agency in at assistant acting director admiral united states state public affairs white house briefing think tank".split()
    ),
    long_subject=re.compile(
        r"(?:.*[,;:\"] ?|.*\b(?:but|and|that|as|after|while) )?(?P<speaker>(?:the|an?) (?:[\w.-]+ ){0,3}(?:general|commander|official|officer|spokes\w+|head|chief|secretary)"
        r" (?:who|in|of|for|at|with)\b[^,;:\"]{3,80})\Z"
    ),
    headline_speaker=re.compile(
        r"(?::|\||-|,)[ ]{1,2}(?P<speaker>[^:|,]{3,40})\Z|\A(?P<lead>[^:|,]{3,40}):[ ]"
    ),
)

_NATIONS = (
    r"(?:u\.s\.|us|american|iraqi|syrian|coalition|us-led|u\.s\.-led|kurdish|british|iranian|iran-backed|iran-aligned|iranian-backed|pro-iran|pro-iranian|"
    r"foreign|local|civilian|national|reserve|military|armed|army|navy|air force|marine|federal|police|security|defen[cs]e|national guard|partner|allied|"
    r"filipino|south african|turkmen|indian|pakistani|lebanese|nepali|ugandan|egyptian|german|spanish|dutch|australian|bulgarian|romanian|suspected|jordanian|turkish|french|danish|polish|canadian|italian|estonian|shi'?ite|shia|sdf|pmf|hashd|hashed|peshmerga|asayish|guard|contract|"
    r"private|non-us|base|embassy|oil|hezbollah|kataib|kata'ib|nujaba|militia|of (?:the|its|their|our|his|those|them)|(?:its|their|our|the|his)|"
    r"more|other|others|additional|further|additional|unidentified|unnamed|senior|young|male|female|military|innocent|government|pro-government|paramilitary)"
)
_PEOPLE = (
    r"(?:service ?-?members?|servicem[ea]n|servicewom[ea]n|troops?|troopers?|soldiers?|personnel|marines|sailors|airm[ae]n|reservists?|guardsm[ae]n|americans?|"
    r"iraqis?|syrians?|britons?|contractors?|civilians?|people|persons?|m[ea]n|wom[ae]n|child(?:ren)?|girls?|boys?|employees?|workers?|staff|staffers|guards?|"
    r"policem[ae]n|police officers?|officers?|fighters?|militants?|militiam[ea]n|gunm[ea]n|members?|commandos?|forces|individuals|diplomats?|residents?|"
    r"citizens?|nationals?|interpreters?|translators?|terrorists?|insurgents?|commanders?|leaders?|pilots?|passersby|bystanders|victims?|recruits|"
    r"medics?|paratroopers?|linguists?|technicians?|villagers?|farmers?|labou?rers?|crew members?|"
    r"peshmerga|others?|drivers?|journalists?|advisers?|advisors?|family members|family|engineers?|firefighters?|troop|operatives?|students?|pilgrims?|them)"
)
_VICTIMS = (
    rf"(?:(?:{_NATIONS}|(?:american|us|u\.s\.) (?:and|or))[ -])*(?:members? of (?:[\w'-]+ ){{0,4}}?(?:forces|army|military|services?|guards?|militia|group|faction|pmf|unit|police|peshmerga|coalition|team)|{_PEOPLE}"
    rf"(?: from the (?:u\.s\.|us|united states)| of (?:the |its |their |our |his )?(?:[\w'-]+ ){{0,3}}?(?:forces|army|military|coalition|militia|command|guards?|troops|soldiers)(?= [a-z]))?)(?![\w-])"
)
_BE = r"(?:was|were|is|are|been|being|be|got)"
_ADVERB = r"(?:also|reportedly|slightly|lightly|mildly|seriously|critically|badly|severely|moderately|later|found|immediately|either|all|both|confirmed|reported|initially|injured|left|to have been|(?:now |already )?(?:known|said|believed|thought|understood) to have been)"
_KILLED = r"(?:killed|dead|slain|martyred|died|dies|die|lost their lives|lost his life|lost her life|fatally wounded|fatally injured|perished|had died)"
_WOUNDED = r"(?:wounded|injured|hurt|hospitali[sz]ed|concussed|injured and wounded|maimed)"
_INJURY = r"(?:(?:\w+[ -]|\w+-\w+ |, ?){0,5}?(?:injur(?:y|ies)|wounds|tbis?|concussions?|concussion(?:-like)? symptoms|blast injuries|brain trauma|burns|smoke inhalation|shrapnel wounds|trauma|headaches)\b)"
_ACTIVE_KILLED = r"(?:kill(?:ed|ing|s)?|claim(?:ed|ing) the (?:life|lives) of|(?:the )?deaths? of|(?:the )?killings? of|death to|martyr(?:ed|ing))"
_ACTIVE_WOUNDED = r"(?:wound(?:ed|ing|s)?|injur(?:ed|ing|es|e)|hurt(?:ing)?|(?:the )?(?:wounding|injury|injuring) of|(?:wounded|injured|casualties) (?:includ(?:e|es|ed|ing)|were)|injur(?:y|ies) (?:to|among|of|for)|harm(?:ed|ing))"
_WHO = r"(?:u\.s\.|us|american|coalition|americans)"
_NOBODY = rf"no (?:(?:{_NATIONS}|or|and)[ -])*(?:{_PEOPLE}|military)"
_CASUALTIES = CasualtyRules(
    gate=re.compile(
        r"kill|wound|injur|dead|death|died|hurt|casualt|harm|fatal|tbi|concuss|lives|life|martyr|victim|slain|brain|losses|unscathed|perish|toll|hospital|inhal|treated for|burns|trauma"
    ),
    victims=re.compile(
        rf"(?:[ -]{{1,2}}(?:(?!of|in|at|on|to|and|were|was|are|had|have|rockets?|drones?|missiles?|more|other|others|hurt|wounded|injured|killed)[a-z]{{3,}} )??(?P<victims>{_VICTIMS}|of {_VICTIMS}))?"
    ),
    theirs=re.compile(r" (?:in|of|from|with) (?:the )?(?:iraqi?|iraq's|kurdish|syrian|peshmerga|sdf)\b"),
    one=re.compile(
        rf"(?<![\w-])(?<!not )(?:(?:an?|another|one)[ ]{{1,2}}(?P<victims>{_VICTIMS})|another(?= (?:was|is|who|suffered|sustained)\b))"
    ),
    plural=re.compile(
        rf"(?<![\w-])(?<!not )(?<!not a )(?<!not an )(?<!not a u.s. )(?<!not a us )(?P<victims>{_VICTIMS})"
    ),
    whose=(
        (
            "attackers",
            re.compile(
                r"militants?|militia|(?<!sdf )(?<!kurdish )(?<!peshmerga )(?<!allied )(?<!partner )(?<!democratic )(?<!tribal )\bfighters?\b(?! (?:of|from) (?:the )?(?:syrian|kurdish|sdf|peshmerga|army of|free|revolutionary|coalition|maghaw))|gunm[ea]n|terrorists?|insurgents?|hezbollah|kataib|kata'ib|nujaba|pmf|hashd|hashed|iran-backed|iranian|iran-aligned|pro-iran|"
                r"assailants?|attackers?|operatives|faction|paramilitary|irgc|commanders?|leaders?"
            ),
        ),
        (
            "coalition",
            re.compile(
                r"\b(?:americans?|us|u\.s\.) (?:and|or) (?:\w+ )?(?:coalition|allied|partner|iraqi|kurdish|syrian|nato)\b"
            ),
        ),
        (
            "us",
            re.compile(
                r"\bu\.s\.(?!-led)|\bus(?!-led)\b|american|united states|(?<!iraqi )(?<!syrian )(?<!coalition )(?<!jordanian )(?<!security )(?<!british )(?<!french )(?<!foreign )(?<!allied )(?<!partner )service ?-?members?|servicem[ea]n|marines?\b|sailors|airm[ae]n|reservists?|national guard|army reserve|guardsm"
            ),
        ),
        (
            "coalition",
            re.compile(
                r"coalition|-led|british|briton|french|danish|polish|foreign (?:troops|soldiers|forces)"
            ),
        ),
        (
            "partner",
            re.compile(
                r"syrian democratic|iraqi(?!s? (?:civilian|people|resident|citizen|employee|worker|child|wom|contractor))|syrian (?:soldier|troop)|kurdish|peshmerga|sdf|partner|police|asayish|security|guards?\b|allied"
            ),
        ),
        ("contractor", re.compile(r"contractor|interpreter|translator")),
        (
            "civilian",
            re.compile(
                r"civilian|child|wom[ae]n|resident|girl|boy|citizen|journalist|passersby|bystander|famil|student|iraqis?\b|syrians?\b|pilgrim|driver"
            ),
        ),
    ),
    harm_after=re.compile(
        rf"(?:[ ]?,[ ]?(?:including|among them|one of them|some of them|some|one|all|two|three|both)[^,;]{{1,60}},)?"
        rf"(?: (?:more|others?))?(?: (?:in|at|on|from|with|who|that|which|stationed|based|deployed|working|inside|near)(?: [\w'.-]+){{1,10}}?)?"
        rf"[ ]?,?(?: (?:has|have|had|who|that|{_BE}|{_ADVERB}|as having|to have|may|remain(?:ed|s)?|and)\b){{0,5}}[ ]"
        rf"(?:(?P<killed>{_KILLED})\b(?: (?:and|or) (?P<also_wounded>{_WOUNDED})\b(?! at least| \d| (?:one|two|three|four|five|six|several|more|others?|dozens|a )))?|(?P<wounded>{_WOUNDED})\b(?! (?:an?|one) (?:\w+ ){{0,2}}?{_PEOPLE}\b)"
        rf"|(?P<suffered>(?:suffer(?:ed|ing|s)?|sustain(?:ed|ing|s)?|receiv(?:ed|ing|es)?|(?:(?:been|being|were|was) )?(?:treated|diagnosed|evaluated|assessed|screened) (?:for|with)|report(?:ed|ing)?|experienc(?:ed|ing)?|showed|show|to have|with|have|had) (?:from )?{_INJURY}))"
    ),
    harm_before=re.compile(
        rf"\b(?:(?P<killed>{_ACTIVE_KILLED})(?: (?:and|or) (?P<also_wounded>wounding|injuring|wounded|injured))?|(?P<wounded>{_ACTIVE_WOUNDED})(?: (?:and|or) (?P<also_killed>killing|killed))?)"
        rf"(?: (?:to|of|the|some|a total of|also|another|as many as|an? estimated|slightly|seriously|lightly|least|at|up|among|more than))*[ ]{{1,2}}\Z"
    ),
    harm_noun=re.compile(
        rf"[ ]{{1,2}}(?:(?:confirmed|reported|us|u\.s\.|american|iraqi|minor|serious|non-serious|separate|additional|new|more|total|combat|known|cases of|cases|of) ?){{0,4}}(?P<noun>injur(?:y|ies)\b|deaths?\b|fatalit(?:y|ies)\b|wounded\b|dead\b|killed\b|injured\b|tbi(?: cases| diagnoses)?s?\b|(?:traumatic |mild )*brain injur(?:y|ies)\b|concussions?\b|martyrs?\b)(?: (?:to|among|of) {_VICTIMS})?"
    ),
    toll=re.compile(
        r"(?:(?:number|total|count|tally|toll|figure)\b[^;:]{0,90}?\b(?:(?P<wounded>wounded|injured|injuries|hurt|tbis?|tbi cases|brain injur(?:y|ies)|concussions?|casualties)|(?P<killed>dead|killed|deaths|fatalities))\b|(?P<deaths>death toll)|(?P<injuries>\binjur(?:y|ies) (?:toll|count))|(?P<wounded2>\bthe wounded|\bthe injured)|(?P<figure>\b(?:the|that) (?:figure|number|total|count|toll) (?:has|had|have|was|is|rose|climbed|grew|later|then|since|now)\b))"
        r"[^;:]{0,130}?\b(?:to|at|is|was|of|reached|now|rose|risen|increased|climbed|grew|grown|jumped|went up|gone up|up)(?: (?:just|now|at least|more than|about|nearly|over))*[ ]{1,2}\Z"
    ),
    also=re.compile(
        r"(?: (?:american|british|french|danish|polish|iraqi|syrian|kurdish))?[ ]?,?[ ]?(?:and|or|as well as|along with|plus|,)[ ]{1,2}"
    ),
    including=re.compile(
        r"(?:\bincluding|\bamong them|\bamong whom(?: were)?|\bof (?:whom|which|them)|\bone of them|\bof those,?)(?: (?:at least|were|was|are|about|some|the))*[ ,]{0,3}\Z"
    ),
    origin=re.compile(
        r"[ ]{1,2}(?:from \w+|(?:american|british|french|danish|polish|iraqi|syrian|kurdish|filipino)\b(?! [a-z]))"
    ),
    former=re.compile(
        r"\b(?:initially|(?:initial|first) (?:reports?|counts?|figures?|tall\w+) (?:had )?(?:suggested|said|put|spoke|gave|spoken)|said earlier|earlier (?:said|reported|put|informed|given|told|spoken|announced|count|report|figure)|previously (?:said|reported|put)|at first|first (?:said|put|reported))\b"
        r"(?:(?!\b(?:but|later|now|then|since|rose|risen|to)\b)[^;])*\Z"
    ),
    generic=re.compile(r"(?:(?:more|other|additional|of) )*(?:more|troops|soldiers|personnel|forces)?"),
    including_verb=re.compile(r"\binclud"),
    of_them=re.compile(
        r"of (?:them|those|whom|these)\b|(?:critically|seriously|badly|severely|gravely|slightly|lightly)\b(?! (?:wounded|injured|hurt))"
    ),
    none=(
        (
            "both",
            re.compile(
                rf"\b(?:no|zero|without(?: causing)?(?: any)?|nor(?: any)?|not (?:cause|caused|causing|result in|resulted in|lead to|led to|inflict|record|recorded|suffer|suffered)(?: in)?(?: any)?|never caused|free of)"
                rf" (?:(?:{_WHO}|or|and|iraqi|human|material|structural|infrastructure|damage|damages|loss of life|reports? of|any|(?:serious|significant|major)(?= (?:damages?|material|structural|property|infrastructure))|known|reported|military|personnel|property|civilian|further|friendly|deaths?|injur(?:y|ies)),? )*?"
                rf"(?:casualt(?:y|ies)|losses|loss of life|victims|harm (?:to personnel|to anyone|to people))\b"
                rf"|\b(?:casualties|victims|human losses)\b(?: or (?:damage|injuries))? (?:have|has|had|were|was|are)(?: not| n't)(?: been)? (?:reported|recorded|caused)"
                rf"|\bno (?:deaths?|fatalit(?:y|ies)|one killed)(?:,| and| or|, or) (?:injur(?:y|ies)|wounded|wounds)\b|\bno injur(?:y|ies)(?: or|, or|,| and| nor) (?:deaths|fatalit(?:y|ies))\b"
                rf"|\b(?:nobody|no one|no-one|none of (?:them|(?:the|its|their|our|his) [\w -]{{3,40}}?)|{_NOBODY}(?: (?:in|at|on|inside|near) [\w' -]{{2,30}}?)?)"
                rf"(?: (?:{_BE}|has|have|had|{_ADVERB})){{0,3}} (?:hurt|harmed|killed or (?:injured|wounded|hurt)|injured or killed|wounded or killed|killed, wounded|killed nor)\b"
                rf"|\bneither casualties\b|\b(?:neither|not|never|nor|n't|without|fail(?:ed|ing) to)\b[^,;]{{0,30}}?\b(?:hurt|harm)(?:ing|ed)? any(?:one|body)\b"
                rf"|\ball (?:{_VICTIMS}) (?:{_BE}|remained)(?: reported)? (?:unhurt|unharmed|uninjured|unscathed)\b"
                rf"|\b(?:hurt|harm)(?:ed|ing|s)? (?:no one|nobody|no-one|none)\b|\bneither (?:killed|deaths?) nor (?:injured|wounded|injur\w+)"
            ),
        ),
        (
            "wounded",
            re.compile(
                rf"\b(?:no|zero|without(?: causing)?(?: any)?|not (?:cause|caused|causing|result in|resulted in|lead to|led to)(?: in)?(?: any)?)"
                rf" (?:(?:{_WHO}|or|and|iraqi|damage|damages|reported|military|personnel|property|known|material|further|new|any|significant|infrastructure|to)[ ,]{{1,2}})*?(?:injur(?:y|ies)|wounded|wounds)\b(?! symptoms)"
                rf"|\bneither (?:injuries|wounded)\b|\binjuries (?:were|have) (?:not|n't)(?: been)? reported"
                rf"|\b(?:nobody|no one|no-one|none of (?:them|(?:the|its|their|our|his) [\w -]{{3,40}}?)|none|{_NOBODY}(?: (?:in|at|on|inside|near) [\w' -]{{2,30}}?)?)(?: (?:{_BE}|has|have|had|{_ADVERB})){{0,3}} (?:injured|wounded)\b|\b(?:neither|not|never|without)\b[^,;]{{0,30}}?\b(?:injur|wound)(?:e|ing|ed)? any(?:one|body)\b|\b(?:injur|wound)(?:ed|ing) (?:no one|nobody|no-one|none)\b"
            ),
        ),
        (
            "killed",
            re.compile(
                rf"\b(?:no|zero|without(?: causing)?(?: any)?) (?:(?:{_WHO}|or|and|iraqi|reported|further|military)[ ,]{{1,2}})*?(?:deaths?|fatalit(?:y|ies)|dead|killed)\b"
                rf"|\b(?:nobody|no one|no-one|none of (?:them|(?:the|its|their|our|his) [\w -]{{3,40}}?)|none|{_NOBODY}(?: (?:in|at|on|inside|near) [\w' -]{{2,30}}?)?)(?: (?:{_BE}|has|have|had|{_ADVERB})){{0,3}} (?:killed|dead|died)\b|\b(?:neither|not|never|without)\b[^,;]{{0,30}}?\bkill(?:ing|ed)? any(?:one|body)\b|\bkill(?:ed|ing) (?:no one|nobody|no-one|none)\b|\bno one died\b|\bnobody died\b"
            ),
        ),
    ),
    no_window=re.compile(r"\bfirst\b[^,;]{0,70}?\bsince\b"),
    elsewhere=re.compile(
        r" (?:in|inside|at|on|near|into|outside|fell|landed|hit|struck|crashed|was intercepted|was shot)\b"
    ),
    own_forces=re.compile(
        r"\b(?:washington|the pentagon|america|american|the us|the u\.s\.|us|u\.s\.|united states|centcom)(?![\w-]).{0,160}\Z"
    ),
    their_own=re.compile(
        r"(?:of )?(?:its|their|our|his) (?:own )?(?:soldiers?|troops?|personnel|service ?members?|marines|forces|people|military|men)"
    ),
    own_staff=re.compile(
        r"(?:to|among|for) (?:its|their|our|the embassy's|embassy|the mission's|the consulate's|consulate|mission) (?:\w+ )?(?:staff|personnel|employees|diplomats|people|workers)"
    ),
    mission=re.compile(r"\b(?:embassy|consulate|diplomatic)\b"),
    then=re.compile(r",? (?:and|but|while|before|after which)(?: [\w'-]+){0,8}?[ ]?\Z"),
    hurt=re.compile(r"\b(?:hurt|wounded|injur\w+)\b"),
    risen=re.compile(
        r"\b(?:figure|number|total|count|toll|it)\b(?: has| have| had| was| is)?(?: since| later| now| then)?(?: been)? (?:risen|climbed|grown|increased|rose|grew|gone up|jumped|raised|revised)(?: up| upwards)? to\b"
    ),
    not_yet=re.compile(r"[^.;,]{0,40}\byet\b"),
    none_verb_before=re.compile(
        r"\b(?:suffered|suffers|sustained|sustains|took|taken|incurred|had) (?:any )?\Z"
    ),
    none_of_them=re.compile(
        r"none of (?:them|(?:its|their|our|his) (?:\w+ )?(?:soldiers|troops|service ?members|forces|personnel))\b"
    ),
    aside=re.compile(
        r"[ ]?,[ ]?(?:including|among them|(?:one|two|three|four|five|six|some|most|all|both|at least \w+|\d+) of (?:them|whom)|one|two|three|some)\b[^,;]{1,60}, ?(?=(?:were|was|are|have|had|who|suffered|sustained|died|killed|wounded|injured)\b)"
    ),
    another=re.compile(r"\banother\b"),
    aged=re.compile(
        r"\b(?:m[ae]n|wom[ae]n|boys?|girls?|child|son|daughter|youth|cook|guard|driver|worker|villager|resident|aged) (?:of|aged) \Z"
    ),
    none_verb=re.compile(r"not (?:suffer|record|have)"),
    none_among=re.compile(
        r" (?:were |was |have been |reported |or damage )*(?:to|among|for|within|in the ranks of) (?:(?! and no\b| but\b| nor\b)[^,;]){0,60}"
    ),
    none_us=re.compile(rf"\b{_WHO}(?!\w)|\bservice ?members?\b"),
    not_known=re.compile(
        r"\b(?:no|without|any|not|neither) (?:immediate |official |initial |further |early |confirmed |independent )+reports?\b[^;]{0,40}\Z|\b(?:without|any|not|neither) reports?\b[^;]{0,40}\Z"
        r"|\b(?:no|without|any|not|neither) (?:immediate |official |initial |further |early |confirmed |independent )*(?:word|information|details|confirmation|indications?|news|signs?|comment|statement|claims?|mention)\b[^;]{0,40}\Z"
        r"|\b(?:unclear|unknown|not clear|not known|whether|if|did not say|not immediately|not specify|not give|without giving|could not confirm|no details)\b[^;,]{0,60}\Z|\bimmediate \Z"
    ),
    supposed=re.compile(
        r"\bto \Z|\b(?:hop\w+ to|may|might|could|would|can|if|whether|should|threat\w*|vow\w*|intend\w*|plot\w*|aim(?:ed|ing)? (?:to|at)|plan\w*|in order to|attempt\w* to|trying to|wants? to|likely|designed to|meant to|able to|potential\w*|had (?:the|it)\b[^,;]{0,40}exploded)\b[^;,]{0,40}\Z"
    ),
    vague_harm=re.compile(
        r"(?P<wounded>\b(?:(?:minor|slight|light|some|several|multiple|non-serious|serious|various|superficial|suffered|sustained|causing|caused|in|resulted in) )+(?:injur(?:y|ies)|wounds|casualties)\b"
        r"|\b(?:traumatic brain injur(?:y|ies)|tbis?|concussions|injuring|wounding)\b)|(?P<killed>\bkilling\b(?<!\bthe killing)(?<!\bof killing)(?<!'s killing)(?<!\bhis killing)(?<!\bher killing)(?<!\btheir killing)(?<!targeted killing))"
    ),
    kinds=(
        ("tbi", re.compile(r"traumatic brain|\btbis?\b|brain injur|concuss|brain trauma")),
        (
            "minor",
            re.compile(
                r"\b(?:minor|slight|slightly|light|lightly|mild|mildly|non-serious|superficial|non-life-threatening|smoke inhalation)\b"
            ),
        ),
        (
            "serious",
            re.compile(
                r"\b(?:serious|seriously|critical|critically|severe|severely|grave|life-threatening)\b"
            ),
        ),
    ),
    updated=re.compile(
        r"\b(?:rose|risen|rises|rising|increased?|increases|climb(?:ed|s)?|revis(?:ed|es|ing)|updat(?:ed|es|ing)|up from|higher than|grew|grown|jumped|now (?:says?|stands?|at)|"
        r"additional|previously|initially|earlier (?:said|reported|put)|doubl(?:ed|es)|more than previously|new figure|latest (?:count|figure|toll)|corrected|lowered)\b|->|→"
    ),
    running=re.compile(
        r"\bsince\b(?<!has since)(?<!have since)(?<!had since)|\b(?:injured|wounded|killed|hurt) (?:overall|in total|altogether)\b|\bso far\b|\bto date\b|\bin (?:the|those|these|such|various|dozens of|previous|recent|earlier|separate|\d+|multiple|several) (?:\w+ ){0,3}attacks\b|\bin (?:\w+ )?incidents\b|\bover the past\b|\brecent attacks\b|"
        r"\bthe attacks (?:have|had)\b|\bsuch attacks\b|\bin recent (?:weeks|months)\b|\bseries of attacks\b|\bspate of\b|\bwave of attacks\b"
    ),
    us_strike=re.compile(
        r"\b(?:u\.s\.|us|american|america's|israeli|israel's|turkish|coalition|pentagon|washington|retaliatory|centcom)(?:'s)? (?:(?!(?:forces|troops|base|bases|soldiers|personnel|embassy|service|military base)\b)[\w-]+ ){0,4}?"
        r"(?:air ?strikes?|strikes?|raids?|bombing|bombardment|bombardments|drone strikes?|counterstrikes?|response|jets|warplanes|aircraft|helicopters?|operation)\b"
        r"|\b(?:retaliatory|self-defense|counter-?)[ -]?strikes?\b|\b(?:israel|turkey|washington|the pentagon|the us|the u\.s\.|the united states|us forces|u\.s\. forces|american forces|us troops)(?: (?:has|have|had|also|then))* (?:(?:killed|struck|bombed|hit|targeted) (?=an? |the |at least |several|\d|two|three|four|five|six|seven|eight|nine|ten|sites|targets|iran|militia|kata|back)|launched (?:air)?strikes|(?:carried out|conducted) |retaliated|responded)|\bairstrikes?\b|\bby (?:an? )?(?:turkish|israeli|american|us|u\.s\.) (?:\w+ ){0,2}?(?:drones?|planes|fire|artillery|shelling|missiles)\b"
        r"|\bviolation of (?:its|iraqi?|iraq's|the country's|their|our|syria's) sovereignty\b"
    ),
)

ENGLISH = Language(
    code="en",
    sentences=_SENTENCES,
    numbers=_NUMBERS,
    dates=_DATES,
    casualties=_CASUALTIES,
    tallies=_TALLIES,
)
