"""What an incident says: its reports' values merged by named rules, with disagreement kept.

    majority_of_voices   what most independent voices say; then the higher authority, then the first named
    most_precise         the finest place (or date) that is said, of those what most voices say
    highest_supported    tolls rise over days: the highest count of the highest authority that two voices say
                         or that its newest report says
    newest_correction    an article that says it corrects earlier reports overrides what came before it
    widened              ranges widen before they overwrite: from the least to the most that is said
    strongest            the body with the most authority (confirmation, denial)
    analyst              a person decided
    single_report        only one report says anything

Authority: official bodies and reports that quote them, then newsrooms, then aggregators and the attackers'
own claims.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import typing
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract import records
from extract.errors import InputError
from extract.judging import Sighting
from extract.records import Incident, IncidentStatus, MergedValue, Report
from extract.reviewing import Decided
from extract.summaries import summarise
from extract.thresholds import thresholds
from extract.vicinity import KnowledgeLike, Vicinity
from extract.voices import origin, text_groups

_OFFICIAL = ("us", "coalition", "host_government")
_BODIES = ("us", "coalition", "host_government", "security_source", "none")  # strongest first
_SEVERITY = {"major": 0, "minor": 1, "unspecified": 2, "none": 3}
_MAX_CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class _Said:
    """One report's value of one field."""

    value: Any
    sighting: Sighting

    @property
    def report(self) -> Report:
        return self.sighting.report

    @property
    def authority(self) -> int:
        """2 official, 1 a newsroom, 0 an aggregator or the attackers alone."""
        item = self.sighting.reported
        if item.kind == "official" or item.report.confirmed_by in _OFFICIAL:
            return 2
        claim_only = item.report.claimed_by is not None and item.report.confirmed_by == "none"
        return 0 if item.kind == "aggregator" or claim_only else 1

    @property
    def moment(self) -> tuple[str, str]:
        published = self.sighting.reported.published_at
        return (published.astimezone(dt.UTC).isoformat() if published else "", self.sighting.report_id)


Choose = Callable[[Sequence[_Said]], tuple[Any, str]]


def merge(group: Decided, vicinity: Vicinity, knowledge: KnowledgeLike) -> Incident:
    """The incident that a group of reports makes."""
    members = tuple(sorted(group.members, key=lambda member: member.report_id))
    merged = _Merger(members)
    values = _merged_values(merged, vicinity)
    corrections, values = _corrected(values, group.corrections, vicinity)
    voices = merged.witnesses()
    status = _status(members, group.verdict, values["confirmed_by"], values["denied_by"], len(voices))
    current = any(member.report.current for member in members) and "ambiguous_report" not in group.flags
    values["confidence"] = merged.confidence()
    values.update(
        incident_id=incident_id(members),
        status=status,
        current=current,
        report_ids=tuple(member.report_id for member in members),
        article_ids=tuple(sorted({member.report.article_id for member in members})),
        publishers=len(voices),
        voices=voices,
        first_reported_at=_first_reported(members),
        merged=tuple(sorted([*merged.kept(corrections), *corrections], key=lambda value: value.field)),
        flags=tuple(sorted(group.flags | _flags(members, merged, values, vicinity))),
    )
    incident = Incident(summary="", **values)
    names = {actor.actor_id: actor.name for actor in knowledge.actors}
    return replace(incident, summary=summarise(incident, names))


def incident_id(members: Iterable[Sighting]) -> str:
    """Anchored on the report that came first, so that later reports do not change it."""
    anchor = min(members, key=lambda member: _arrival(member))
    return "bw" + hashlib.sha256(anchor.report_id.encode()).hexdigest()[:10]


def _arrival(member: Sighting) -> tuple[bool, str, bool, str, str]:
    seen, published = member.reported.seen_at, member.reported.published_at
    return (
        seen is None,
        seen.astimezone(dt.UTC).isoformat() if seen else "",
        published is None,
        published.astimezone(dt.UTC).isoformat() if published else "",
        member.report_id,
    )


def _first_reported(members: Sequence[Sighting]) -> dt.datetime | None:
    """When news of it first came out, as far as the articles say; else when we first saw it."""
    current = [member.reported for member in members if member.report.current]
    chosen = current or [member.reported for member in members]
    published = [item.published_at for item in chosen if item.published_at]
    return min(published or [item.seen_at for item in chosen if item.seen_at], default=None)


