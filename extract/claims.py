"""Who says it: who claimed an attack, who is blamed for it, which official body confirms or denies it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.clauses import Clause
from extract.knowledge import Knowledge
from extract.languages.en_events import ENGLISH_EVENTS
from extract.records import Confirmer
from extract.terms import Hit

RANK: tuple[Confirmer, ...] = ("us", "coalition", "host_government", "security_source", "none")
_SAYS = ENGLISH_EVENTS.patterns
_NATION_SPEAKS = re.compile(r"[UC]F?[xcF]{0,3}q")
_ASIDE = re.compile(r"\A(?: \([^()]{1,20}\))?, [^,;]{3,90},")
_NAMED_WITHIN = 60  # characters: "the group, calling itself ..."
_BLAME_REACH = 90  # characters between the blaming words and the one blamed


@dataclass(frozen=True, slots=True)
class Named:
    """An actor named in a sentence."""

    actor_id: str
    side: str
    start: int
    end: int


def _is_office(hit: Hit) -> bool:
    """A word for those who speak; with "US and" before it, "Iraqi officials" are American ones too."""
    return any(
        word.kind == "official"
        or (word.kind == "actor" and word.value in ("iraqi_government", "security_source"))
        for word in hit.words
    )


def _composed(clause: Clause) -> Iterator[Named]:
    """ "U.S. and Iraqi officials", "American military officials": a nation and a word for those who speak."""
    for match in _NATION_SPEAKS.finditer(clause.letters):
        first, last = match.start(), match.end() - 1
        hit = clause.hits[last]
        if hit is not None and _is_office(hit):
            side = "us" if clause.letters[first] == "U" else "coalition"
            yield Named(
                "us_official" if side == "us" else "cjtf_oir", side, clause.starts[first], clause.ends[last]
            )


def named_in(clause: Clause, knowledge: Knowledge) -> tuple[Named, ...]:
    """The actors that a sentence names, in order; kept with the clause, which is asked often."""
    if clause.named is None:
        clause.named = tuple(sorted(_names(clause, knowledge), key=lambda name: name.start))
    return clause.named


def _names(clause: Clause, knowledge: Knowledge) -> Iterator[Named]:
    for at, hit in enumerate(clause.hits):
        if hit is None or (at and clause.hits[at - 1] is hit):
            continue
        for word in hit.words:
            if (
                word.kind == "site"
                and word.value
                and knowledge.site(word.value).kind in ("embassy", "consulate")
            ):
                yield Named("us_embassy_iraq", "us", hit.start, hit.end)
            if word.kind == "actor" and word.value:
                yield Named(word.value, knowledge.actor(word.value).side, hit.start, hit.end)
    yield from _composed(clause)


@dataclass(frozen=True, slots=True)
class Voice:
    """A value with the words it stands on."""

    value: str
    start: int
    end: int


def claimant(
    text: str, clauses: Iterable[Clause], every: Sequence[Clause], knowledge: Knowledge
) -> Voice | None:
    """The most specific attacker who says that it was them.

    `text` is the folded document, `clauses` those of the attack, `every` all of the document's: "the group
    also claimed" is the one named before.
    """
    best: Voice | None = None
    for clause in clauses:
        sentence = text[clause.start : clause.end]
        names = [
            name
            for name in named_in(clause, knowledge)
            if _may_claim(name) and not _is_accused(text, name) and not _is_aside(text, clause, name)
        ]
        if _SAYS["unclaimed"].search(sentence) or _SAYS["claims_some"].search(sentence):
            continue
        match = _SAYS["claims"].search(sentence)
        if match is not None:
            names = [name for name in names if name.end - clause.start <= match.end() + 60]
            blamed_too = [
                n for n in names if _SAYS["blames"].search(text, max(clause.start, n.start - 40), n.start)
            ]
            names = [name for name in names if name not in blamed_too] or names
            names = names or _named_next(text, clause, every, knowledge)
        if not names and not _SAYS["pronoun"].search(sentence):
            continue
        if match is None:
            if _SAYS["in_general"].search(sentence):
                continue
            names = [name for name in names if _is_banner(knowledge, name) and _is_agent(clause, name)]
        elif not names and _SAYS["pronoun"].search(sentence):
            names = _named_before(clause, every, knowledge)
        for name in names:
            if best is None or _is_below(knowledge, name.actor_id, best.value):
                best = Voice(name.actor_id, name.start, name.end)
    return best


def _may_claim(name: Named) -> bool:
    return name.side == "attacker" and name.actor_id not in ("iran_backed_militias", "unknown_attackers")


def _is_banner(knowledge: Knowledge, name: Named) -> bool:
    """A name that exists to claim attacks: to be told as the attacker is to have claimed."""
    return knowledge.actor(name.actor_id).type in ("umbrella", "front")


def _named_before(clause: Clause, every: Sequence[Clause], knowledge: Knowledge) -> list[Named]:
    for index in range(clause.index - 1, max(-1, clause.index - 4), -1):
        names = [name for name in named_in(every[index], knowledge) if _may_claim(name)]
        if names:
            return names[-1:]
    return []


def _named_next(text: str, clause: Clause, every: Sequence[Clause], knowledge: Knowledge) -> list[Named]:
    """ "A militia claimed the attack. The group, calling itself ..., said": named in the next sentence."""
    if clause.index + 1 >= len(every) or "A" not in clause.letters:
        return []
    after = every[clause.index + 1]
    told = _SAYS["named_next"].search(text, after.start, after.end)
    if told is None:
        return []
    return [
        name
        for name in named_in(after, knowledge)
        if _may_claim(name) and 0 <= name.start - told.start() <= _NAMED_WITHIN
    ][:1]


def _is_aside(text: str, clause: Clause, name: Named) -> bool:
    """ "An umbrella of armed factions", "the coalition against Islamic State": named, and not who acts."""
    before = text[max(clause.start, name.start - 60) : name.start]
    return bool(_SAYS["made_of"].search(before) or _SAYS["no_agent"].search(before))


def _is_accused(text: str, name: Named) -> bool:
    before = text[max(0, name.start - 40) : name.start]
    return bool(_SAYS["accused"].search(before))


def _is_below(knowledge: Knowledge, actor_id: str, than: str) -> bool:
    up = knowledge.actor(actor_id).parent
    while up is not None:
        if up == than:
            return True
        up = knowledge.actor(up).parent
    return False


def blamed(
    text: str, clauses: Sequence[Clause], knowledge: Knowledge, own: Iterable[tuple[int, int]]
) -> Voice | None:
    """Whom an official or the article itself blames; `own`: the spans of the clauses that tell it."""
    spans = list(own)
    for clause in clauses:
        sentence = text[clause.start : clause.end]
        names = [name for name in named_in(clause, knowledge)
                 if name.side == "attacker" and name.actor_id != "unknown_attackers"]  # fmt: skip
        names = _with_groups(text, clause, names)
        if not names or _SAYS["in_general"].search(sentence):
            continue
        if _SAYS["claims"].search(sentence) and not _SAYS["unclaimed"].search(sentence):
            continue
        for name in names:
            telling = any(start <= name.start < end for start, end in spans)
            telling = telling or ("W" in clause.letters and "L" in clause.letters)
            before = text[max(clause.start, name.start - 40) : name.start]
            if _SAYS["no_agent"].search(before):
                continue
            if _is_blamed(text, clause, name) or (telling and _is_agent(clause, name)):
                backed = name.actor_id == "iran" and (
                    _SAYS["backed_by"].search(before) or _SAYS["linked"].match(text, name.end)
                )
                return Voice("iran_backed_militias" if backed else name.actor_id, name.start, name.end)
    return None


def _with_groups(text: str, clause: Clause, names: list[Named]) -> list[Named]:
    """The names, and "Iran-backed terrorist groups" in whatever words."""
    groups = [
        Named("iran_backed_militias", "attacker", match.start(), match.end())
        for match in _SAYS["backed_group"].finditer(text, clause.start, clause.end)
    ]
    starts = {name.start: name for name in names if name.actor_id not in ("iran", "irgc")}
    groups = [group for group in groups if group.start not in starts]
    inside = [(group.start, group.end) for group in groups]
    kept = [name for name in names if not any(start <= name.start < end for start, end in inside)]
    return sorted([*kept, *groups], key=lambda name: name.start)


def _is_blamed(text: str, clause: Clause, name: Named) -> bool:
    before = text[max(clause.start, name.start - _BLAME_REACH) : name.start]
    after = text[name.end : min(clause.end, name.end + 140)]
    after = _ASIDE.sub("", after)[:40]  # "the group, an umbrella of militias, was responsible"
    return bool(_SAYS["blames"].search(before) or _SAYS["blamed"].search(after))


def _is_agent(clause: Clause, name: Named) -> bool:
    at = next((i for i, start in enumerate(clause.starts) if start == name.start), None)
    if at is None:
        return False
    ahead, behind = clause.letters[at + 1 : at + 7], clause.letters[max(0, at - 2) : at]
    armed = ahead[:1] == "W" or ahead[:2] == "xW"  # "Iranian ballistic missiles"
    return armed or "y" in behind or bool(set("LVK") & set(ahead.split(";")[0]))


def denier(text: str, clauses: Iterable[Clause], knowledge: Knowledge) -> tuple[Confirmer, Named | None]:
    """An official body that says it did not happen."""
    for clause in clauses:
        sentence = text[clause.start : clause.end]
        if not _SAYS["denies"].search(sentence):
            continue
        for name in named_in(clause, knowledge):
            if name.side in RANK[:4] and not _SAYS["neither"].search(sentence):
                return name.side, name
    return "none", None
