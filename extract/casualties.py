"""Killed and wounded, as the text tells them: how many, whose, and where it says that there were none.

A mention is a number, the people it counts and the harm that they came to. What is only feared, hoped or
not known yet ("no immediate reports of casualties") is none. Those that a US strike hit are marked as
attackers, those counted over many attacks as running: neither are the victims of one attack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.languages.base import CasualtyRules
from extract.numbers import Number, numbers_within
from extract.text import Document, Sentence

Harm = Literal["killed", "wounded"]
Whose = Literal["us", "coalition", "partner", "civilian", "contractor", "attackers", "unknown"]

# How far back the verb may stand from the number of people that it has for its object.
_VERB_REACH = 60
# How far back "the number of ... wounded" may begin.
_TOLL_REACH = 220
# People who cannot be among each other, so that their numbers in several sentences add up.
_APART = frozenset({"us", "partner", "coalition", "civilian"})


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """One number of killed or wounded. The span covers number, people and harm.

    low, high: 0 where the text says none; "at least five" has no high; both None for "several" or
    "minor injuries". part: these are among those of the mention before ("including two Americans").
    everybody: a statement of none that speaks of everybody, and not of Americans alone.
    """

    start: int
    end: int
    harm: Harm
    low: int | None
    high: int | None
    whose: Whose
    kind: str | None = None
    updated: bool = False
    running: bool = False
    part: bool = False
    everybody: bool = False
    bare: bool = False  # the number stands without people
    former: bool = False  # what was said first, and is told as overtaken

    @property
    def value(self) -> int | None:
        """The number that is named; None for a vague word and for a range."""
        if self.low is not None and self.high is not None and self.low != self.high:
            return None
        return self.low if self.low is not None else self.high

    @property
    def none(self) -> bool:
        """Whether the text says that there were none."""
        return self.low == self.high == 0


def find_casualties(doc: Document, within: Iterable[int] | None = None) -> tuple[CasualtyMention, ...]:
    """All mentions in the order of the text. "Nobody was hurt" is two: none killed, none wounded.

    `within`: the indexes of the sentences to look at, where not all matter.
    """
    found: list[CasualtyMention] = []
    gate = doc.language.casualties.gate
    for index in sorted(within) if within is not None else range(len(doc.sentences)):
        sentence = doc.sentences[index]
        text = doc.folded[sentence.start : sentence.end]
        if gate.search(text):
            before = doc.sentences[index - 1] if index else sentence
            spoken_of = doc.folded[before.start : sentence.start]
            found.extend(_in_sentence(doc, sentence, text, spoken_of))
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end, mention.harm)))


@dataclass(frozen=True, slots=True)
class Toll:
    """What mentions of one attack add up to; None where they do not say. `evidence`: field and mention."""

    killed: int | None
    wounded: int | None
    us_killed: int | None
    us_wounded: int | None
    evidence: tuple[tuple[str, CasualtyMention], ...]


def toll_of(doc: Document, mentions: Sequence[CasualtyMention]) -> Toll:
    """The toll of one attack by all that is said of it.

    The numbers of one sentence add up, those of several sentences tell the same again: a revised one
    counts, else the largest. Attackers and running counts are left out; an unnumbered wound is no zero.
    """
    usable = [mention for mention in mentions if mention.whose != "attackers" and not mention.running]
    if any(mention.value and not mention.former for mention in usable):
        usable = [mention for mention in usable if not mention.former]
    usable = _uncontradicted(usable)
    values: dict[str, int | None] = {}
    evidence: list[tuple[str, CasualtyMention]] = []
    for harm in ("killed", "wounded"):
        own = [mention for mention in usable if mention.harm == harm]
        ours = _ours(doc, own)
        us, us_shown = _figure(doc, ours, [m for m in own if m.none])
        everyone, shown = _figure(doc, [m for m in own if not m.part], [m for m in own if m.everybody])
        if us and (everyone is None or everyone < us):
            everyone, shown = us, us_shown
        values[harm], values[f"us_{harm}"] = everyone, us
        evidence.extend((harm, mention) for mention in shown)
        evidence.extend((f"us_{harm}", mention) for mention in us_shown)
    return Toll(
        values["killed"], values["wounded"], values["us_killed"], values["us_wounded"], tuple(evidence)
    )


def _uncontradicted(mentions: list[CasualtyMention]) -> list[CasualtyMention]:
    """Without statements of none that a number overtakes: "nobody was harmed", and later "109 wounded"."""
    numbered = {(mention.harm, mention.whose) for mention in mentions if mention.value}
    wrong = {
        (mention.start, mention.end)
        for mention in mentions
        if mention.none
        and any(harm == mention.harm and (mention.everybody or whose == "us") for harm, whose in numbered)
    }
    return [mention for mention in mentions if not (mention.none and (mention.start, mention.end) in wrong)]


def _ours(doc: Document, mentions: Sequence[CasualtyMention]) -> list[CasualtyMention]:
    """The Americans among them; "three US troops, one of them seriously" are three."""
    ours = [mention for mention in mentions if mention.whose == "us"]
    whole = {doc.sentence_index(mention.start) for mention in ours if not mention.part}
    return [mention for mention in ours if not mention.part or doc.sentence_index(mention.start) not in whole]


def _figure(
    doc: Document, mentions: Sequence[CasualtyMention], nones: Sequence[CasualtyMention]
) -> tuple[int | None, tuple[CasualtyMention, ...]]:
    """The figure and what it stands on; 0 only where the text says so and names no number."""
    by_sentence: dict[int, list[CasualtyMention]] = {}
    for mention in mentions:
        if mention.value:
            by_sentence.setdefault(doc.sentence_index(mention.start), []).append(mention)
    if by_sentence:
        sums = [(sum(m.value or 0 for m in found), tuple(found)) for _, found in sorted(by_sentence.items())]
        revised = [total for total in sums if any(mention.updated for mention in total[1])]
        if revised:
            return revised[-1]
        best = max(sums, key=lambda total: total[0])
        apart = _by_people(by_sentence.values())
        return apart if apart is not None and apart[0] > best[0] else best
    vague = tuple(mention for mention in mentions if not mention.none and mention.value is None)
    if vague:
        return None, vague
    return (0, tuple(nones)) if nones else (None, ())


def _by_people(
    sentences: Iterable[list[CasualtyMention]],
) -> tuple[int, tuple[CasualtyMention, ...]] | None:
    """The largest figure of each people, added up; None where it is not said whose some are."""
    largest: dict[str, tuple[int, list[CasualtyMention]]] = {}
    for found in sentences:
        for whose in {mention.whose for mention in found}:
            own = [mention for mention in found if mention.whose == whose]
            total = sum(mention.value or 0 for mention in own)
            if total > largest.get(whose, (0, []))[0]:
                largest[whose] = (total, own)
    if not largest.keys() <= _APART:
        return None
    return sum(total for total, _ in largest.values()), tuple(m for _, own in largest.values() for m in own)


@dataclass(frozen=True, slots=True)
class _Group:
    """People with their number: "at least five US soldiers", "a contractor", "34"."""

    start: int
    end: int
    low: int | None
    high: int | None
    people: str
    counted: bool  # a number stands there, or an article


def _in_sentence(doc: Document, sentence: Sentence, text: str, spoken_of: str) -> Iterable[CasualtyMention]:
    rules = doc.language.casualties
    found = list(_nones(text, rules, spoken_of))
    taken = [(mention.start, mention.end) for mention in found]
    groups = [group for group in _groups(doc, sentence, text, rules) if not _inside(group.start, taken)]
    harmed = [
        mention
        for mention in _harmed(text, groups, rules)
        if not _inside(mention.start, taken)
        and not any(mention.start < first and last <= mention.end for first, last in taken)
    ]  # "told Channel 24 that nobody was hurt"
    found.extend(harmed)
    taken.extend((mention.start, mention.end) for mention in harmed)
    found.extend(_without_number(text, taken, rules))
    if not found:
        return
    strike = rules.us_strike.search(text)
    running = rules.running.search(rules.no_window.sub("", text)) is not None
    updated = rules.updated.search(text) is not None
    risen = rules.risen.search(text)
    for mention in found:
        if risen is not None and mention.end <= risen.start() and not mention.none:
            mention = replace(mention, former=True)
        whose = mention.whose
        if whose == "unknown" and _is_of_ours(text, mention, rules):
            whose = "us"
        if strike is not None and whose in ("unknown", "partner", "civilian"):
            whose = "unknown" if _answered(text, mention, strike, rules) else "attackers"
        yield replace(
            mention,
            start=sentence.start + mention.start,
            end=sentence.start + mention.end,
            whose=whose,
            updated=updated and not mention.none,
            running=running and not mention.none,
        )


def _answered(text: str, mention: CasualtyMention, strike: re.Match[str], rules: CasualtyRules) -> bool:
    """Whether the strike came after the harm: "two were hurt, and US helicopters then ..."."""
    if mention.none or mention.end > strike.start():
        return False
    return rules.then.search(text[mention.end : strike.start()]) is not None


def _is_of_ours(text: str, mention: CasualtyMention, rules: CasualtyRules) -> bool:
    """ "Washington answered a strike that killed three of its soldiers": they are Americans."""
    if mention.none:
        return False
    owner = rules.their_own.search(text, mention.start, mention.end)
    return owner is not None and rules.own_forces.search(text[: owner.start()]) is not None


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


# -- none ----------------------------------------------------------------------------------------------


def _nones(text: str, rules: CasualtyRules, spoken_of: str) -> Iterable[CasualtyMention]:
    taken: list[tuple[int, int]] = []
    for name, pattern in rules.none:
        for match in pattern.finditer(text):
            start, end = match.span()
            if _inside(start, taken) or rules.not_known.search(text[max(0, start - 80) : start + 3]):
                continue
            if rules.not_yet.match(text, end):
                continue
            taken.append((start, end))
            # "Coalition forces did not suffer casualties": the subject says whose.
            ahead = text[max(0, start - 50) : start]
            told_of = rules.none_verb.match(match.group()) or rules.none_verb_before.search(ahead)
            subject = ahead if told_of else ""
            among = rules.none_among.match(text, end)
            named = subject + match.group() + (among.group() if among else "")
            ours = rules.none_us.search(named) is not None or (
                rules.mission.search(text) is not None and rules.own_staff.match(text, end + 1) is not None
            )
            if not ours and rules.none_of_them.match(match.group()):
                ours = _last_named(spoken_of + text[:start], rules) == "us"
            whose: Whose = "us" if ours else "unknown"
            harms: tuple[Harm, ...] = ("killed", "wounded") if name == "both" else _harm_named(name)
            for harm in harms:
                yield CasualtyMention(start, end, harm, 0, 0, whose, everybody=whose == "unknown")


def _last_named(text: str, rules: CasualtyRules) -> Whose:
    """Whose people were named last: those that "none of them" is said of."""
    named: Whose = "unknown"
    for match in rules.plural.finditer(text):
        named = _whose(match["victims"], rules)
    return named


def _harm_named(name: str) -> tuple[Harm, ...]:
    return ("killed",) if name == "killed" else ("wounded",)


# -- people with a number ------------------------------------------------------------------------------------


def _groups(doc: Document, sentence: Sentence, text: str, rules: CasualtyRules) -> list[_Group]:
    numbers = [
        number
        for number in numbers_within(doc, sentence.start, sentence.end)
        if not rules.aged.search(text[max(0, number.start - 24) : number.start])
    ]
    groups = [_counted(text, number, rules) for number in numbers]
    taken = [(group.start, group.end) for group in groups]
    for match in rules.one.finditer(text):
        people = match["victims"] or ""
        if not _inside(match.start(), taken) and not _is_plural(people):
            groups.append(_Group(match.start(), match.end(), 1, 1, people, True))
            taken.append(match.span())
    for match in rules.plural.finditer(text):
        if not _inside(match.start(), taken):
            groups.append(_Group(match.start(), match.end(), None, None, match["victims"], False))
            taken.append(match.span())
    return sorted(groups, key=lambda group: group.start)


def _is_plural(people: str) -> bool:
    return people.endswith(("troops", "personnel", "members", "soldiers", "people"))


def _counted(text: str, number: Number, rules: CasualtyRules) -> _Group:
    match = rules.victims.match(text, number.end)
    people = match["victims"] if match is not None and match["victims"] else ""
    end = match.end() if match is not None and people else number.end
    if not people and (origin := rules.origin.match(text, number.end)):
        people, end = origin.group(), origin.end()
    low = number.low
    if (
        number.low is not None
        and number.high not in (None, number.low)
        and rules.updated.search(text[max(0, number.start - 30) : number.start])
    ):
        low = number.high  # "rose from 25 to 34"
    return _Group(number.start, end, low, number.high, people, True)


def _whose(people: str, rules: CasualtyRules) -> Whose:
    for name, pattern in rules.whose:
        if pattern.search(people):
            return name  # type: ignore[return-value]
    return "unknown"


# -- what happened to them ---------------------------------------------------------------------------------


def _harmed(text: str, groups: list[_Group], rules: CasualtyRules) -> list[CasualtyMention]:
    """The groups that came to harm; one of a list without a verb of its own shares that of its neighbour."""
    harms: list[tuple[tuple[Harm, ...], int, int] | None] = [None] * len(groups)
    for index, group in enumerate(groups):
        floor = groups[index - 1].end if index else 0
        limit = groups[index + 1].start if index + 1 < len(groups) else len(text)
        aside = rules.aside.match(text, group.end)
        if aside is not None:  # "three soldiers, two of them Americans, were killed"
            limit = next((other.start for other in groups if other.start >= aside.end()), len(text))
        harms[index] = _harm_of(text, group, floor, limit, rules)
    part = [False] * len(groups)
    for index, group in enumerate(groups):
        aside = rules.aside.match(text, group.end)
        if aside is None or harms[index] is None:
            continue
        for other in range(index + 1, len(groups)):
            if groups[other].start < aside.end():  # they are among those
                harms[other], part[other] = harms[index], True
    for index in range(len(groups) - 2, -1, -1):  # "three soldiers and a contractor were wounded"
        shared = _listed(text, groups, index, rules) or _is_among(text, groups, index + 1, rules)
        if harms[index] is None and harms[index + 1] is not None and groups[index].counted and shared:
            after = harms[index + 1]
            if after is not None and after[1] >= groups[index + 1].start:
                harms[index] = after
    for index in range(1, len(groups)):
        before = harms[index - 1]
        if harms[index] is not None or before is None or not groups[index].counted:
            continue
        of_part = part[index - 1] and _listed(text, groups, index - 1, rules)
        if of_part or _is_among(text, groups, index, rules):
            harms[index], part[index] = (before[0], groups[index].start, groups[index].end), True
        elif not groups[index].people and rules.elsewhere.match(text, groups[index].end):
            continue
        elif before[1] < groups[index - 1].start and _listed(text, groups, index - 1, rules):
            harms[index] = before
    mentions = [
        mention
        for index, group in enumerate(groups)
        if (harm := harms[index]) is not None
        for mention in _mentions(
            text, group, harm, part[index] or _is_part(text, groups, index, harms, rules), rules
        )
    ]
    return _without_shadows(_same_people(text, mentions, rules))


def _is_among(text: str, groups: list[_Group], index: int, rules: CasualtyRules) -> bool:
    """Whether the group is among those of the one before: "including two Americans", "five of them"."""
    gap = text[groups[index - 1].end : groups[index].start]
    own = groups[index].people or text[groups[index].end : groups[index].end + 24].lstrip()
    return rules.including.search(gap) is not None or rules.of_them.match(own) is not None


def _is_part(
    text: str, groups: list[_Group], index: int, harms: Sequence[object], rules: CasualtyRules
) -> bool:
    return index > 0 and harms[index - 1] is not None and _is_among(text, groups, index, rules)


def _same_people(text: str, mentions: list[CasualtyMention], rules: CasualtyRules) -> list[CasualtyMention]:
    """ "Three US troops killed, 34 injured": a number without people counts those named before it."""
    named: Whose = "unknown"
    found: list[CasualtyMention] = []
    for mention in mentions:
        words = text[mention.start : mention.end]
        if mention.whose == "contractor" and rules.another.search(words) and named == "us":
            mention = replace(mention, whose="us")
        if mention.whose != "unknown" or not mention.bare:
            mixed = any(other.whose != mention.whose and not other.part for other in found)
            named = "unknown" if mixed and not mention.part else mention.whose
        elif named != "unknown":
            mention = replace(mention, whose=named)
        found.append(mention)
    return found


def _without_shadows(mentions: list[CasualtyMention]) -> list[CasualtyMention]:
    """Without those that name no number where another at the same words does."""
    return [
        mention
        for mention in mentions
        if mention.value is not None
        or not any(
            other.value is not None
            and other.harm == mention.harm
            and other.start < mention.end
            and mention.start < other.end
            for other in mentions
        )
    ]


def _listed(text: str, groups: list[_Group], index: int, rules: CasualtyRules) -> bool:
    gap = text[groups[index].end : groups[index + 1].start]
    return groups[index].counted and rules.also.fullmatch(gap) is not None


def _harm_of(
    text: str, group: _Group, floor: int, limit: int, rules: CasualtyRules
) -> tuple[tuple[Harm, ...], int, int] | None:
    """What the words around say that the group suffered, and the span of those words."""
    before = text[max(floor, group.start - _VERB_REACH) : group.start]
    toll = rules.toll.search(text[max(0, group.start - _TOLL_REACH) : group.start]) if group.counted else None
    if toll is not None:
        if toll["figure"] and not rules.hurt.search(text):
            return None
        harm: Harm = "killed" if toll["killed"] or toll["deaths"] else "wounded"
        return (harm,), group.start - len(toll.group()), group.start
    if group.counted and not group.people:
        noun = rules.harm_noun.match(text, group.end)
        if noun is not None:
            return _noun_harm(noun["noun"]), group.end, noun.end()
    verb = rules.harm_before.search(before)
    if verb is not None:
        start = group.start - len(verb.group())
        supposed = rules.supposed.search(text[max(0, start - 50) : start])
        return None if supposed else (_before_harm(verb), start, group.start)
    after = rules.harm_after.match(text, group.end, limit)
    if after is None or rules.supposed.search(text[group.start : _harm_start(after)]):
        return None
    return _after_harm(after), group.end, after.end()


def _harm_start(after: re.Match[str]) -> int:
    return min(after.start(name) for name in ("killed", "wounded", "suffered") if after[name])


def _noun_harm(noun: str) -> tuple[Harm, ...]:
    return ("killed",) if noun.startswith(("death", "fatal", "dead", "killed", "martyr")) else ("wounded",)


def _after_harm(match: re.Match[str]) -> tuple[Harm, ...]:
    if match["killed"]:
        return ("killed", "wounded") if match["also_wounded"] else ("killed",)
    return ("wounded",)


def _before_harm(match: re.Match[str]) -> tuple[Harm, ...]:
    if match["killed"]:
        return ("killed", "wounded") if match["also_wounded"] else ("killed",)
    return ("killed", "wounded") if match["also_killed"] else ("wounded",)


def _mentions(
    text: str, group: _Group, harm: tuple[tuple[Harm, ...], int, int], part: bool, rules: CasualtyRules
) -> Iterable[CasualtyMention]:
    harms, first, last = harm
    start, end = min(group.start, first), max(group.end, last)
    low, high = (group.low, group.high) if len(harms) == 1 else (None, None)
    for name in harms:
        yield CasualtyMention(
            start,
            end,
            name,
            low,
            high,
            "partner"
            if group.people and rules.theirs.match(text, group.end)
            else _whose(group.people or text[start:end], rules),
            _kind(text[start:end], rules),
            part=part or rules.including_verb.search(text[start : group.start]) is not None,
            former=rules.former.search(text[max(0, start - 60) : group.start]) is not None,
            bare=rules.generic.fullmatch(group.people) is not None,
        )


def _kind(words: str, rules: CasualtyRules) -> str | None:
    return next((name for name, pattern in rules.kinds if pattern.search(words)), None)


def _without_number(
    text: str, taken: Sequence[tuple[int, int]], rules: CasualtyRules
) -> Iterable[CasualtyMention]:
    """ "Causing minor injuries": harm that no number was found for."""
    for match in rules.vague_harm.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        if rules.supposed.search(before) or rules.not_known.search(before):
            continue
        harm: Harm = "killed" if match["killed"] else "wounded"
        yield CasualtyMention(
            match.start(), match.end(), harm, None, None, "unknown", _kind(match.group(), rules)
        )
