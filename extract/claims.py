"""Who says it: who claimed an attack, who is blamed for it, which official body confirms or denies it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.clauses import Clause
from extract.knowledge import Knowledge
from extract.languages.en_events import ENGLISH_EVENTS
from extract.records import Confirmer

RANK: tuple[Confirmer, ...] = ("us", "coalition", "host_government", "security_source", "none")
_SAYS = ENGLISH_EVENTS.patterns


@dataclass(frozen=True, slots=True)
class Named:
    """An actor named in a sentence."""

    actor_id: str
    side: str
    start: int
    end: int


def named_in(clause: Clause, knowledge: Knowledge) -> list[Named]:
    """The actors that a sentence names, in order."""
    found: list[Named] = []
    for at, hit in enumerate(clause.hits):
        if hit is None or (at and clause.hits[at - 1] is hit):
            continue
        for word in hit.words:
            if word.kind == "actor" and word.value:
                found.append(Named(word.value, knowledge.actor(word.value).side, hit.start, hit.end))
    return found


@dataclass(frozen=True, slots=True)
class Voice:
    """A value with the words it stands on."""

    value: str
    start: int
    end: int


def claimant(text: str, clauses: Iterable[Clause], knowledge: Knowledge) -> Voice | None:
    """The most specific attacker who says that it was them. `text` is the folded document."""
    best: Voice | None = None
    for clause in clauses:
        sentence = text[clause.start : clause.end]
        if _SAYS["unclaimed"].search(sentence):
            continue
        match = _SAYS["claims"].search(sentence)
        if match is None:
            continue
        for name in named_in(clause, knowledge):
            if name.side != "attacker" or name.actor_id in ("iran_backed_militias", "unknown_attackers"):
                continue
            if name.end - clause.start > match.end() + 60 or _is_accused(text, name):
                continue
            if best is None or _is_below(knowledge, name.actor_id, best.value):
                best = Voice(name.actor_id, name.start, name.end)
    return best


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
        if _SAYS["unclaimed"].search(sentence) and not _SAYS["blames"].search(sentence):
            continue
        if _SAYS["in_general"].search(sentence):
            continue
        for name in named_in(clause, knowledge):
            if name.side != "attacker" or name.actor_id == "unknown_attackers":
                continue
            telling = any(start <= name.start < end for start, end in spans) and "A" in clause.letters
            accused = (
                _SAYS["blames"].search(sentence) is not None and _SAYS["claims"].search(sentence) is None
            )
            if accused or (telling and _SAYS["claims"].search(sentence) is None and _is_agent(clause, name)):
                return Voice(name.actor_id, name.start, name.end)
    return None


def _is_agent(clause: Clause, name: Named) -> bool:
    at = next(i for i, start in enumerate(clause.starts) if start == name.start)
    ahead, behind = clause.letters[at + 1 : at + 7], clause.letters[max(0, at - 2) : at]
    return "y" in behind or bool(set("LVK") & set(ahead.split(";")[0]))


def confirmer(text: str, clauses: Iterable[Clause], knowledge: Knowledge) -> tuple[Confirmer, Named | None]:
    """The strongest official voice among the sentences that tell of this attack."""
    best: Confirmer = "none"
    who: Named | None = None
    for clause in clauses:
        sentence = text[clause.start : clause.end]
        if not _SAYS["says"].search(sentence) or _SAYS["silent"].search(sentence):
            continue
        for name in named_in(clause, knowledge):
            side = name.side
            if side not in RANK or side == "none" or not _speaks(text, clause, name):
                continue
            if RANK.index(side) < RANK.index(best):
                best, who = side, name
    return best, who


def _speaks(text: str, clause: Clause, name: Named) -> bool:
    """The one named is who says it, not who was attacked."""
    around = (
        text[max(clause.start, name.start - 45) : name.start],
        text[name.end : min(clause.end, name.end + 90)],
    )
    if _SAYS["quoted"].search(around[0]) and not _SAYS["aimed"].search(around[0]):
        return True
    match = _SAYS["says"].search(around[1])
    return match is not None


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
