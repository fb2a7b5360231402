"""Analysts' decisions, applied to what resolution made of the reports.

A review names reports, so it finds its incident again whatever its id has become; reviews are applied by the
moment they were made, each to what the ones before it left, and one undone is as if never made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.judging import Sighting
from extract.records import Review


@dataclass(frozen=True, slots=True)
class Decided:
    """A group of reports with what is flagged, and what an analyst said of it."""

    members: tuple[Sighting, ...]
    flags: frozenset[str]
    verdict: str | None = None  # "confirm" or "dismiss": the last one said
    corrections: tuple[tuple[str, str, str], ...] = ()  # field, value as JSON, review id

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(member.report_id for member in self.members)


def standing(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The reviews that stand, oldest first: without undos and what they took back. An undo can be undone."""
    ordered = sorted({review.review_id: review for review in reviews}.values(), key=_moment)
    taken_back: set[str] = set()
    kept = []
    for review in reversed(ordered):
        if review.review_id in taken_back:
            continue
        if review.action == "undo":
            taken_back.add(review.undoes or "")
        else:
            kept.append(review)
    return tuple(reversed(kept))


def apply_reviews(groups: Sequence[Decided], reviews: Iterable[Review]) -> list[Decided]:
    """The groups as the standing reviews leave them. Reviews of reports that are not here do nothing."""
    result = sorted(groups, key=lambda group: min(group.ids))
    for review in standing(reviews):
        result = _ACTIONS[review.action](result, review)
    return result


def _moment(review: Review) -> tuple[dt.datetime, str]:
    return (review.made_at, review.review_id)


def _find(groups: Sequence[Decided], report_ids: Iterable[str]) -> Decided | None:
    """The group that holds most of the reports; of equals the one with the least report id."""
    named = set(report_ids)
    best = max(groups, key=lambda group: len(group.ids & named), default=None)
    return best if best is not None and best.ids & named else None


def _swap(groups: Sequence[Decided], old: Iterable[Decided], new: Iterable[Decided]) -> list[Decided]:
    gone = {min(group.ids) for group in old}
    kept = [group for group in groups if min(group.ids) not in gone]
    return sorted([*kept, *new], key=lambda group: min(group.ids))


def _judge(groups: list[Decided], review: Review) -> list[Decided]:
    """Confirm or dismiss. A dismissal holds for each part that the incident has fallen into since."""
    found = _find(groups, review.report_ids)
    if found is None:
        return groups
    named = set(review.report_ids)
    targets = [found]
    if review.action == "dismiss":
        targets += [g for g in groups if g is not found and 2 * len(g.ids & named) > len(g.ids)]
    return _swap(groups, targets, [replace(target, verdict=review.action) for target in targets])


def _merge(groups: list[Decided], review: Review) -> list[Decided]:
    """Join two incidents, and with them every report that the review names, wherever it is now."""
    found = [_find(groups, ids) for ids in (review.report_ids, review.other_report_ids)]
    whole = {min(group.ids): group for group in found if group is not None}
    if not whole:
        return groups
    named = set(review.report_ids) | set(review.other_report_ids)
    touched = [group for group in groups if min(group.ids) in whole or group.ids & named]
    joined, rest = [], []
    for group in touched:
        taken = [m for m in group.members if min(group.ids) in whole or m.report_id in named]
        joined += taken
        rest += _remainder(group, taken)
    first = whole[min(whole)]
    flags = frozenset(flag for group in whole.values() for flag in group.flags) - {"possible_duplicate"}
    one = replace(
        first,
        members=tuple(sorted(joined, key=lambda member: member.report_id)),
        flags=flags,
        corrections=tuple(c for _, group in sorted(whole.items()) for c in group.corrections),
    )
    return _swap(groups, touched, [one, *rest])


def _split(groups: list[Decided], review: Review) -> list[Decided]:
    """Part the named reports from whatever incident they are in; together they are one of their own."""
    named = set(review.report_ids)
    touched = [group for group in groups if group.ids & named]
    parted = [member for group in touched for member in group.members if member.report_id in named]
    if not parted:
        return groups
    rest = [part for group in touched for part in _remainder(group, parted)]
    own = Decided(tuple(sorted(parted, key=lambda member: member.report_id)), frozenset())
    return _swap(groups, touched, [own, *rest])


def _remainder(group: Decided, taken: Sequence[Sighting]) -> list[Decided]:
    gone = {member.report_id for member in taken}
    left = tuple(member for member in group.members if member.report_id not in gone)
    return [replace(group, members=left)] if left else []


def _correct(groups: list[Decided], review: Review) -> list[Decided]:
    found = _find(groups, review.report_ids)
    if found is None or review.field is None or review.value is None:
        return groups
    correction = (review.field, review.value, review.review_id)
    kept = tuple(other for other in found.corrections if other[0] != review.field)
    return _swap(groups, [found], [replace(found, corrections=(*kept, correction))])


_ACTIONS = {"confirm": _judge, "dismiss": _judge, "merge": _merge, "split": _split, "correct": _correct}
