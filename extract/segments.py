"""Attacks that a sentence tells of in no set words: a weapon, a place of ours, signs that something happened.

"Rockets at Conoco, drones over al-Omar"; "five for al-Asad"; "the base absorbed a pair of rockets": there are
more ways to say it than a grammar of verbs can hold (extract.clauses). Where that grammar finds nothing at a
place, the part of the sentence around it is weighed here: each sign for or against an attack has a name and a
weight (WEIGHTS), and a part that reaches ENOUGH tells of one.

A part runs from one ";", colon, dash or conjunction to the next. Nothing here looks beyond the sentence, but
for whether the text has just told of another attack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.clauses import TRIGGERS, Anchor, Attack, Clause, make_attack

ENOUGH = 3
ENOUGH_IN_TOWN = 4  # where no site is named, only people or a base of ours and a town
WEIGHTS: Mapping[str, int] = {
    # the weapon and the place
    "weapon at place": 4,  # "a drone at Harir"
    "place with weapon": 2,  # "al-Omar: two rockets"
    "weapon acts at place": 3,  # "drones were flown against Harir"
    "place took weapon": 3,  # "Harir absorbed two drones"
    "weapon for place": 3,  # "five rockets for al-Asad"
    "weapon and place": 2,  # both in the part, in any other order
    "ones at place": 3,  # "two against Camp Victory", where the text has just told of rockets
    "so was place": 4,  # "... and so was Harir"
    # it happened
    "a day": 1,
    "counted": 1,  # "two rockets", "a drone"
    "told before": 1,  # the text goes on from another attack
    "impact": 1,  # a verb of flight, impact, interception, or damage
    "no verb": 1,  # a note, an item of a list: "One rocket for Harir."
    "harm": 1,  # casualties, stated or denied
    # it did not, or not to us
    "meant": -6,  # "would", "if", "threat", "drill"
    "not used": -6,  # "rockets were seized", "pointed at the base"
    "in general": -4,  # "repeated", "dozens", "times"
    "denied": -6,
    "none": -6,  # "no rockets", "without a drone"
    "by a state": -6,  # "US drones", "Turkish jets"
    "elsewhere": -6,
    "another's": -4,  # a militia or an army of others stands in the place's stead
    "from there": -4,  # "rockets from al-Asad"
}  # fmt: skip

LONGEST = 250  # letters; nobody writes such a sentence, and the work grows with its square
NOTE = 9  # letters; a sentence as short is a note
REACH = 16  # letters between a weapon and a place
_PARTS = re.compile(r"[;w]")
_HAPPENED = frozenset(("did", "had", "has", "have", "was", "were"))
_ECHO_AT = re.compile(r"[xUCBcp]{0,3}(?:S[xUCFBcs,]{1,9})?")
_BY = re.compile(r"y[^p;]{1,4}")  # whoever fired, or says so
_NONE = re.compile(r"n[xcbe]{0,2}[VLlDguK]?$")  # "no rockets", "did not come under attack"
_ASIDE = re.compile(r"r[^VLlDguX]*$")  # "the outpost, which supports al-Tanf": what it is, not what was hit
_SITES = re.compile(r"[ScxpB,]*")
_ONES_AT = re.compile(r"[x,]{0,3}p[xUCpB]{0,3}")
_WEAPON_AT = re.compile(r"[xKA,c]{0,3}L?[pg][xUCFHpB]{0,4}")
_WEAPON_ACTS_AT = re.compile(r"[xKA,c]{0,3}[be]{1,2}[xbeLlV]{1,2}[px]{0,4}p[xUCFHpB]{0,4}")
_WEAPON_FOR = re.compile(r"(?:HW)?[xK]{0,2}H[xUC]{0,2}")
_TOOK = re.compile(r"(?:,[^;VLlDgKW]{0,12},)?[xeuc]{1,4}")
_ONES = frozenset(
    ("one", "two", "three", "four", "five", "six", "seven", "eight",
     "another", "more", "second", "third", "pair", "same", "other")
)  # fmt: skip
_SHORT_OF = re.compile(r"x{2}fx?$")  # "a hundred metres from"
_NOT_USED = re.compile(
    r"\b(?:found(?! (?:its|their) (?:mark|target))|discovered|seized|confiscated|defused"
    r"|seen|spotted|tracked|stored|stockpiled|kept"
    r"|dismantled|pointed at|set to|(?:missile|rocket|mortar|patriot) systems?|launchers?"
    r"|arriv\w+|deliver\w+|install\w+|tested"
    r"|suppl(?:y|ied|ies)|took off|take off|bought|sold"
    r"|contract)\b"
)
_DAMAGE = re.compile(
    r"\b(?:damag\w+|destroy\w+|scorch\w*|burn\w*|ablaze|crater\w*|shatter\w*|shrapnel|on fire|sirens?"
    r"|bunkers?|explo\w+)\b"
)
_COUNTED = re.compile(
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|pair|couple|\d{1,2})"
    r"(?: of)? (?:[\w-]+ ){0,3}\Z"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence, from letter `first` to `last` (exclusive)."""

    first: int
    last: int


