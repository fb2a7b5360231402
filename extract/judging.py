"""Whether two groups of reports tell of one attack: evidence in points, each with its name.

The points stand in data/resolution.csv with their reasons. Above nought is "one attack". One thing is no
matter of points: two current reports of one article are two attacks.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from extract.records import Report, Reported
from extract.thresholds import thresholds
from extract.vicinity import COMPOUND, Relation, Spot
from extract.voices import any_copies, voice_of

LOCAL = ZoneInfo("Asia/Baghdad")

Hours = tuple[tuple[float, float], ...]

# Local hours that the words cover, as generously as newsrooms use them.
_PART_HOURS: dict[str, Hours] = {
    "night": ((0, 5), (20, 24)),
    "dawn": ((3, 7),),
    "morning": ((5, 11),),
    "noon": ((11, 14),),
    "afternoon": ((12, 18),),
    "evening": ((16, 23),),
}
# A clock read in UTC (3 hours) or on the US east coast (7 or 8) is the commonest wrong clock.
_CLOCK_SLIPS = (3.0, 7.0, 8.0)
_WEAPON_CLASS = {
    "rocket": "indirect", "mortar": "indirect", "ballistic_missile": "indirect", "cruise_missile": "air",
    "drone": "air", "ied": "placed", "small_arms": "aimed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sighting:
    """A report placed in space and time."""

    reported: Reported
    spot: Spot
    earliest: dt.date | None  # local days; None: nothing bounds it
    latest: dt.date | None
    hours: Hours
    ordinal: int = 0  # its place among its article's reports of the same place and day

    @property
    def report(self) -> Report:
        return self.reported.report

    @property
    def report_id(self) -> str:
        return self.reported.report.report_id

    @property
    def span_days(self) -> int:
        """Days between the first and the last possible one."""
        assert self.earliest is not None and self.latest is not None  # noqa: S101 -- asked of dated ones only
        return (self.latest - self.earliest).days


@dataclass(frozen=True, slots=True)
class Profile:
    """What a group of reports says together, as far as it tells attacks apart."""

    sightings: tuple[Sighting, ...]  # by report id
    spot: Spot
    earliest: dt.date
    latest: dt.date
    articles: frozenset[str]
    current_articles: frozenset[str]
    voices: frozenset[str]
    weapons: tuple[str, ...]  # one a report that names one
    counts: frozenset[tuple[str, int, int]]
    tolls: frozenset[tuple[str, int]]
    said_hours: tuple[tuple[Hours, bool, int], ...]  # whether from a clock, and how many say so
    prints: frozenset[str]
    first_published: dt.datetime | None

    @property
    def key(self) -> str:
        return self.sightings[0].report_id

    @property
    def weight(self) -> tuple[int, int, str]:
        """What orders groups that compete: voices, reports, then the name, so that no two are equal."""
        return (len(self.voices), len(self.sightings), self.key)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One attack or two, and why: names and points in the order they were weighed."""

    same: bool
    score: float
    reasons: tuple[tuple[str, float], ...]

    def __str__(self) -> str:
        why = ", ".join(f"{name} {points:+g}" for name, points in self.reasons)
        return f"{'same' if self.same else 'apart'} ({self.score:+g}: {why})"


def profile(sightings: Iterable[Sighting]) -> Profile:
    """The group's profile. All sightings must be dated."""
    members = tuple(sorted(sightings, key=lambda sighting: sighting.report_id))
    reports = [member.report for member in members]
    finest = min(members, key=lambda member: (member.spot.rank, member.report_id))
    return Profile(
        sightings=members,
        spot=finest.spot,
        earliest=min(member.earliest for member in members if member.earliest),
        latest=max(member.latest for member in members if member.latest),
        articles=frozenset(report.article_id for report in reports),
        current_articles=frozenset(report.article_id for report in reports if report.current),
        voices=frozenset(voice_of(member.reported) for member in members),
        weapons=tuple(report.weapon for report in reports if report.weapon in _WEAPON_CLASS),
        counts=frozenset(count for report in reports for count in _count(report)),
        tolls=frozenset(toll for report in reports for toll in _toll(report)),
        said_hours=_said_hours(members),
        prints=frozenset(m.reported.fingerprint for m in members if m.reported.fingerprint),
        first_published=min(
            (m.reported.published_at for m in members if m.reported.published_at), default=None
        ),
    )


def _said_hours(members: Iterable[Sighting]) -> tuple[tuple[Hours, bool, int], ...]:
    said = Counter((member.hours, member.report.clock is not None) for member in members if member.hours)
    return tuple((hours, by_clock, number) for (hours, by_clock), number in sorted(said.items()))


