"""Attacks told by little more than their places: items, fragments, "and one at ...".

"* Al-Asad, Iraq: multiple drones"          an item of a list (list_item)
"Yesterday, a drone at Shaddadi."           an attack without a verb (fragment)
"There was also one at al-Asad."            the same with "there was" (fragment)
"... over Erbil, and a second one at Harir" an attack that leaves out its verb (gone_on)
"So was the base at Conoco."                what was said before, of one place more (echo)
"four bases: A with drones, B with rockets" sites after a colon (sites_listed)
"in Diwaniyah, Babylon and Dhi Qar"         provinces, for convoys (towns_listed)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import replace

from extract.clauses import TRIGGERS, Attack, Clause, make_attack

_LOOSE = re.compile(r"WK?[xbecH,]{0,6}?(?P<at>p)[xUC]{0,3}B?[xp]{0,2}(?P<place>S)")
_TOWARDS = frozenset(
    (
        "above",
        "against",
        "around",
        "at",
        "close to",
        "near",
        "on",
        "onto",
        "outside",
        "over",
        "toward",
        "towards",
        "upon",
    )
)
_AT_REST = frozenset(
    (
        "based",
        "batteries",
        "battery",
        "defence",
        "defenses",
        "defense",
        "deployed",
        "discovered",
        "found",
        "launcher",
        "launchers",
        "parts",
        "platform",
        "ready",
        "seized",
        "stationed",
        "stored",
        "system",
        "systems",
    )
)
ECHO_REACH = 3  # letters: "And so was ..."
_FRAGMENT = re.compile(
    r"^[xcwp,]{0,7}?(?P<weapon>W)(?:[x,]{0,2}W)?,?p[xUC]{0,2}(?P<place>S)[^VLlDueb;]*(?:;|$)"
)
_AT_PLACE = re.compile(r"^[xcw,]{0,6}p[xUC]{0,2}(?P<place>S),?[xbc]{0,5}(?P<weapon>[WK])")
_THERE_WAS = re.compile(r"xb[xcns]{0,3}(?P<weapon>[xcWK])W?K?[xc]{0,2}p[xUC]{0,2}B?p?(?P<place>S)")
_LIST_ITEM = re.compile(r"^[xc;]{0,3}(?P<place>[xB]{0,3}p?[xUC]{0,2}S[^W]{0,12}[;,][^S]{0,6}W)")
_AND_ONE = re.compile(r"[xcpT,]{0,9}?p[xUC]{0,3}B?[xp]{0,3}(?P<place>[ST])")
_NEXT_TOWN = re.compile(r"[px]{0,3}?(?:,c?|c)[cpxB]{0,4}(?P<town>T)")
_ONES = frozenset(("another", "one", "other", "others", "second", "third", "two"))
_JOINING = frozenset(("and", "including", "while", "with"))
_THEN_TOLD = re.compile(r"[pTx]{0,5}[ebc]{0,3}[VLlDug]")


def list_item(clause: Clause) -> Attack | None:
    """ "* Al-Asad air base, Iraq: multiple drones": an attack where the sentence before counted attacks."""
    match = _LIST_ITEM.match(clause.letters)
    if match is None or TRIGGERS & set(clause.letters[: match.end() - 1]):
        return None
    return _at(clause, clause.letters.index("S"), match.end() - 1)


def fragment(clause: Clause) -> Attack | None:
    """ "Yesterday, a drone at Shaddadi.": an attack without a verb, where the text lists attacks."""
    letters = clause.letters
    match = _FRAGMENT.match(letters) or _AT_PLACE.match(letters)
    if match is None:
        match = _THERE_WAS.search(letters)
        if match is None or clause.word(match.start()) != "there" or "n" in match.group():
            return None
        named = clause.word(match.start("weapon")) in _ONES or letters[match.start("weapon")] in "WK"
        if not named:
            return None
    return _at(clause, match.start("place"), match.start("weapon"))


def _at(clause: Clause, site: int, at: int) -> Attack | None:
    """The attack at the site that stands at one letter, told by the word at another."""
    anchors = [anchor for anchor in clause.anchors if anchor.first <= site < anchor.last]
    attack = make_attack(clause, at, 0, len(clause.letters), anchors, denied=False)
    if attack is not None:
        attack.listed = True
    return attack


def loose(clause: Clause, known: Collection[str] = ()) -> Attack | None:
    """ "A drone loitering near Green Village was knocked down": a weapon at a site, whatever the verb.

    Only for a sentence with a day of its own, in a text that tells of attacks.
    """
    for match in _LOOSE.finditer(clause.letters):
        at, place = match.start(), match.start("place")
        before = clause.letters[max(0, at - 4) : at]
        words = {clause.word(i) for i in range(max(0, at - 2), place)}
        nouns = {word.split()[-1] for word in words if word}
        if clause.site_at[place] in known:
            continue
        if set("UCInhdf") & set(before) or nouns & _AT_REST or clause.word(match.start("at")) not in _TOWARDS:
            continue
        return _at(clause, place, at)
    return None


def echo(clause: Clause) -> Attack | None:
    """ "So was the base in the Conoco field": what was said of another place just before."""
    letters = clause.letters
    for at in range(min(len(letters) - 1, ECHO_REACH)):
        if clause.word(at) not in ("as", "so") or clause.word(at + 1) not in ("was", "were"):
            continue
        anchor = next((a for a in clause.anchors if a.first > at), None)
        if anchor is None or (TRIGGERS | {"W"}) & set(letters[at : anchor.last]):
            return None
        return make_attack(clause, at, at, len(letters), [anchor], denied=False)
    return None


def gone_on(clause: Clause, attacks: list[Attack]) -> Iterator[Attack]:
    """ "... over Erbil airport on Friday, and a second one at Harir", "two in Baghdad and one in Basra"."""
    for number, attack in enumerate(attacks):
        if attack.denied or attack.letter == "X" or (attack.definite and not attack.plural):
            continue
        until = attacks[number + 1].trigger if number + 1 < len(attacks) else len(clause.letters)
        at = attack.trigger + 1
        while at < until:
            told = _told_by_one(clause, attack, at, until)
            if told is not None:
                yield told
                at = bisect_left(clause.starts, told.spans[0][0])
            at += 1


def _told_by_one(clause: Clause, attack: Attack, at: int, until: int) -> Attack | None:
    letters = clause.letters
    if letters[at] not in "xc" or clause.word(at) not in _ONES or not _begins_part(clause, at):
        return None
    match = _AND_ONE.match(letters, at + 1, until)
    if match is None or _THEN_TOLD.match(letters, match.end("place"), until):
        return None
    place = match.start("place")
    places = {clause.site_at[i]: i for i in range(at, place + 1) if letters[i] in "ST"}
    if set(places) <= {*attack.sites, *attack.towns}:
        return None
    site = clause.site_at[place]
    finer = letters[place] == "S"
    span = (clause.starts[place], clause.ends[place])
    return replace(
        attack, trigger=at, start=clause.starts[at], end=clause.ends[at], clause_start=clause.starts[at],
        clause_end=clause.ends[until - 1], sites=[site] if finer else [],
        towns=[town for town in places if not finer and not clause.is_near(places[town])] or [site],
        spans=[span], span_of={site: span} if finer else {}, plural=False, second=None,
    )  # fmt: skip


def _begins_part(clause: Clause, at: int) -> bool:
    """After a comma or an "and", perhaps with "a" or "the" between."""
    before = at - 1
    if clause.word(before) in ("a", "the"):
        before -= 1
    if clause.word(before) == "second":  # "a second one"
        return _begins_part(clause, before)
    return before >= 0 and (clause.letters[before] in ",;" or clause.word(before) in _JOINING)


def sites_listed(clause: Clause, attack: Attack) -> None:
    """ "Four bases: Ain al-Asad with drones, Harir with a drone and al-Tanf": they are what was attacked."""
    letters = clause.letters
    if attack.span_of or attack.denied or attack.definite:
        return
    colon = letters.find(";", attack.trigger)
    if colon < 0 or not any(letters[i] in "BF" and i in clause.plural_at for i in range(colon)):
        return
    stop = next((i for i in range(colon, len(letters)) if letters[i] in "VLlDu"), len(letters))
    found = [
        anchor
        for anchor in clause.anchors
        if colon < anchor.first < stop and anchor.site_id and not clause.is_near(anchor.first)
    ]
    if found:
        attack.sites = list(dict.fromkeys(anchor.site_id for anchor in found if anchor.site_id))
        for anchor in reversed(found):
            span = (clause.starts[anchor.first], clause.ends[anchor.last - 1])
            attack.span_of[anchor.site_id or ""] = span
        attack.spans.extend(attack.span_of[site] for site in attack.sites)
        attack.plural = False


def towns_listed(clause: Clause, attack: Attack) -> list[str]:
    """ "Convoys were hit in Diwaniyah, Babylon and Dhi Qar": the places of a list, from its first on."""
    if attack.sites or not attack.towns:
        return []
    letters = clause.letters
    named = [i for i in range(len(letters)) if letters[i] == "T" and clause.site_at[i] in attack.towns]
    at = next((i for i in named if i > attack.trigger), named[0] if named else None)
    if at is not None and clause.word(at - 1) == "between":
        return attack.towns[:1]  # "on the road between Hilla and Diwaniyah"
    towns = []
    while at is not None:
        towns.append(clause.site_at[at])
        match = _NEXT_TOWN.match(letters, at + 1)
        at = match.start("town") if match is not None else None
        at = None if at is not None and clause.is_near(at) else at
    return towns