def parts(letters: str) -> list[Part]:
    """The sentence between its semicolons, colons, dashes and conjunctions."""
    edges = [0, *(match.start() + 1 for match in _PARTS.finditer(letters)), len(letters) + 1]
    return [Part(a, b - 1) for a, b in pairwise(edges) if b - 1 > a]


def _joined(letters: str, divided: Sequence[Part]) -> list[Part]:
    """A part that only names a place is one with the part that tells what happened: "Harir: two drones"."""
    joined: list[Part] = []
    for part in divided:
        last = joined[-1] if joined else None
        here = letters[part.first : part.last]
        if last is not None:
            before = letters[last.first : last.last]
            if _only_names(before) and _tells(here) and "S" not in here:
                joined[-1] = Part(last.first, part.last)
                continue
            if _only_names(here) and _tells(before) and "S" not in before:
                joined[-1] = Part(last.first, part.last)
                continue
        joined.append(part)
    return joined


def _only_names(letters: str) -> bool:
    return bool(set("SM") & set(letters)) and not set("WK") & set(letters)


def _tells(letters: str) -> bool:
    return bool(set("WK") & set(letters))


def weighed(
    clause: Clause,
    attacks: Sequence[Attack],
    why: str | None,
    told_before: bool,
    has_day: Callable[[int, int], bool],
) -> Iterator[Attack]:
    """The attacks told in parts of the sentence in which the grammar found none.

    `has_day` says whether a day or a clock stands between two places of the text.
    """
    letters = clause.letters
    if clause.is_title or not clause.anchors or len(letters) > LONGEST:
        return
    covered = {site for attack in attacks for site in attack.sites}
    taken = [span for attack in attacks for span in attack.spans]
    for part in _joined(letters, parts(letters)):
        if why is not None and TRIGGERS & set(letters[part.first : part.last]):
            continue  # the grammar knows why its attack word is none
        for anchor in sorted(clause.anchors, key=lambda anchor: anchor.site_id is None):
            if not part.first <= anchor.first < part.last or anchor.site_id in covered:
                continue
            if anchor.site_id is None and (attacks or covered or not _is_placed(clause, anchor, part)):
                continue
            if any(start <= clause.starts[anchor.first] < end for start, end in taken):
                continue
            found = _best(clause, anchor, part, bool(attacks or covered) or told_before, has_day)
            if found is None:
                continue
            at, signs = found
            if sum(WEIGHTS[sign] for sign in signs) < (ENOUGH if anchor.site_id else ENOUGH_IN_TOWN):
                continue
            attack = make_attack(clause, at, part.first, part.last, [anchor], denied=False)
            if attack is None or not (attack.sites or attack.towns):
                continue
            attack.plural = False
            covered.update(attack.sites)
            yield attack


def _is_placed(clause: Clause, anchor: Anchor, part: Part) -> bool:
    """Our people or a base of theirs, with a town in the same part."""
    if anchor.definite:
        return False
    return "T" in clause.letters[part.first : part.last]