def told_apart(a: Profile, b: Profile) -> bool:
    """Whether one article tells of both as its news: then they are two attacks, whatever else agrees."""
    return not a.current_articles.isdisjoint(b.current_articles)


def judge(a: Profile, b: Profile, relation: Relation) -> Verdict:
    """Weigh the evidence for one attack. Symmetric in a and b."""
    if told_apart(a, b):
        return Verdict(False, float("-inf"), (("one_article_tells_both", float("-inf")),))
    first, second = (a, b) if (a.earliest, a.latest, a.key) <= (b.earliest, b.latest, b.key) else (b, a)
    reasons = [_place(first, second, relation)]
    reasons += _days(first, second)
    reasons += _weapon_and_count(first, second)
    reasons += _casualties(first, second)
    if _published_together(first, second) and any_copies(first.prints, second.prints):
        reasons.append(("text_same", thresholds().text_same))
    score = sum(points for _, points in reasons)
    return Verdict(score > 0, score, tuple(reasons))


def hours_of(report: Report) -> Hours:
    """The local hours at which the report puts the attack; empty where it does not say."""
    if report.clock:
        hour, minute = report.clock.split(":")
        at = int(hour) + int(minute) / 60
        return ((at, at),)
    return _PART_HOURS.get(report.day_part or "", ())


def _place(a: Profile, b: Profile, relation: Relation) -> tuple[str, float]:
    weigh = thresholds()
    if relation == "near":
        return ("places_near", weigh.near_prior)
    if relation in ("same", "inside") and max(a.spot.rank, b.spot.rank) <= COMPOUND:
        return ("same_site", weigh.site_prior)
    if relation == "same":
        return ("same_area", weigh.area_same_prior)
    return ("place_in_area", weigh.area_prior)


def _days(a: Profile, b: Profile) -> list[tuple[str, float]]:
    """Evidence of time. `a` is the earlier."""
    if b.earliest > a.latest:
        return _neighbouring_days(a, b)
    if a.earliest == a.latest == b.earliest == b.latest:
        return _hours_of_one_day(a, b)
    # Where a day is not said, the moment of the news is the next best thing; background comes at any time.
    return _news_times(a, b) if a.current_articles and b.current_articles else []


def _hours_of_one_day(a: Profile, b: Profile) -> list[tuple[str, float]]:
    """Clocks and parts of the day: what most pairs of the two groups' reports say."""
    weigh = thresholds()
    pairs = [(one, other, one[2] * other[2]) for one in a.said_hours for other in b.said_hours]
    clocks = [(_clocks_clash(one[0], other[0]), n) for one, other, n in pairs if one[1] and other[1]]
    if clocks:
        return [("clock_apart", weigh.clock_apart)] if _most(clocks) else []
    clashes = [
        (
            _gap(one[0], other[0])
            >= (weigh.clock_part_hours if one[1] or other[1] else weigh.part_apart_hours),
            n,
        )
        for one, other, n in pairs
    ]
    return [("part_of_day_apart", weigh.part_apart)] if _most(clashes) else []


def _clocks_clash(a: Hours, b: Hours) -> bool:
    gap = _gap(a, b)
    slipped = any(abs(gap - slip) < 0.1 for slip in _CLOCK_SLIPS)
    return gap >= thresholds().clock_apart_hours and not slipped


def _neighbouring_days(a: Profile, b: Profile) -> list[tuple[str, float]]:
    """`b` is dated the day after `a`: one attack with two dates, or two attacks?"""
    weigh = thresholds()
    reasons = [("neighbouring_days", weigh.adjacent_prior)]
    reasons += _overnight(a, b)
    reasons += _news_times(a, b)
    thin, thick = sorted((len(a.voices), len(b.voices)))
    if thin == 1 and thick >= weigh.stray_voices:
        reasons.append(("stray_date", weigh.stray))
    if thin >= weigh.stray_voices:
        reasons.append(("both_well_told", weigh.both_told))
    if a.voices & b.voices:
        reasons.append(("one_outlet_dates_both", weigh.outlet_both))
    return reasons


