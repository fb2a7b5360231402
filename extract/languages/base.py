"""What a language brings to the reader: tables of words and, where a table is not enough, small functions.

A finder (extract.numbers, extract.dates, ...) holds the mechanism and knows no word of any language; it
is given one of these values. All words are written as `extract.text.fold` leaves them: lower case,
straight quotes, plain hyphens and spaces, ASCII digits, and through the language's own `letters` table.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from extract.sought import all_sought

Bound = Literal["least", "most", "about"]
PatternKind = Literal[
    "calendar", "month", "year", "weekday", "phrase", "ago", "window", "part", "clock", "zone"
]
DayPart = Literal["night", "dawn", "morning", "noon", "afternoon", "evening"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SentenceRules:
    """Where a full stop does not end a sentence."""

    titles: frozenset[str]  # "gen", "mr": a name follows, never an end
    abbreviations: frozenset[str]  # "u.s", "a.m", "jan": an end only where a starter follows
    before_digits: frozenset[str]  # "no": an abbreviation only before a digit
    starters: frozenset[str]  # words that begin a sentence after an abbreviation


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NumberRules:
    """Number words, and what makes a number no count."""

    units: Mapping[str, int]  # one ... nineteen
    tens: Mapping[str, int]  # twenty ... ninety, which a unit may follow
    multipliers: Mapping[str, int]  # hundred, thousand, dozen
    joiners: tuple[str, ...]  # between the parts of one number: "and"
    articles: tuple[str, ...]  # "a" hundred
    phrases: Mapping[str, int]  # "a pair", "half a dozen"
    vague: tuple[str, ...]  # "several", "dozens": a count that names no number
    qualifiers: Mapping[str, Bound]  # "at least", "up to", "about"; before the number
    afterwards: Mapping[str, Bound]  # "or more", "at least"; after the number
    between: tuple[tuple[str, str], ...]  # ("between", "and"), ("from", "to")
    range_words: tuple[str, ...]  # "to", "or": between two numbers
    units_of_measure: tuple[str, ...]  # after the number: it measures, and counts nothing
    labels: tuple[str, ...]  # before the number: it names ("tower 22"), and counts nothing
    not_before: tuple[str, ...]  # words before: "no" one
    not_after: tuple[str, ...]  # words after, with a space or hyphen: one "way", one "another"
    people: tuple[str, ...]  # nouns after which a bare 2003 is a count and not a year
    grammar: Callable[[str], Iterable[tuple[int, int, int]]] | None = None  # start, end, value: duals


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DatePattern:
    """One way to say when. The pattern is tried where one of the first words stands ("#": any digit).

    What the named groups mean, by kind:
    calendar   day, last (of a stretch; and: of two days), month (a name) or month_number, year;
               either and other: 12/8/2023; holiday; of_month
    month      month, year, third ("early", "mid", "late"), which ("last")
    year       year, start ("the start of 2021")
    weekday    weekday, which ("last", "next"), early
    phrase     the whole match is a key of `relative_days`, `periods` or `anaphors`
    ago        count, unit, direction
    window     count, unit: a stretch of time up to now
    part       the whole match is a key of `day_parts`
    clock      hour, minute, half ("am", "pm")
    zone       zone
    """

    kind: PatternKind
    first: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DateRules:
    """Names of days and months, and phrases that say when."""

    patterns: tuple[DatePattern, ...]
    weekdays: Mapping[str, int]  # Monday is 0
    holidays: Mapping[str, tuple[int, int]]  # month and day; -4: the fourth Thursday
    ahead: re.Pattern[str]  # before a weekday that is still to come: "will meet on"
    months: Mapping[str, int]
    need_capital: frozenset[str]  # "may", "march": everyday words as well
    day_parts: Mapping[str, DayPart]
    early: Mapping[str, DayPart]  # "early" Friday, "late" Friday
    relative_days: Mapping[str, tuple[int, int, DayPart | None]]  # "yesterday": days from publication
    anaphors: Mapping[str, int]  # "the next day": days from the day last named
    periods: Mapping[str, str]  # "last week": see extract.dates
    units: Mapping[str, str]  # "days" -> "day"
    directions: Mapping[str, Literal["ago", "earlier", "later"]]
    which: Mapping[str, Literal["last", "this", "next"]]
    zones: Mapping[str, str]  # "eastern time" -> IANA name
    counts: Mapping[str, int]  # number words in "two days ago"
    glue: re.Pattern[str]  # what may stand between the parts of one mention
    month_openers: re.Pattern[str]  # before a month's name that is an everyday word: "in" May
    since: re.Pattern[str]  # ends where a window's first day begins
    between: re.Pattern[str]  # ends where the first day of a range begins
    through: re.Pattern[str]  # stands between the two days of a range
    listed: re.Pattern[str]  # before a date that tells when the page was written
    # "a day after" before what happened then: how many days later the other event was (None: not told)
    links: Mapping[str, int | None] = dataclasses.field(default_factory=dict)
    linking: re.Pattern[str] | None = None  # right after such words: they lead to another event
    told_before: re.Pattern[str] | None = None  # there: an event that was told before ("the attack")
    link_openers: re.Pattern[str] = re.compile("")  # all that stands before them where they open the sentence
    anchored: re.Pattern[str] = re.compile(r"(?!)")  # before a weekday: "the following", after a day named
    of_month: Mapping[str, str] = dataclasses.field(
        default_factory=dict
    )  # the 3rd of "last month": this, last, that
    day_words: Mapping[str, int] = dataclasses.field(default_factory=dict)  # "eighth": 8


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TallyRules:
    """How a running count of attacks is told. Patterns are tried on folded text of one sentence.

    `after` and `before` patterns are matched right after and searched right before a number.
    """

    times_after: re.Pattern[str]  # 78 "times"
    attacks_after: re.Pattern[str]  # 78 "drone and rocket attacks"
    strikes_after: re.Pattern[str]  # "strikes", "incidents": count only with their target named
    increment_after: re.Pattern[str]  # three "more" attacks: no running count
    of_them_after: re.Pattern[str]  # 29 "of the attacks": part of a count
    total_before: re.Pattern[str]  # "bringing the total to" 60
    one_of_before: re.Pattern[str]  # "is one of" more than 140
    launched_after: re.Pattern[str]  # 140 "launched on"
    attacked: re.Pattern[str]  # "attacked", "come under fire": what happened those times
    attack_words: re.Pattern[str]  # any word that says that attacks are the subject
    ordinal: re.Pattern[str]  # the "19th attack"; groups digits or word
    ordinals: Mapping[str, int]
    us_target: re.Pattern[str]  # US forces, bases, interests as what is attacked
    recount: re.Pattern[str]  # before a bare number: "it was" 61, "up from" 46
    claimed: re.Pattern[str]  # before a number: "has claimed" 140 attacks
    people_words: re.Pattern[str]  # what a bare number may count instead
    our_own: re.Pattern[str]  # "our forces": in the mouth of an American speaker
    passive: re.Pattern[str]  # right before a number: "have been attacked", whoever else is named before
    own_action: re.Pattern[str]  # before a number: "the US has carried out" three strikes
    other_agent: re.Pattern[str]  # before a number: Israel, Turkey, the Islamic State ...
    other_target: re.Pattern[str]  # after the noun: "on ships", "against the militias"
    country: re.Pattern[str]  # group country: a key of `countries`
    under_fire: re.Pattern[str]  # after "the 100 times": whose forces were attacked
    since_when: re.Pattern[str]
    first_since: re.Pattern[str]  # between a count and a window in which there was none
    convoys_after: re.Pattern[str]  # "twelve supply convoys of the coalition were attacked"
    of_the_attacks: re.Pattern[str]  # a noun phrase that counts some of those told before
    one_place: re.Pattern[str]  # the attacks on one base
    country_ahead: re.Pattern[str]  # "in Iraq they were attacked" before "60 times"
    next_conjunct: re.Pattern[str]
    other_count: re.Pattern[str]  # a recount by somebody else, with a window of its own
    this_country: re.Pattern[str]  # "in the country": the one named last
    of_country: re.Pattern[str]  # names and adjectives by which a country may have been named last
    one_of_several: re.Pattern[str]  # before a country: "... and at those in"
    both_named: re.Pattern[str]  # a sentence with "in Iraq" and "in Syria"
    both_countries: re.Pattern[str]  # "in Iraq and Syria": right at the first country's name
    countries: Mapping[str, Literal["iraq", "syria", "jordan"]]
    second_of_both: re.Pattern[str]  # before a country: "Iraq and "
    country_before: re.Pattern[str]  # ends at the number: "Iraq (" 37; group country
    filler: re.Pattern[str]  # all that may stand in "37 of the attacks were in" Iraq
    own_attack: re.Pattern[str]  # in a noun phrase: "retaliatory" strikes
    not_attacks: re.Pattern[str]  # in "the total number of injured is": no count of attacks
    after_total: re.Pattern[str]  # what may follow the number in "the total is 78": no other noun
    running: re.Pattern[str]  # "so far", "to date", "in total": a running count without a window
    extrapolated: re.Pattern[str]  # "would be", "could reach": no statement
    says: re.Pattern[str]  # verbs of speech
    label: re.Pattern[str]  # "SPOKESPERSON:" at the start of a paragraph, case kept; group speaker
    count_words: re.Pattern[str]  # "the Pentagon's number on Wednesday"
    counted_by: re.Pattern[str]  # "by the Pentagon's count"; groups speaker, agency
    according_to: re.Pattern[str]  # the speaker follows
    as_of: re.Pattern[str]  # before a date: "as of"
    pronoun: re.Pattern[str]  # "he", "she": the speaker of the sentence before
    article: re.Pattern[str]  # "the", "a": not part of a speaker's name
    before_verb: re.Pattern[str]  # "has", "also": between the speaker and the verb
    speaker_words: re.Pattern[str]  # a role or body: "official", "pentagon"
    small_words: frozenset[str]  # not at the end of a speaker's name
    no_speakers: frozenset[str]  # "it", "reports"
    role_words: frozenset[str]  # lower-case words in a speaker's name: "spokesman", "senior"
    long_subject: re.Pattern[str]  # "the general who leads US forces"; ends at the verb; group speaker
    headline_speaker: re.Pattern[str]  # ": Pentagon" at a headline's end, "Pentagon:" at its start

    def __post_init__(self) -> None:
        all_sought(self, [field.name for field in dataclasses.fields(self)])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CasualtyRules:
    """How killed and wounded are told. Patterns are tried on folded text of one sentence."""

    gate: re.Pattern[str]  # any word of harm; a sentence without one is not read further
    victims: re.Pattern[str]  # people after a number: "US service members"; may match nothing
    one: re.Pattern[str]  # "a contractor", "another soldier": one of them; group victims
    plural: re.Pattern[str]  # "US troops" without a number; group victims
    whose: tuple[tuple[str, re.Pattern[str]], ...]  # in order: whose people the words name
    harm_after: re.Pattern[
        str
    ]  # after the people: "were killed", "suffered minor injuries"; groups killed, wounded
    harm_before: re.Pattern[str]  # before them: "killing", "the deaths of"; ends where the number begins
    harm_noun: re.Pattern[str]  # after a number: "injuries", "deaths", "wounded"
    toll: re.Pattern[
        str
    ]  # "the number of wounded rose to": ends where the number begins; groups killed, wounded
    also: re.Pattern[str]  # between two groups of one list: "and", ","
    of_them: re.Pattern[str]  # right after a number: five "of them", part of the group before
    origin: re.Pattern[str]  # right after a number: one "from Britain"
    former: re.Pattern[str]  # before a number: "initially said"
    generic: re.Pattern[str]  # "more troops": people of those who were named before
    including_verb: re.Pattern[str]  # "the wounded included"
    including: re.Pattern[str]  # before a group that is part of the one before
    none: tuple[tuple[str, re.Pattern[str]], ...]  # "no casualties"; name: both, killed or wounded
    no_window: re.Pattern[str]  # "the first deaths since ...": tells of one attack, not of many
    elsewhere: re.Pattern[str]  # what follows a bare number that counts munitions and not people
    own_forces: re.Pattern[str]  # the Americans as those whose "its soldiers" are
    their_own: re.Pattern[str]  # "its soldiers", "of their troops"
    own_staff: re.Pattern[str]  # after "no casualties": "among its staff"
    mission: re.Pattern[str]  # the text of a sentence in which such staff is American
    then: re.Pattern[str]  # ends the words before a strike that came only after what was told
    hurt: re.Pattern[str]  # any word for wounds: then "the figure" counts them
    risen: re.Pattern[str]  # what came before it is overtaken: "has since risen to 34"
    theirs: re.Pattern[str]  # after people: "in the Iraqi air force"
    not_yet: re.Pattern[str]  # after "no casualties": nobody knows so far
    none_verb_before: re.Pattern[str]  # "suffered" right before "no casualties"
    none_of_them: re.Pattern[str]  # none of people who were named before
    aside: re.Pattern[str]  # between people and what happened to them: ", two of them Americans,"
    another: re.Pattern[str]
    aged: re.Pattern[str]  # words before a number of years: "a man of"
    none_verb: re.Pattern[str]  # such a match with a verb: whose losses there were none, stands before it
    none_among: re.Pattern[str]  # right after such a match: "among coalition personnel"
    none_us: re.Pattern[str]  # inside such a match: only Americans are spoken of
    not_known: re.Pattern[str]  # "no immediate reports of": says nothing
    supposed: re.Pattern[str]  # "may have been": says nothing
    vague_harm: re.Pattern[str]  # "minor injuries", without a number
    kinds: tuple[tuple[str, re.Pattern[str]], ...]  # "tbi", "minor", "serious"
    updated: re.Pattern[str]  # the number rose or was revised
    running: re.Pattern[str]  # counted over many attacks
    us_strike: re.Pattern[str]  # the harm is done by a US strike: those hit are the attackers

    def __post_init__(self) -> None:
        all_sought(self, [field.name for field in dataclasses.fields(self)])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Language:
    """One language, as the finders are given it."""

    code: str
    sentences: SentenceRules
    numbers: NumberRules
    dates: DateRules
    casualties: CasualtyRules
    tallies: TallyRules
    letters: Mapping[int, int] = field(default_factory=dict)  # further folding, letter for letter