def _best(
    clause: Clause, anchor: Anchor, part: Part, told_before: bool, has_day: Callable[[int, int], bool]
) -> tuple[int, list[str]] | None:
    """The word of the part that best tells of an attack there, with the signs for and against it."""
    best: tuple[int, int, list[str]] | None = None
    for at in range(max(part.first, anchor.first - REACH), min(part.last, anchor.last + REACH)):
        if anchor.first <= at < anchor.last:
            continue
        link = _link(clause, anchor, at, told_before)
        if link is None:
            continue
        signs = [link, *_signs(clause, anchor, part, at)]
        signs += ["a day"] * has_day(clause.start, clause.end) + ["told before"] * told_before
        total = sum(WEIGHTS[sign] for sign in signs)
        if best is None or total > best[0]:
            best = (total, at, signs)
    return (best[1], best[2]) if best is not None else None


def _link(clause: Clause, anchor: Anchor, at: int, told_before: bool) -> str | None:
    """How the word at `at` stands to the place; None where it tells of no weapon and no attack."""
    letters = clause.letters
    if told_before and at < anchor.first and _is_echo(clause, at):
        return "so was place" if _ECHO_AT.fullmatch(letters[at + 1 : anchor.first]) else None
    ones = letters[at] in "xc" and told_before and clause.word(at) in _ONES
    if letters[at] not in "WK" and not ones:
        return None
    if letters[at] == "K" and (at in clause.plural_at or at in clause.determined):
        return None
    low, high = (at + 1, anchor.first) if at < anchor.first else (anchor.last, at)
    between = letters[low:high]
    if "S" in between and not _SITES.fullmatch(between):
        return None
    if at < anchor.first and _ASIDE.search(between):
        return None
    if ones:
        return "ones at place" if at < anchor.first and _ONES_AT.fullmatch(between) else None
    if at < anchor.first and _WEAPON_AT.fullmatch(between):
        return "weapon at place"
    if at < anchor.first and _WEAPON_ACTS_AT.fullmatch(between):
        return "weapon acts at place"
    if at < anchor.first and _WEAPON_FOR.fullmatch(between):
        return "weapon for place" if clause.word(anchor.first - 1) == "for" else "weapon and place"
    if at > anchor.first:
        return "place took weapon" if _TOOK.fullmatch(between) else "place with weapon"
    return "weapon and place"


def _is_echo(clause: Clause, at: int) -> bool:
    """ "As were", "so did": what was said before, of one place more."""
    return clause.word(at) in _HAPPENED and clause.word(at - 1) in ("as", "so")


def _signs(clause: Clause, anchor: Anchor, part: Part, at: int) -> Iterator[str]:
    letters = clause.letters
    here = letters[part.first : part.last]
    before = letters[part.first : at]
    low, high = (at + 1, anchor.first) if at < anchor.first else (anchor.last, at)
    between = letters[low:high]
    text = clause.text[clause.starts[part.first] : clause.ends[part.last - 1]].lower()
    if set("VlDLgu") & set(here) or _DAMAGE.search(text):
        yield "impact"
    if "X" in here:
        yield "harm"
    if len(letters) <= NOTE:
        yield "no verb"
    if "f" in letters[max(0, anchor.first - 2) : anchor.first] and not _SHORT_OF.search(
        letters[: anchor.first]
    ):
        yield "from there"
    if _COUNTED.search(clause.text[clause.start : clause.starts[at]].lower()[-60:]):
        yield "counted"
    if "h" in here:
        yield "meant"
    if _NOT_USED.search(text):
        yield "not used"
    if set("am") & set(here):
        yield "in general"
    if "d" in here:
        yield "denied"
    if (none := _NONE.search(before)) and clause.word(part.first + none.start()) != "neither":
        yield "none"
    if "I" in before or re.search(r"[UC]F?[xe]{0,2}$", before) or _is_states(before):
        yield "by a state"
    if "O" in here:
        yield "elsewhere"
    if set("NAGI") & set(_BY.sub("", between)) or letters[anchor.last : anchor.last + 1] in tuple("GA"):
        yield "another's"


def _is_states(before: str) -> bool:
    """A US force acts in the part before the weapon."""
    return re.search(r"(?:^|[^pH])(?:(?:UF?|CF?)[xe]{0,3}[VLDgu]|[UI][KZ])", before) is not None
