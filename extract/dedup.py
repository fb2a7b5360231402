"""Reports -> incidents: place them in time and space, gather, tell apart, attach what is vague, review.

resolve() is a function of the set of reports. It goes from the precise to the vague, and what a finer level
has settled no coarser one changes:

    one site, one day      reports of a cell are one attack unless an article tells two, or hours, or two
                           details, do (judging.py)
    the same, misdated     a group joins a weightier one at the next day, or under a near place's name, when
                           the points say so; only ever one step, so that daily attacks never chain
    wider day or place     a report that says less joins the one group it can mean; where it can mean several
                           it stays by itself, flagged, and adds no attack to the count; where it can mean
                           none, it is an attack, known only that far
    reviews                an analyst's decisions come last and win

Each level looks at its own days and their neighbours only. So resolution is local: what a report may change
lies within HALO_DAYS of its days, and windows() says what to read again when reports arrive.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from extract.judging import LOCAL, Profile, Sighting, Verdict, hours_of, judge, profile, told_apart
from extract.merging import merge
from extract.records import Incident, Report, Reported, Review
from extract.reviewing import Decided, apply_reviews
from extract.thresholds import thresholds
from extract.vicinity import CITY, COMPOUND, KnowledgeLike, Relation, Vicinity

# One step to a neighbouring day and what that neighbour does (4), the same for compounds and cities (8),
# up to two days' width and one day's slip at each of six levels of place (18), and the widest report
# (31 + 1), with some room. The locality property in the tests holds with this; it is a bound, not a setting.
HALO_DAYS = 64

# A current report without a date is news of the last days before it was published.
_UNDATED_NEWS_DAYS = 2
_SHORT_SPAN_DAYS = 2
_AMBIGUOUS = "ambiguous_report"
_DUPLICATE = "possible_duplicate"
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """What to read and what to replace after reports arrived. Dates are local and inclusive."""

    write_from: dt.date  # replace the stored incidents whose incident_day() lies in write_from..write_until
    write_until: dt.date
    read_from: dt.date  # resolve all reports whose day_bounds() meet read_from..read_until
    read_until: dt.date

    def writes(self, incident: Incident) -> bool:
        """Whether the incident is one that this window replaces."""
        day = incident_day(incident)
        return day is not None and self.write_from <= day <= self.write_until

    def reads(self, reported: Reported) -> bool:
        """Whether the report has to be read to resolve this window."""
        bounds = day_bounds(reported)
        return bounds is not None and bounds[0] <= self.read_until and bounds[1] >= self.read_from


def windows(dirty: Iterable[tuple[dt.date, dt.date]]) -> tuple[Window, ...]:
    """The windows to resolve again, given the day bounds of the reports that came, changed or went.

    Windows that overlap in what they write are one, so no incident is written twice. Reports without bounds
    concern nobody else: resolve those alone. A review that merges incidents, or corrects a date, across more
    than the halo needs the reports that it names and those of the stored incident read as well, and the days
    of all these in what is written.
    """
    halo = dt.timedelta(days=HALO_DAYS)
    merged: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted((first - halo, last + halo) for first, last in dirty):
        if merged and first <= merged[-1][1] + _DAY:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(Window(first, last, first - halo, last + halo) for first, last in merged)


def incident_day(incident: Incident) -> dt.date | None:
    """The day that says to which window an incident belongs; None where nothing bounds its date.

    An analyst may have moved it far from its reports: see windows().
    """
    return incident.date or incident.date_latest


def day_bounds(reported: Reported) -> tuple[dt.date, dt.date] | None:
    """The first and last local day on which the attack can have been; None where nothing bounds it.

    Where the article gives no date, its own moment bounds it: news is of the last days, background of the
    last month at most.
    """
    report = reported.report
    first = report.date or report.date_earliest or report.date_latest
    last = report.date or report.date_latest or report.date_earliest
    if first is not None and last is not None:
        return min(first, last), max(first, last)
    moment = reported.published_at or reported.seen_at
    if moment is None:
        return None
    day = moment.astimezone(LOCAL).date()
    back = _UNDATED_NEWS_DAYS if report.current else int(thresholds().max_span_days)
    return day - dt.timedelta(days=back), day


def resolve(
    reported: Iterable[Reported], knowledge: KnowledgeLike, reviews: Sequence[Review] = ()
) -> tuple[Incident, ...]:
    """The incidents that a set of reports tells of, by day and id; the same for any order of the reports."""
    vicinity = Vicinity(knowledge)
    sightings = [_sighting(item, vicinity) for item in newest_versions(reported)]
    decided = apply_reviews(_groups(sightings, vicinity), reviews)
    incidents = [merge(group, vicinity, knowledge) for group in decided]
    return tuple(sorted(incidents, key=lambda incident: (str(incident_day(incident)), incident.incident_id)))


def judge_pair(a: Reported, b: Reported, knowledge: KnowledgeLike) -> Verdict:
    """The verdict on two reports by themselves, for explaining a decision to a person."""
    vicinity = Vicinity(knowledge)
    one, other = (_sighting(item, vicinity) for item in (a, b))
    relation = vicinity.relation(one.spot, other.spot)
    if relation == "apart" or one.earliest is None or other.earliest is None:
        return Verdict(False, float("-inf"), (("place_or_date_apart", float("-inf")),))
    return judge(profile([one]), profile([other]), relation)


def newest_versions(reported: Iterable[Reported]) -> tuple[Reported, ...]:
    """Of each article only the newest version's reports, by report id; a report given twice counts once."""
    by_article: dict[str, list[Reported]] = defaultdict(list)
    for item in reported:
        by_article[item.report.article_id].append(item)
    kept: dict[str, Reported] = {}
    for items in by_article.values():
        newest = max(_version(item) for item in items)
        for item in sorted((item for item in items if _version(item) == newest), key=repr):
            kept.setdefault(item.report.report_id, item)
    return tuple(kept[report_id] for report_id in sorted(kept))