class _Merger:
    """Merges field after field and remembers how."""

    def __init__(self, members: Sequence[Sighting]) -> None:
        self.members = members
        self._texts = text_groups(member.reported for member in members)
        self._voice = {item.report.article_id: origin(group) for group in self._texts for item in group}
        self._notes: dict[str, MergedValue] = {}

    def witnesses(self) -> tuple[str, ...]:
        """The independent voices; who recalls an attack weeks later is one only if nobody else tells."""
        news = [text for text in self._texts if any(item.report.current for item in text)]
        return tuple(sorted({origin(text) for text in news or self._texts}))

    def confidence(self) -> float:
        """How probable it is that this was an in-scope attack, 0 to 1.

        A report is right with its own confidence, a voice with that of its surest report. Each further voice
        takes away `voice_discount` of the doubt that it would take away if voices erred independently: they
        share sources.
        """
        best: dict[str, float] = defaultdict(float)
        for text in self._texts:
            best[origin(text)] = max(best[origin(text)], *(item.report.confidence for item in text))
        first, *more = sorted(best.values(), reverse=True)
        doubt = 1 - first
        for confidence in more:
            doubt *= 1 - thresholds().voice_discount * confidence
        return round(min(max(first, _MAX_CONFIDENCE), 1 - doubt), 4)

    def kept(self, corrections: Sequence[MergedValue]) -> list[MergedValue]:
        """How each field was merged, but for those that an analyst set."""
        decided = {value.field for value in corrections}
        return [note for name, note in sorted(self._notes.items()) if name not in decided]

    def others(self, name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What other reports say of the field instead."""
        return self._notes[name].others if name in self._notes else ()

    def field(self, name: str, read: Callable[[Report], Any], choose: Choose) -> Any:
        """Merge one field of all reports that say something of it."""
        said = self.said(read)
        value, rule = choose(said) if said else (None, "not_stated")
        self._note(name, value, rule if len(said) != 1 else "single_report", said)
        return value

    def said(self, read: Callable[[Report], Any]) -> list[_Said]:
        values = ((read(member.report), member) for member in self.members)
        return [_Said(value, member) for value, member in values if value is not None]

    def voices(self, said: Iterable[_Said]) -> int:
        return len({self._voice[item.report.article_id] for item in said})

    def majority(self, said: Sequence[_Said]) -> tuple[Any, str]:
        by_value: dict[Any, list[_Said]] = defaultdict(list)
        for item in said:
            by_value[item.value].append(item)
        return min(by_value, key=lambda value: self._support(value, by_value[value])), "majority_of_voices"

    def backing(self, said: Iterable[_Said], value: Any) -> int:
        """How many voices say a value."""
        return self.voices(item for item in said if item.value == value)

    def _support(self, value: Any, said: Sequence[_Said]) -> tuple[int, int, str]:
        return (-self.voices(said), -max(item.authority for item in said), _json(value))

    def toll(self, said: Sequence[_Said]) -> tuple[Any, str]:
        corrections = [item for item in said if item.report.correction]
        if corrections:
            newest = max(corrections, key=lambda item: item.moment)
            since = [item for item in said if item.moment >= newest.moment and item.authority >= 1]
            return max([newest.value, *(item.value for item in since)]), "newest_correction"
        highest = max(item.authority for item in said)
        heard = [item for item in said if item.authority == highest]
        newest = max(heard, key=lambda item: item.moment)
        supported = [
            item.value
            for item in heard
            if self.voices(other for other in heard if other.value == item.value) >= 2
        ]
        return max([newest.value, *supported]), "highest_supported"

    def _note(self, name: str, value: Any, rule: str, said: Sequence[_Said]) -> None:
        by_value: dict[str, list[str]] = defaultdict(list)
        for item in said:
            by_value[_json(item.value)].append(item.report.report_id)
        chosen = _json(value)
        self._notes[name] = MergedValue(
            field=name,
            value=None if value is None else chosen,
            rule=rule,
            report_ids=tuple(sorted(by_value.pop(chosen, ()))),
            others=tuple((other, tuple(sorted(ids))) for other, ids in sorted(by_value.items())),
        )


def _merged_values(merged: _Merger, vicinity: Vicinity) -> dict[str, Any]:
    values = _when(merged) | _where(merged, vicinity) | _with_what(merged)
    for name in ("killed", "wounded", "us_killed", "us_wounded"):
        values[name] = merged.field(name, _read(name), merged.toll)
    for name in ("claimed_by", "attributed_to"):
        values[name] = merged.field(name, _read(name), merged.majority)
    values["intercepted"] = merged.field("intercepted", lambda report: report.intercepted, merged.majority)
    values["damage"] = merged.field("damage", lambda report: report.damage, _damage)
    values["confirmed_by"] = merged.field("confirmed_by", lambda r: _said_body(r.confirmed_by), _body)
    values["denied_by"] = merged.field("denied_by", lambda r: _said_body(r.denied_by), _body)
    for name in ("confirmed_by", "denied_by"):
        values[name] = values[name] or "none"
    return values


def _when(merged: _Merger) -> dict[str, Any]:
    """The day most voices say, of equals the earliest; without one, what all ranges have in common."""
    day = merged.field("date", lambda report: report.date, lambda said: _day(said, merged))
    clock = merged.field("clock", _on(day, lambda report: report.clock), merged.majority)
    part = merged.field("day_part", _on(day, lambda report: report.day_part), merged.majority)
    if day is not None:
        return {
            "date": day, "date_earliest": day, "date_latest": day, "date_precision": "day",
            "clock": clock, "day_part": part,
        }  # fmt: skip
    first, last = _common_range(merged.members)
    precisions = {member.report.date_precision for member in merged.members}
    precision = next((name for name in ("range", "month") if name in precisions), "unknown")
    return {
        "date": None, "date_earliest": first, "date_latest": last, "date_precision": precision,
        "clock": clock, "day_part": part,
    }  # fmt: skip


def _on(day: dt.date | None, read: Callable[[Report], Any]) -> Callable[[Report], Any]:
    """Read a time of day only from reports that mean the merged day: another day's clock is another story."""
    return lambda report: read(report) if report.date in (None, day) else None


def _day(said: Sequence[_Said], merged: _Merger) -> tuple[Any, str]:
    news = [item for item in said if item.report.current] or list(said)
    return merged.majority(news)[0], "majority_of_voices"


def _common_range(members: Sequence[Sighting]) -> tuple[dt.date | None, dt.date | None]:
    bounds = [(member.earliest, member.latest) for member in members if member.earliest and member.latest]
    if not bounds:
        return None, None
    first, last = max(first for first, _ in bounds if first), min(last for _, last in bounds if last)
    if first > last:
        first, last = min(first for first, _ in bounds if first), max(last for _, last in bounds if last)
    return first, last


def _where(merged: _Merger, vicinity: Vicinity) -> dict[str, Any]:
    """The finest place that is said, of equally fine ones what most voices say."""

    def finest(said: Sequence[_Said]) -> tuple[Any, str]:
        best = min(item.sighting.spot.rank for item in said)
        fine = [item for item in said if item.sighting.spot.rank == best]
        # Between a base and another inside it that as many voices name, the wider name is the safer one.
        wide = [i for i in fine if not any(o.sighting.spot.key in i.sighting.spot.holders for o in fine)]
        most = merged.majority(fine)[0]
        wider = merged.majority(wide)[0]
        tied = merged.backing(fine, most) == merged.backing(fine, wider)
        return (wider if tied else most), "most_precise"

    site_id = merged.field("site_id", lambda report: report.site_id, finest)
    named = merged.field("site", lambda report: report.site, finest)
    country = merged.field("country", lambda report: report.country, merged.majority)
    kind = merged.field(
        "target_kind",
        lambda report: report.target_kind if report.site_id in (None, site_id) else None,
        lambda said: _target(said, merged),
    )
    return _place(site_id, named, country, kind or "other", merged, vicinity)


def _place(
    site_id: str | None,
    named: str | None,
    country: str | None,
    kind: str,
    merged: _Merger,
    vicinity: Vicinity,
) -> dict[str, Any]:
    site = vicinity.sites.get(site_id or "")
    if site is not None:
        return {
            "site_id": site_id, "site": site.name, "country": site.country or country,
            "lat": site.lat, "lon": site.lon, "place_precision": site.precision,
            "target_kind": kind if kind != "other" else site.target_kind or "other",
        }  # fmt: skip
    said = [m.report for m in merged.members if (m.report.site_id, m.report.site) == (site_id, named)]
    at = next((report for report in said if report.lat is not None), None)
    precision = said[0].place_precision if said else ("country" if country else None)
    return {
        "site_id": site_id, "site": named, "country": country,
        "lat": at.lat if at else None, "lon": at.lon if at else None,
        "place_precision": precision, "target_kind": kind,
    }  # fmt: skip


def _target(said: Sequence[_Said], merged: _Merger) -> tuple[Any, str]:
    specific = [item for item in said if item.value != "other"] or list(said)
    return merged.majority(specific)


def _with_what(merged: _Merger) -> dict[str, Any]:
    def weapon_of(said: Sequence[_Said]) -> tuple[Any, str]:
        specific = [item for item in said if item.value != "unknown"] or list(said)
        return merged.majority(specific)

    weapon = merged.field("weapon", lambda report: report.weapon, weapon_of)

    def count(name: str, widest: Callable[[Iterable[Any]], Any]) -> Any:
        def read(report: Report) -> Any:
            return getattr(report, name) if report.weapon in (weapon, "unknown", "mixed") else None

        def widen(said: Sequence[_Said]) -> tuple[Any, str]:
            corrections = [item for item in said if item.report.correction]
            if corrections:
                return max(corrections, key=lambda item: item.moment).value, "newest_correction"
            return widest(item.value for item in said), "widened"

        return merged.field(name, read, widen)

    return {
        "weapon": weapon,
        "munitions_min": count("munitions_min", min),
        "munitions_max": count("munitions_max", max),
    }


def _damage(said: Sequence[_Said]) -> tuple[Any, str]:
    best = max(item.authority for item in said)
    heard = [item.value for item in said if item.authority == best]
    specific = [value for value in heard if value != "unspecified"] or heard
    return min(specific, key=lambda value: _SEVERITY[value]), "strongest"


def _read(name: str) -> Callable[[Report], Any]:
    return lambda report: getattr(report, name)


def _said_body(body: str) -> str | None:
    return None if body == "none" else body


def _body(said: Sequence[_Said]) -> tuple[Any, str]:
    return min((item.value for item in said), key=_BODIES.index), "strongest"


def _status(
    members: Sequence[Sighting], verdict: str | None, confirmed_by: str, denied_by: str, voices: int
) -> IncidentStatus:
    """DESIGN.md §5. An official denial stands unless as strong a body confirmed, and not before it."""
    if verdict == "dismiss":
        return "dismissed"
    if verdict == "confirm":
        return "confirmed"
    if denied_by in _OFFICIAL and _denial_stands(members, confirmed_by, denied_by):
        return "disputed"
    if confirmed_by in _OFFICIAL:
        return "confirmed"
    if all(m.report.claimed_by is not None and m.report.confirmed_by == "none" for m in members):
        return "claimed"
    return "corroborated" if voices >= 2 else "single_source"


def _denial_stands(members: Sequence[Sighting], confirmed_by: str, denied_by: str) -> bool:
    if confirmed_by not in _OFFICIAL:
        return True
    if confirmed_by != denied_by:
        return _BODIES.index(denied_by) < _BODIES.index(confirmed_by)

    def newest(name: str, body: str) -> tuple[str, str]:
        said = [_Said(None, m).moment for m in members if getattr(m.report, name) == body]
        return max(said, default=("", ""))

    return newest("denied_by", denied_by)[0] > newest("confirmed_by", confirmed_by)[0]


def _flags(
    members: Sequence[Sighting], merged: _Merger, values: dict[str, Any], vicinity: Vicinity
) -> set[str]:
    flags = set()
    if _tolls_disagree(merged, values):
        flags.add("casualties_disagree")
    weapons = {m.report.weapon for m in members} - {"unknown", "mixed"}
    if len(weapons) > 1 and values["weapon"] != "mixed":
        flags.add("weapon_disagree")
    if len({member.report.date for member in members} - {None}) > 1:
        flags.add("date_disagree")
    if values["confidence"] < thresholds().low_confidence:
        flags.add("low_confidence")
    if _out_of_use(values, vicinity):
        flags.add("site_not_in_use")
    return flags


def _tolls_disagree(merged: _Merger, values: dict[str, Any]) -> bool:
    """A toll that only rose is no disagreement; one that is higher elsewhere, or lower later, is."""
    for name in ("killed", "wounded", "us_killed", "us_wounded"):
        said = merged.said(_read(name))
        chosen = min((item.moment[0] for item in said if item.value == values[name]), default=None)
        if chosen is None:
            continue  # nobody says anything, or an analyst decided
        if any(
            item.value > values[name] or item.moment[0] > chosen
            for item in said
            if item.value != values[name]
        ):
            return True
    return False


def _out_of_use(values: dict[str, Any], vicinity: Vicinity) -> bool:
    site = vicinity.sites.get(values["site_id"] or "")
    first, last = values["date_earliest"], values["date_latest"]
    if site is None or first is None or last is None:
        return False
    too_early = site.used_from is not None and last < site.used_from
    return too_early or (site.used_until is not None and first > site.used_until)


# --- corrections by analysts

_CHOICES: dict[str, tuple[str, ...]] = {
    "country": typing.get_args(records.Country),
    "target_kind": typing.get_args(records.TargetKind),
    "weapon": typing.get_args(records.Weapon),
    "intercepted": typing.get_args(records.Intercepted),
    "damage": typing.get_args(records.Damage),
    "confirmed_by": typing.get_args(records.Confirmer),
    "denied_by": typing.get_args(records.Confirmer),
}
_NUMBERS = ("munitions_min", "munitions_max", "killed", "wounded", "us_killed", "us_wounded")
_DATES = ("date", "date_earliest", "date_latest")
_TEXTS = ("site_id", "site", "clock", "day_part", "claimed_by", "attributed_to")
_REQUIRED = ("target_kind", "weapon", "confirmed_by", "denied_by")
CORRECTABLE = tuple(sorted((*_CHOICES, *_NUMBERS, *_DATES, *_TEXTS)))


def read_correction(field: str, value: str) -> Any:
    """An analyst's value (JSON) as the field's own type. Raises InputError that says what would do."""
    if field not in CORRECTABLE:
        raise InputError(f"{field} cannot be corrected; these can: {', '.join(CORRECTABLE)}")
    try:
        read = json.loads(value)
    except ValueError as problem:
        raise InputError(f"{field}: {value} is not JSON (text needs quotes)") from problem
    if read is None and field not in _REQUIRED:
        return None
    if field in _CHOICES and read not in _CHOICES[field]:
        raise InputError(f"{field}: {value} is none of {', '.join(_CHOICES[field])}")
    if field in _NUMBERS and (not isinstance(read, int) or isinstance(read, bool) or read < 0):
        raise InputError(f"{field}: {value} is not a whole number from 0 up")
    if field in _TEXTS and not isinstance(read, str):
        raise InputError(f"{field}: {value} is not text")
    return _iso_date(field, read) if field in _DATES else read


def _iso_date(field: str, value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as problem:
        raise InputError(f"{field}: {value} is not a date like 2023-12-08") from problem


def _corrected(
    values: dict[str, Any], corrections: Iterable[tuple[str, str, str]], vicinity: Vicinity
) -> tuple[list[MergedValue], dict[str, Any]]:
    """The values as analysts set them. What follows from a corrected value follows: a site's coordinates."""
    notes = []
    changed = dict(values)
    for field, value, _ in corrections:
        changed[field] = read_correction(field, value)
        if field == "date" and changed["date"] is not None:
            day = changed["date"]
            changed.update(date_earliest=day, date_latest=day, date_precision="day")
        site = vicinity.sites.get(changed["site_id"] or "") if field == "site_id" else None
        if site is not None:
            changed.update(
                site=site.name,
                country=site.country,
                lat=site.lat,
                lon=site.lon,
                place_precision=site.precision,
            )
        notes.append(
            MergedValue(
                field=field,
                value=None if changed[field] is None else _json(changed[field]),
                rule="analyst",
                report_ids=(),
                others=((_json(values[field]), ()),) if values[field] != changed[field] else (),
            )
        )
    return notes, changed


def _json(value: Any) -> str:
    return json.dumps(value.isoformat() if isinstance(value, dt.date) else value, ensure_ascii=False)
