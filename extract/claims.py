"""Who says it: who claimed an attack, who is blamed for it, which official body confirms or denies it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.clauses import Clause
from extract.knowledge import Knowledge
from extract.records import Confirmer

RANK: tuple[Confirmer, ...] = ("us", "coalition", "host_government", "security_source", "none")
_CLAIM = re.compile(
    r"claim(?:ed|s|ing)?\b(?:[^.;]{0,40}\b(?:responsib|attack|strike|operation|target|hit|to have|it |that |credit|rocket|drone))|"
    r"(?:took|taken|takes|assumed|accepted)\s(?:credit|responsib)|"
    r"\b(?:said|says|announced|announces|stated|added|declared|reported|statement|asserted|boasted)\b[^.;]{0,120}?\b(?:it|its|they|his|their)\s(?:\w+\s){0,4}?"
    r"(?:attack|target|struck|hit|launch|carried|fired|shell|bomb|strik)|"
    r"\b(?:announced|said)\b[^.;]{0,30}\b(?:targeting|attacking|an attack on|responsib|it was behind|attacks? on)|"
    r"\bresponsibility (?:for|was claimed)"
)
_UNCLAIMED = re.compile(
    r"\bno (?:group|one|party|side|faction|militant|immediate|known|organi[sz]ation|armed|claim|individual|entity|militia)\w*\b[^.;]{0,60}"
    r"(?:claim|responsib|credit)|not (?:yet |immediately )?(?:been )?claimed|unclaimed|nobody (?:has )?claim|"
    r"no groups? (?:or individuals? )?(?:has|have)"
)
_BLAME = re.compile(
    r"\bblam|\battribut|\bcarried out by|\blaunched by|\bfired by|\binitiated by|\bbelieved to|\bsuspected|\baccus|"
    r"\bindications|\bbehind\b|\bpoint(?:ed|s|ing) to|\bresponsible|\bconducted by|\bby (?:an? )?(?:suspected )?|\bheld\b|\bsigns"
)
_DENY = re.compile(
    r"\bden(?:y|ied|ies|ying)\b|\bdismiss(?:ed|es)\b|\brefut|\bno truth\b|\bdebunk|\bbaseless\b|\bno such attack|\bfalse\b|\buntrue\b|"
    r"\bno (?:such )?attacks? (?:took|had taken|occurred|happened)|\bwas not (?:hit|attacked|targeted)"
)
_SAY = re.compile(
    r"\b(?:sa(?:id|ys|ying)|t(?:old|ells)|announc\w+|confirm\w*|stat(?:ed|es|ement)|report(?:ed|s|ing)?|according to|reveal\w+|"
    r"tweet\w*|wrote|add(?:ed|s)|post(?:ed|s)?|releas\w+|not(?:ed|es)|disclos\w+|describ\w+|acknowledg\w+|quot\w+|cit(?:ed|ing)|identified)\b"
)


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
        if _UNCLAIMED.search(sentence):
            continue
        match = _CLAIM.search(sentence)
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
    return bool(re.search(r"(?:blam\w+|accus\w+|belong\w+ to|against|killed|strikes? on|targets? of|linked to|affiliated with|ties to)\s[^.]{0,20}$", before))


def _is_below(knowledge: Knowledge, actor_id: str, than: str) -> bool:
    up = knowledge.actor(actor_id).parent
    while up is not None:
        if up == than:
            return True
        up = knowledge.actor(up).parent
    return False


def blamed(text: str, clauses: Sequence[Clause], knowledge: Knowledge, own: Iterable[tuple[int, int]]) -> Voice | None:
    """Whom an official or the article itself blames; `own` are the spans of the clauses that tell the attack."""
    spans = list(own)
    for clause in clauses:
        sentence = text[clause.start : clause.end]
        if _UNCLAIMED.search(sentence) and not _BLAME.search(sentence):
            continue
        if re.search(r"\bdozens of|\brepeated|\bseries of|\bprevious|\bsuch attacks|\bthe attacks\b|\bhave been\b|\bmost of", sentence):
            continue
        for name in named_in(clause, knowledge):
            if name.side != "attacker" or name.actor_id == "unknown_attackers":
                continue
            telling = any(start <= name.start < end for start, end in spans) and "A" in clause.letters
            accused = _BLAME.search(sentence) is not None and _CLAIM.search(sentence) is None
            if accused or (telling and _CLAIM.search(sentence) is None and _is_agent(clause, name)):
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
        if not _SAY.search(sentence) or re.search(r"(?:yet to|not yet|declined to|did not immediately|has not|have not|no immediate) (?:comment|respon|issue|confirm)", sentence):
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
    around = text[max(clause.start, name.start - 45) : name.start], text[name.end : min(clause.end, name.end + 90)]
    if re.search(r"(?:according to|told (?:by )?|by|from|citing|quoted|quoting|said)\s(?:\w+\s){0,4}$", around[0]) and not re.search(
        r"(?:attack|strik|target|rocket|fire)\w*\s(?:on|at|against)\s(?:\w+\s){0,2}$", around[0]
    ):
        return True
    match = _SAY.search(around[1])
    return match is not None


def denier(text: str, clauses: Iterable[Clause], knowledge: Knowledge) -> tuple[Confirmer, Named | None]:
    """An official body that says it did not happen."""
    for clause in clauses:
        sentence = text[clause.start : clause.end]
        if not _DENY.search(sentence):
            continue
        for name in named_in(clause, knowledge):
            if name.side in RANK[:4] and not re.search(r"confirm\w* (?:or|nor) den", sentence):
                return name.side, name  # type: ignore[return-value]
    return "none", None