def _version(item: Reported) -> tuple[str, str, str, str]:
    published, seen = (moment.isoformat() if moment else "" for moment in (item.published_at, item.seen_at))
    return (published, seen, item.report.rules_version, item.fingerprint)


def _sighting(item: Reported, vicinity: Vicinity) -> Sighting:
    first, last = day_bounds(item) or (None, None)
    return Sighting(
        reported=item,
        spot=vicinity.spot(item.report),
        earliest=first,
        latest=last,
        hours=hours_of(item.report),
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Reports judged to be one attack. `core` gives its day and place; attached reports do not move them."""

    core: Profile
    members: tuple[Sighting, ...]
    flags: frozenset[str] = frozenset()

    @property
    def view(self) -> Profile:
        """All that the group says, at the core's place and days."""
        whole = profile(self.members)
        return replace(whole, spot=self.core.spot, earliest=self.core.earliest, latest=self.core.latest)

    def with_members(self, more: Iterable[Sighting]) -> _Group:
        return replace(self, members=(*self.members, *more))


def _groups(sightings: Sequence[Sighting], vicinity: Vicinity) -> list[Decided]:
    """All sightings, each in one group."""
    levels: dict[tuple[int, int, int], list[Sighting]] = defaultdict(list)
    adrift: list[Sighting] = []
    for sighting in sightings:
        if sighting.earliest is None or sighting.span_days > thresholds().max_span_days:
            adrift.append(sighting)
        else:
            levels[_level(sighting)].append(sighting)
    hosts = _Hosts(vicinity)
    for level in sorted(levels):
        _settle(level, levels[level], hosts)
    return [Decided(group.members, group.flags) for group in hosts.all()] + _adrift_groups(adrift)


def _level(sighting: Sighting) -> tuple[int, int, int]:
    """The order in which reports are settled: wide dates last, then from fine places to coarse ones."""
    span = sighting.span_days
    return (int(span > _SHORT_SPAN_DAYS), sighting.spot.rank, span)


def _settle(level: tuple[int, int, int], sightings: list[Sighting], hosts: _Hosts) -> None:
    """Attach what can be attached, and make groups of the rest."""
    wide, rank, span = level
    left, ambiguous = hosts.attach(sightings)
    fresh = [group for cell in _cells(left) for group in _tell_apart(cell)]
    if not wide and not span and rank <= CITY:
        fresh = _join_neighbours(fresh, hosts.vicinity)
    doubtful = [group for cell in _cells(ambiguous) for group in _tell_apart(cell)]
    hosts.add([_flagged(group, _AMBIGUOUS, _DUPLICATE) for group in doubtful], hosting=False)
    hosts.add(fresh, hosting=not wide)


class _Hosts:
    """The groups settled so far, found by day."""

    def __init__(self, vicinity: Vicinity) -> None:
        self.vicinity = vicinity
        self._groups: list[_Group] = []
        self._by_day: dict[dt.date, list[int]] = defaultdict(list)
        self._views: dict[int, Profile] = {}

    def all(self) -> list[_Group]:
        return self._groups

    def add(self, groups: Iterable[_Group], *, hosting: bool) -> None:
        for group in groups:
            at = len(self._groups)
            self._groups.append(group)
            for day in _days(group.core.earliest, group.core.latest) if hosting else ():
                self._by_day[day].append(at)

    def attach(self, sightings: Sequence[Sighting]) -> tuple[list[Sighting], list[Sighting]]:
        """Join each sighting to the one group it can mean; returns those that mean none, and several.

        All are judged by the groups as they stood before, so the order does not count.
        """
        left, ambiguous = [], []
        taken: dict[int, list[Sighting]] = defaultdict(list)
        for sighting in sightings:
            choice = self._choose(sighting, taken)
            if choice is None:
                left.append(sighting)
            elif choice < 0:
                ambiguous.append(sighting)
            else:
                taken[choice].append(sighting)
        for at, joined in taken.items():
            self._groups[at] = self._groups[at].with_members(joined)
            self._views.pop(at, None)
        return left, ambiguous

    def _choose(self, sighting: Sighting, taken: dict[int, list[Sighting]]) -> int | None:
        """The group's place; -1 where it can be several; None where it can be none."""
        alone = profile([sighting])
        tiers: dict[tuple[int, bool, bool], list[tuple[float, int]]] = defaultdict(list)
        for at, slip in self._candidates(sighting):
            view = self._view(at)
            relation = self.vicinity.relation(sighting.spot, view.spot)
            if relation == "apart" or any(told_apart(alone, profile([other])) for other in taken[at]):
                continue
            verdict = judge(alone, view, relation)
            if verdict.same:
                tiers[(slip, relation == "in_province", view.spot.rank > COMPOUND)].append(
                    (verdict.score, at)
                )
        if not tiers:
            return None
        best = sorted(tiers[min(tiers)], reverse=True)
        if len(best) > 1 and best[0][0] - best[1][0] < thresholds().attach_margin:
            return -1
        return best[0][1]

    def _candidates(self, sighting: Sighting) -> Iterator[tuple[int, int]]:
        """Groups on the sighting's days; where it names one day, those of the neighbouring days as well."""
        assert sighting.earliest is not None and sighting.latest is not None  # noqa: S101
        days = list(_days(sighting.earliest, sighting.latest))
        exact = sorted({at for day in days for at in self._by_day.get(day, ())})
        yield from ((at, 0) for at in exact)
        if len(days) == 1:
            around = {at for day in (days[0] - _DAY, days[0] + _DAY) for at in self._by_day.get(day, ())}
            yield from ((at, 1) for at in sorted(around - set(exact)))

    def _view(self, at: int) -> Profile:
        if at not in self._views:
            self._views[at] = self._groups[at].view
        return self._views[at]


def _cells(sightings: Iterable[Sighting]) -> list[list[Sighting]]:
    """Sightings of one place and the same days, in a fixed order, each with its ordinal in its article."""
    cells: dict[tuple[str, str, str], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        cells[(sighting.spot.key, str(sighting.earliest), str(sighting.latest))].append(sighting)
    return [_with_ordinals(cell) for _, cell in sorted(cells.items())]


def _with_ordinals(cell: Iterable[Sighting]) -> list[Sighting]:
    seen: dict[str, int] = defaultdict(int)
    numbered = []
    for sighting in sorted(cell, key=lambda sighting: _natural(sighting.report_id)):
        numbered.append(replace(sighting, ordinal=seen[sighting.report.article_id]))
        seen[sighting.report.article_id] += int(sighting.report.current)
    return numbered


def _natural(report_id: str) -> tuple[tuple[int, str], ...]:
    """So that an article's tenth report comes after its second."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", report_id))


def _tell_apart(cell: Sequence[Sighting]) -> list[_Group]:
    """The attacks of one cell: the likest parts are joined first, as long as nothing tells them apart."""
    parts = [profile(part) for part in _alike(cell)]
    order = []
    for i, j in combinations(range(len(parts)), 2):
        verdict = judge(parts[i], parts[j], "same")
        if verdict.same:
            apart = abs(parts[i].sightings[0].ordinal - parts[j].sightings[0].ordinal)
            size = len(parts[i].sightings) + len(parts[j].sightings)
            order.append((-verdict.score, apart, -size, i, j))
    home = list(range(len(parts)))
    refused: set[tuple[int, int, int, int]] = set()  # with their sizes: a group that has grown is asked again
    for *_, i, j in sorted(order):
        low, high = sorted((home[i], home[j]))
        asked = (low, high, len(parts[low].sightings), len(parts[high].sightings))
        if low == high or asked in refused:
            continue
        if judge(parts[low], parts[high], "same").same:
            parts[low] = profile([*parts[low].sightings, *parts[high].sightings])
            home = [low if at == high else at for at in home]
        else:
            refused.add(asked)
    groups = [_Group(parts[at], parts[at].sightings) for at in sorted(set(home))]
    return _flag_close(groups)


def _alike(cell: Sequence[Sighting]) -> list[list[Sighting]]:
    """Sightings that say the same of the attack, so that a thousand copies cost no more than a few."""
    alike: dict[tuple[object, ...], list[Sighting]] = defaultdict(list)
    for sighting in cell:
        alike[(*_details(sighting.report), sighting.ordinal)].append(sighting)
    return sorted(alike.values(), key=lambda part: min(_natural(sighting.report_id) for sighting in part))


def _details(report: Report) -> tuple[object, ...]:
    return (
        (report.clock or "")[:2],
        report.day_part or "",
        report.weapon,
        report.munitions_min,
        report.munitions_max,
        report.killed,
        report.wounded,
    )


def _join_neighbours(groups: Sequence[_Group], vicinity: Vicinity) -> list[_Group]:
    """Join each group to the weightiest claim of a neighbour: the next day's, or a near place's.

    A group joins only one that itself joins none, so that daily attacks never chain, and what a group does
    depends on its neighbours and theirs alone.
    """
    near = _Neighbours(groups, vicinity)
    wants = {at: near.best_host(at) for at in range(len(groups))}
    joined: dict[int, list[int]] = defaultdict(list)
    loose = set(range(len(groups)))
    for at in sorted(loose, key=lambda at: groups[at].core.weight, reverse=True):
        host = wants[at]
        if host is None or wants[host] is not None:
            continue
        if not any(told_apart(groups[at].core, groups[other].core) for other in joined[host]):
            joined[host].append(at)
            loose.discard(at)
    kept = [
        groups[at].with_members(member for other in joined[at] for member in groups[other].members)
        for at in sorted(loose)
    ]
    return _flag_neighbours(kept, vicinity)


class _Neighbours:
    """Which groups lie at one site on neighbouring days, or near each other on one day."""

    def __init__(self, groups: Sequence[_Group], vicinity: Vicinity) -> None:
        self._groups, self._vicinity = groups, vicinity
        self._by_day: dict[dt.date, list[int]] = defaultdict(list)
        for at, group in enumerate(groups):
            self._by_day[group.core.earliest].append(at)

    def around(self, at: int) -> Iterator[tuple[int, Relation]]:
        core = self._groups[at].core
        for step in (-1, 0, 1):
            for other in self._by_day.get(core.earliest + step * _DAY, ()):
                relation = self._vicinity.relation(core.spot, self._groups[other].core.spot)
                if relation in (("same",) if step else ("near", "inside")):
                    yield other, relation

    def best_host(self, at: int) -> int | None:
        """The weightier neighbour that this group most likely is; None where none is, or two are."""
        core = self._groups[at].core
        claims = []
        for other, relation in self.around(at):
            host = self._groups[other].core
            if host.weight > core.weight and not host.articles & core.articles:
                verdict = judge(core, host, relation)
                claims += [(verdict.score, other)] if verdict.same else []
        claims.sort(reverse=True)
        if len(claims) > 1 and claims[0][0] - claims[1][0] < thresholds().attach_margin:
            return None
        return claims[0][1] if claims else None


def _flag_neighbours(groups: Sequence[_Group], vicinity: Vicinity) -> list[_Group]:
    """Flag neighbours that were told apart by little."""
    near = _Neighbours(groups, vicinity)
    doubtful = set()
    for at, group in enumerate(groups):
        for other, relation in near.around(at):
            if not group.core.articles & groups[other].core.articles:
                close = judge(group.core, groups[other].core, relation).score > -thresholds().attach_margin
                doubtful |= {at, other} if close else set()
    return [_flagged(group, _DUPLICATE) if at in doubtful else group for at, group in enumerate(groups)]


def _flag_close(groups: Sequence[_Group]) -> list[_Group]:
    """Flag groups of one cell that no article tells apart, only details."""
    doubtful = {
        at
        for i, j in combinations(range(len(groups)), 2)
        if not groups[i].core.articles & groups[j].core.articles
        for at in (i, j)
    }
    return [_flagged(group, _DUPLICATE) if at in doubtful else group for at, group in enumerate(groups)]


def _adrift_groups(sightings: Sequence[Sighting]) -> list[Decided]:
    """Reports whose date nothing bounds, or only loosely: one group for equal words on place and time.

    Without any bound they stay alone, so that no window is needed to know what they join.
    """
    cells: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        alone = sighting.report_id if sighting.earliest is None or sighting.report.current else ""
        cells[(sighting.spot.key, str(sighting.earliest), str(sighting.latest), alone)].append(sighting)
    return [Decided(tuple(cell), frozenset()) for _, cell in sorted(cells.items())]


def _flagged(group: _Group, *flags: str) -> _Group:
    return replace(group, flags=group.flags | set(flags))


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for step in range((last - first).days + 1):
        yield first + step * _DAY