def _overnight(a: Profile, b: Profile) -> list[tuple[str, float]]:
    """'Late on Thursday' and 'early on Friday' may be one night."""
    weigh = thresholds()
    late = _most((_has_between(hours, 20, 24), n) for hours, _, n in a.said_hours)
    early = _most((_has_between(hours, 0, 4.5), n) for hours, _, n in b.said_hours)
    if not a.said_hours or not b.said_hours:
        return [("perhaps_overnight", weigh.overnight_one)] if late or early else []
    if not (late and early):
        # The same hour on both days may be one attack with a wrong date; another hour is another attack.
        return _hours_of_one_day(a, b)
    if {hours for hours, *_ in a.said_hours} == {hours for hours, *_ in b.said_hours}:
        return []  # "at night" of one day and "at night" of the next is as likely two nights as one
    clocks = [
        24 - one[0][0] + other[0][0]
        for one, by_a, _ in a.said_hours
        for other, by_b, _ in b.said_hours
        if by_a and by_b
    ]
    if clocks and min(clocks) > weigh.clock_part_hours:
        return [("clock_apart", weigh.clock_apart)]
    return [("overnight", weigh.overnight_both)]


def _news_times(a: Profile, b: Profile) -> list[tuple[str, float]]:
    """The first news of an attack comes in one burst, whatever dates it carries."""
    weigh = thresholds()
    if a.first_published is None or b.first_published is None:
        return []
    hours = abs((b.first_published - a.first_published).total_seconds()) / 3600
    if hours <= weigh.burst_hours:
        return [("news_at_once", weigh.burst_same)]
    return [("news_a_day_later", weigh.burst_apart)] if hours >= weigh.burst_apart_hours else []


def _weapon_and_count(a: Profile, b: Profile) -> list[tuple[str, float]]:
    weigh = thresholds()
    reasons: list[tuple[str, float]] = []
    clash = False
    if a.weapons and b.weapons:
        if set(a.weapons) & set(b.weapons):
            reasons.append(("weapon_same", weigh.weapon_same))
        else:
            reasons.append(_weapons_apart(a.weapons, b.weapons))
            clash = reasons[-1][1] <= weigh.weapon_apart
    numbers_a, numbers_b = ({numbers[1:] for numbers in side.counts} for side in (a, b))
    other_day = a.latest < b.earliest
    if numbers_a & numbers_b - {(1, 1)} and not (clash and other_day):
        reasons.append(("count_same", weigh.count_same))
    elif (clash or other_day) and numbers_a and numbers_b and not numbers_a & numbers_b:
        reasons.append(("count_apart", weigh.count_apart))
    return reasons


def _weapons_apart(a: Sequence[str], b: Sequence[str]) -> tuple[str, float]:
    weigh = thresholds()
    kinds_a, kinds_b = ({_WEAPON_CLASS[weapon] for weapon in side} for side in (a, b))
    if kinds_a & kinds_b:
        return ("weapon_taken_for_another", weigh.indirect_apart)
    if {"placed", "aimed"} & (kinds_a | kinds_b):
        return ("weapon_of_another_kind", weigh.place_only_apart)
    return ("weapon_apart", weigh.weapon_apart)


def _casualties(a: Profile, b: Profile) -> list[tuple[str, float]]:
    weigh = thresholds()
    if {toll for toll in a.tolls if toll[1]} & {toll for toll in b.tolls if toll[1]}:
        return [("casualties_same", weigh.casualties_same)]
    said_by_both = {name for name, _ in a.tolls} & {name for name, _ in b.tolls}
    if said_by_both and not a.tolls & b.tolls:
        return [("casualties_apart", weigh.casualties_apart)]
    return []


def _published_together(a: Profile, b: Profile) -> bool:
    """Whether like texts can be copies: the attackers' daily statements differ in little but the date."""
    if a.first_published is None or b.first_published is None:
        return a.earliest <= b.latest and b.earliest <= a.latest
    hours = abs((b.first_published - a.first_published).total_seconds()) / 3600
    return hours <= thresholds().burst_hours


def _count(report: Report) -> list[tuple[str, int, int]]:
    low, high = report.munitions_min, report.munitions_max
    if low is None and high is None:
        return []
    return [(report.weapon, low if low is not None else high or 0, high if high is not None else low or 0)]


def _toll(report: Report) -> list[tuple[str, int]]:
    said = (("killed", report.killed), ("wounded", report.wounded))
    return [(name, number) for name, number in said if number is not None]


def _gap(a: Hours, b: Hours) -> float:
    """Hours between two spans of one day, 0 where they meet."""
    return min(max(0.0, low_b - high_a, low_a - high_b) for low_a, high_a in a for low_b, high_b in b)


def _has_between(hours: Hours, low: float, high: float) -> bool:
    return any(start <= high and end >= low for start, end in hours)


def _most(answers: Iterable[tuple[bool, int]]) -> bool:
    """Whether most say yes; each answer counts as often as it was given."""
    given = list(answers)
    return 2 * sum(n for yes, n in given if yes) > sum(n for _, n in given)
