"""Who attacks what: the attacks that one sentence tells of, with their direction.

A sentence becomes a string of letters, one a word or name (extract.languages.events.LETTERS; x is any other
word), and short patterns over that string find the patient of each attack word:

    "Three drones were shot down over Erbil airport, where US forces are stationed"
     x     W      b    D         p    S            , H     U  F      b   H

    active     W V U B      drones targeted a US base           patient on the right
    passive    U B b V      the US base was targeted            patient on the left
    nominal    W K p S      a rocket attack on al-Asad          patient after the preposition
    launched   W b L p S    rockets were fired at al-Asad
    landed     W l p S      rockets fell near the embassy
    downed     W b D p S    drones were shot down over Harir
    under      S u K        al-Asad came under rocket fire

An attack counts where the *first* party in the patient's place is ours (US or coalition forces, a base or
mission of theirs, a site of the gazetteer with a US presence). A militia, a ship, an army of others standing
there first makes it somebody else's; so does a US or other state's force as the one who attacks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from extract.terms import Hit

TRIGGERS = frozenset("VgKZLlDu")
_OURS = re.compile(r"[UC](?:[cxG,]{0,2}[UC])*x{0,2}[FBM]+(?:xB)?")
_HOSTING = re.compile(r"B[,rxTSpeb]{0,4}?H[xFcbpHB]{0,4}?(?:[UC]+[FM]?|M)")
_FOREIGN_AGENT = re.compile(r"(?:[UCq]|I)(?:x{0,2}|F|xF)(?:W|x)?x?$")
_PASSIVE = re.compile(r"b[xnac]{0,2}$")
_NOT = re.compile(r"b?n[xWbceH]{0,3}$|n[xUCF]{0,3}[BM][be]{1,2}$|d[^;,]{0,12}$")
_BY_GROUP = re.compile(r"y[^p;]{0,4}")
_AND_ONE_IN = re.compile(r"c[xc]{0,2}(?:B?p)?T")
_OTHERS_BASE = re.compile(r"H[xHF]{0,5}[AINGOq]")  # "the headquarters of an armed group"
_ELSEWHERE = re.compile(r"x?p?x{0,2}O")  # "a US base in Qatar"
_STATES_ATTACK = re.compile(r"[UI][xF]?W?[KZ][xbe]{0,2}$|Ix?W[xbe]{0,2}$")  # "a Turkish drone strike hit"
_STATES_WEAPON = re.compile(r"[UIC]x{0,2}W[xe]{0,2}$")  # "a US drone killed"
_HARMING = re.compile(r"[WA][xe]{0,2}$")  # "a drone killed three soldiers"
_MISSILES_AT = re.compile(r"Wp[xUC]{0,2}[SB]")  # "answered with ballistic missiles at al-Asad"
_FIRE_AT = re.compile(r"WK?p[xUC]{0,2}S")
_RELATIVE = re.compile(r"[SB],re?b[cx]?$")
_FROM = re.compile(r"f[^W]*$")  # where it came from; not "an attack from a rocket on al-Asad"
_DOWNS_IN = re.compile(r"D[xc]{0,3}W[^;,wI]{0,12}pT")
_HARMED_BY = re.compile(r"(?:px{1,2})?yx{0,2}W")
_AT_SITE = re.compile(r"x?p[xUC]{0,2}S[^;w]{0,8},[^S;]*Wl")
_NEAR_MISS = re.compile(r"[Dl][^;wVL]{0,10}x{1,3}f[xT]{0,2}S")  # "a few km from al-Asad"
_STATE_KILLS = re.compile(r"(?:[UI]X|[UI]FX(?!p))[^FM;]*$")  # "the US assassination of ... in a drone strike"
_TARGETED = re.compile(r"e?b[cx]?V|[xe]{0,2}D")
_BARE_VERBS = frozenset(("attack", "bomb", "fire", "hit", "raid", "shell", "strike", "target"))
_MANY_MUNITIONS = frozenset(
    ("a number of", "dozens", "flurry", "hundreds", "numerous", "scores", "series", "slew", "string", "wave")
)
_SPEAKS = re.compile(r"(?:p[xT]{0,2}T)?[ce]{0,2}?[xs]{1,2}")
_AIMING = frozenset(("attacked", "target", "targeted", "targets"))
_OUR_DOING = frozenset(("operation", "operations", "raid", "raids"))  # soldiers are hurt in their own
_PRONOUNS = frozenset(("it", "them", "there"))
_OBJECT = re.compile(r"[pVg][xUC]{0,2}\Z")
_SAID = frozenset(
    (
        "added",
        "advised",
        "announced",
        "confirmed",
        "issued",
        "released",
        "said",
        "says",
        "saying",
        "told",
        "tweeted",
        "urged",
        "urges",
        "warned",
        "warns",
        "wrote",
    )
)
_DONE_TO = frozenset(("ambush", "bombardment", "bombing", "rocketing", "shelling"))
_TRIED = frozenset(
    (
        "attempt",
        "attempted",
        "attempting",
        "attempts",
        "failed",
        "managed",
        "sought",
        "tried",
        "try",
        "trying",
    )
)
LEFT_REACH = 30  # a subject may be described at length before its verb
REACH = 18  # letters; farther words belong to something else


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something of ours in the sentence: from letter `first` to `last` (exclusive)."""

    first: int
    last: int
    site_id: str | None
    definite: bool  # "the base": stands for the place spoken of before


@dataclass(slots=True)
class Attack:
    """An attack that a sentence tells of."""

    sentence: int
    trigger: int  # letter index
    letter: str
    start: int  # of the trigger in the text
    end: int
    clause_start: int
    clause_end: int
    sites: list[str] = field(default_factory=list)
    towns: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)  # of patient and place
    plural: bool = False  # speaks of many attacks at once
    going_on: bool = False  # what attackers have been doing; no attack of its own where it names no place
    denied: bool = False
    definite: bool = False
    second: str | None = None  # a town with another base, hit as well
    kinds: frozenset[str] = frozenset()  # what was hit, by the words: "embassy", "base", "convoy"
    listed: bool = False  # an item of a list
    span_of: dict[str, tuple[int, int]] = field(default_factory=dict)  # site -> its words
    weak: bool = False  # a blast heard or a siren: an attack only if the text says so elsewhere
    ours: bool = False  # names US or coalition forces, not only a place


@dataclass
class Clause:
    """A sentence as letters, with what each letter stands for."""

    index: int
    letters: str
    hits: list[Hit | None]
    starts: list[int]
    ends: list[int]
    site_at: dict[int, str]  # letter index -> site id, for S, N and T
    determined: frozenset[int]  # letter indexes after "the", "its", "same"
    plural_at: frozenset[int]
    start: int
    end: int
    is_title: bool
    near_at: frozenset[int] = (
        frozenset()
    )  # letter indexes of "near", "south of": what follows may be a landmark
    zones: frozenset[str] = frozenset()  # sites that are quarters with other sites in them
    convoys_ours: bool = False  # the article speaks of the coalition's convoys
    anchors: list[Anchor] = field(default_factory=list)
    named: tuple[Any, ...] | None = None  # the actors named, once somebody asked (extract.claims)
    text: str = ""  # the whole document

    def word(self, at: int) -> str:
        """The words that letter `at` stands for, in small letters; "" where there is no such letter."""
        return self.text[self.starts[at] : self.ends[at]].lower() if 0 <= at < len(self.letters) else ""

    def is_speaking(self, at: int) -> bool:
        """ "The US embassy said": a site that speaks was not attacked, as far as this goes."""
        if _OBJECT.search(self.letters, max(0, at - 3), at):
            return False  # "the attack on Harir said"
        said = _SPEAKS.match(self.letters, at + 1)
        return said is not None and any(self.word(i) in _SAID for i in range(said.end() - 2, said.end()))

    def is_near(self, at: int) -> bool:
        """Whether "near", "south of" or the like stands before: what follows may be a landmark."""
        return bool({at - 1, at - 2} & self.near_at)

    @cached_property
    def triggers_at(self) -> list[int]:
        """Where words for attacks stand, in the text."""
        return [self.starts[at] for at, letter in enumerate(self.letters) if letter in TRIGGERS]

    @cached_property
    def ends_at(self) -> list[int]:
        """Where a clause of the sentence ends, in the text."""
        return [self.starts[at] for at, letter in enumerate(self.letters) if letter == ";"]

    def __post_init__(self) -> None:
        self.anchors = _anchors(self)


def _anchors(clause: Clause) -> list[Anchor]:
    letters = clause.letters
    taken: list[Anchor] = []
    used = [False] * len(letters)

    def take(first: int, last: int, definite: bool = False) -> None:
        if not any(used[first:last]):
            site = next((clause.site_at[i] for i in range(first, last) if letters[i] == "S"), None)
            taken.append(Anchor(first, last, site, definite))
            used[first:last] = [True] * (last - first)

    for match in _HOSTING.finditer(letters):
        take(match.start(), match.end(), definite=match.start() in clause.determined)
    for at, letter in enumerate(letters):
        if letter == "S" and not used[at] and not clause.is_speaking(at):
            taken.append(Anchor(at, at + 1, clause.site_at[at], False))
            used[at] = True
    for match in _OURS.finditer(letters):
        take(match.start(), match.end())
    for at, letter in enumerate(letters):
        if used[at]:
            continue
        if letter == "M" or (letter == "C" and _is_patient(letters, at)):
            take(at, at + 1)
        elif letter == "B" and at in clause.determined and not _OTHERS_BASE.match(letters, at + 1):
            take(at, at + 1, definite=True)
        elif letter == "B" and _is_bare_base(clause, at):
            take(at, at + 1)
    return sorted(taken, key=lambda anchor: anchor.first)


def _is_patient(letters: str, at: int) -> bool:
    """ "Fired at the coalition", "the coalition was targeted"."""
    return bool(at and letters[at - 1] in "pVgL") or _TARGETED.match(letters, at + 1) is not None


def _is_by_weapon(letters: str, at: int) -> bool:
    """ "A drone killed three soldiers", "five were wounded by rockets"."""
    return bool(_HARMING.search(letters[max(0, at - 4) : at]) or _HARMED_BY.match(letters, at + 1))


def _is_missile_at(clause: Clause, at: int) -> bool:
    """ "Iran answered with ballistic missiles at al-Asad": a weapon stands for the attack."""
    hit = clause.hits[at]
    if hit is None or not _MISSILES_AT.match(clause.letters, at):
        return False
    listed = ";" in clause.letters[max(0, at - 3) : at] and "K" in clause.letters[:at]
    if listed and re.match(
        r"Wp[xUC]{0,2}S", clause.letters[at:]
    ):  # "four attacks: drones on al-Shaddadi; ..."
        return True
    if _FIRE_AT.match(clause.letters, at) and _joins(clause, at):
        return True  # "... a drone attack on Rumalyn, and rocket fire at Conoco"
    ballistic = any(word.value.endswith("_missile") for word in hit.words)
    return ballistic or "A" in clause.letters[max(0, at - 3) : at]


def _joins(clause: Clause, at: int) -> bool:
    """After "and", where an attack with a place of its own was told before."""
    before = clause.letters[max(0, at - LEFT_REACH) : at]
    joined = any(clause.word(i) == "and" for i in range(max(0, at - 2), at))
    return joined and re.search(r"[KWV][^;]*p[xUC]{0,2}S[^;]*$", before) is not None


def _is_bare_base(clause: Clause, at: int) -> bool:
    """ "A drone attack on another base in Syria": nobody else's, where the sentence speaks of our people."""
    letters, hit = clause.letters, clause.hits[at]
    kinds = {word.value for word in hit.words if word.kind == "base"} if hit is not None else set()
    if kinds & {"convoy"}:
        return clause.convoys_ours
    if not kinds & {"base", "outpost"} or set("AIGN") & set(letters[max(0, at - 3) : at + 5]):
        return False
    return bool(set("UCF") & set(letters))


def find_attacks(clause: Clause) -> tuple[list[Attack], str | None]:
    """The attacks on ours that the sentence tells of, and why the last attack word was none (a slug)."""
    attacks: list[Attack] = []
    why: str | None = None
    for at, letter in enumerate(clause.letters):
        if (
            letter in TRIGGERS
            or (letter == "W" and _is_missile_at(clause, at))
            or (letter == "X" and _is_by_weapon(clause.letters, at))
        ):
            attack, reason = _judge(clause, at, letter)
            if attack is None:
                why = reason or why
            elif not _same_as_before(clause, attacks, attack):
                attacks.append(attack)
    return attacks, why


def _same_as_before(clause: Clause, attacks: list[Attack], attack: Attack) -> bool:
    """Two words of one attack ("attack that targeted the base"): the fuller telling stays."""
    for before in attacks:
        between = clause.letters[before.trigger + 1 : attack.trigger]
        if "HA" in between:
            continue  # "targeted the same base where Iran struck ...": two attacks
        if _is_described(clause, before) and not before.span_of and not set(";wcA") & set(between):
            _take_over(before, attack)  # "a drone launched against US forces struck al-Tanf"
            return True
        if set(before.spans) & set(attack.spans):
            before.clause_start = min(before.clause_start, attack.clause_start)
            before.clause_end = max(before.clause_end, attack.clause_end)
            before.plural = before.plural and attack.plural
            return True
    return False


def _is_described(clause: Clause, attack: Attack) -> bool:
    """ "A drone launched at ...": the word only says which drone."""
    letters, at = clause.letters, attack.trigger
    return (
        letters[at] in "Lg" and letters[max(0, at - 1) : at] == "W" and letters[at + 1 : at + 2] in ("p", "U")
    )


def _take_over(before: Attack, attack: Attack) -> None:
    """The later word of the same attack tells where it hit."""
    before.sites, before.towns, before.span_of = attack.sites, attack.towns, attack.span_of
    before.spans = [*before.spans, *attack.spans]
    before.clause_end = max(before.clause_end, attack.clause_end)
    before.kinds |= attack.kinds
    before.definite = attack.definite
    before.ours = before.ours or attack.ours


def _left(clause: Clause, at: int) -> int:
    """Where the words before a trigger begin that belong to it."""
    letters = clause.letters
    if relative := _RELATIVE.search(letters[:at]):  # "al-Asad, which was also targeted"
        return relative.start()
    if re.search(r",[ben]{1,3}$", letters[:at]):  # "the base, which lies in the west, was attacked"
        said = letters.rfind("sr", 0, at)
        return max(letters.rfind(";", 0, at), letters.rfind("w", 0, at), said + 1 if said >= 0 else -1) + 1
    for i in range(at - 1, max(-1, at - LEFT_REACH - 1), -1):
        if letters[i] in ";w":
            return i + 1
        if letters[i] in "VLlD" and letters[i + 1 : at].strip("xc,bn") and i < at - 2:
            return i + 1
        if letters[i] == "," and i + 1 < at and letters[i + 1] in "grw":
            return i + 1
    return max(0, at - LEFT_REACH)


def _right(clause: Clause, at: int) -> int:
    """Where the words after a trigger end that belong to it."""
    letters = clause.letters
    stop = min(len(letters), at + 1 + REACH)
    for i in range(at + 1, stop):
        letter = letters[i]
        if letter in ";w" or (letter in "VLlD" and i > at + 1 and not _is_participle(letters, i)):
            return i
        if letter == "," and i + 1 < stop and letters[i + 1] in "rgws":
            return i
        if letter == "p" and letters[i + 1 : i + 2] == "r":  # "in which"
            return i
        if letter == "W" and letters[at] in "KW" and _FIRE_AT.match(letters, i) and _joins(clause, i):
            return i
        if letter == "s" or (letter == "b" and letters[i + 1 : i + 2] == "g"):  # "another was aimed at"
            return i
    return stop


def _is_participle(letters: str, at: int) -> bool:
    return letters[at - 1] in "BS" and letters[at + 1 : at + 2] == "y"


def _judge(clause: Clause, at: int, letter: str) -> tuple[Attack | None, str | None]:
    low, high = _left(clause, at), _right(clause, at)
    letters = clause.letters
    if letter != "D" and (denial := _NOT.search(letters[low:at])):
        if letters[low + denial.start()] == "d" or letter in "KZ" or "b" in denial.group():
            attack = make_attack(clause, at, low, high, _ours(clause, at, low, high)[0], denied=True)
            told_of = attack is not None and (attack.sites or attack.definite)
            return attack if told_of else None, "denied"
        return None, None  # "did not hit the base": it missed, and that is told elsewhere
    if "h" in letters[max(low, at - (9 if letter == "K" else 6)) : at] or (
        letter in "KV" and _is_intended(clause, at, low)
    ):
        return None, "threat_only"
    anchors, reason = _ours(clause, at, low, high)
    if anchors and any(_ELSEWHERE.match(letters, anchor.last) for anchor in anchors if not anchor.site_id):
        return None, "other_theatre"
    if not anchors:
        return None, reason
    if letter == "V" and _is_off(clause, at, anchors[0]):
        return None, "not_us_target"
    if letter in "KZ" and at in clause.determined and all(anchor.site_id is None for anchor in anchors):
        return None, None  # "that attack": one told before
    if _by_state(clause, at, low, letter) or _kills_attackers(letters[low:at], letter):
        return None, "us_strike"
    return make_attack(clause, at, low, high, anchors, denied=False), None


def _is_intended(clause: Clause, at: int, low: int) -> bool:
    """ "Orders to attack US forces", "vowed to hit the base": what somebody means to do, and has not done."""
    if (
        clause.word(at - 1) != "to"
        or clause.word(at) not in _BARE_VERBS
        or _TRIED & {clause.word(i) for i in range(at - 4, at - 1)}
    ):
        return False
    return not {"W", "D", "K"} & set(clause.letters[low:at]) and clause.letters[at + 1 : at + 2] != "p"


def _is_off(clause: Clause, at: int, anchor: Anchor) -> bool:
    """ "Shot at their car south of al-Shaddadi": the place only says where something else was hit."""
    between = clause.letters[at + 1 : anchor.first]
    return anchor.first - 1 in clause.near_at and "x" in between and not {"U", "C"} & set(clause.letters)


def _by_state(clause: Clause, at: int, low: int, letter: str) -> bool:
    """A US, coalition or other state's force is the one who attacks."""
    letters = clause.letters
    before = letters[low:at]
    if letter == "X":
        return _STATES_WEAPON.search(before) is not None
    if letter in "KZ":
        if letters[at + 1 : at + 2] == ";":
            return False  # "the Pentagon listed four attacks: ..."
        if _STATE_KILLS.search(before):
            return True
        if _FOREIGN_AGENT.search(before) and not before.endswith(("B", "S")):
            return True
        launched = max(before.rfind("L"), -1)
        return launched >= 0 and _state_subject(before[:launched])
    if letter in "VLg" and not _PASSIVE.search(before):
        after = letters[at + 1 : at + 3]
        aimed = before.startswith("p") and letters[max(0, low - 2) : low] in ("WL", "Wg")
        return (
            "y" not in after and not aimed and _state_subject(before)
        )  # "a drone launched at US forces hit"
    if letter in "VL":
        by = letters.find("y", at)
        agent = letters[by + 1 : by + 4].lstrip("x")[:1]
        return 0 <= by - at <= 8 and agent in {"U", "I"} and "A" not in letters[by : by + 4]
    return False


def _kills_attackers(before: str, letter: str) -> bool:
    """ "the killing of an Iranian general in a drone strike at ..." """
    if letter not in "KZ" or re.search(r"[FM][rbce]{0,3}X", before):
        return False  # "soldiers injured in the Iranian missile strike"
    return re.search(r"X[^;,FM]{0,5}A[^;,]{0,9}$", before) is not None


def _state_subject(before: str) -> bool:
    """The subject of an active verb is a state's force, with no weapon or attacker nearer to the verb."""
    if _STATES_ATTACK.search(before):
        return True
    for i in range(len(before) - 1, -1, -1):
        letter = before[i]
        if letter in "AWK":
            return False
        if letter == "q" and before[max(0, i - 2) : i].strip("x") == "A":
            return False  # "the Iranian government"
        if letter in "I" or (letter in "Uq" and (i == 0 or before[i - 1] not in "pH")):
            return True
        if letter in "FC" and "U" not in before[:i]:
            return letter == "C" or i > 0
    return False


def _ours(clause: Clause, at: int, low: int, high: int) -> tuple[list[Anchor], str | None]:
    """What of ours stands in the patient's place, or why nothing does."""
    letters, letter = clause.letters, clause.letters[at]
    before, after = letters[low:at], letters[at + 1 : high]
    if letter == "V":
        by = "y" in after[:2] or (after[:1] == "p" and not _in_zone(clause, at + 1, high) and clause.is_title)
        if _PASSIVE.search(before) or by:
            anchors, reason = _first_party(clause, low, at, nearest=False)
            if not anchors and (host := _host_before(clause, at)):
                return [host], None
            if anchors or reason or after[:1] != "p":
                return anchors, reason
            return _first_party(clause, at + 2, high)  # "was targeted at a base"
        anchors, reason = _first_party(clause, at + 1, high)
        if not anchors and not reason and set("AW") & set(before):
            listed = letters.find(";", at)  # "attacked four places: the base at ..."
            if 0 <= listed - at <= REACH:
                anchors, reason = _first_party(clause, listed + 1, len(letters))
        if anchors or reason:
            return anchors, reason
        if clause.is_title or "W" not in before or re.search(r"H[xA]{1,3}$", before):
            return _first_party(clause, low, at, nearest=False)  # "the base where Iran struck"
        return [], None
    if letter == "g":
        return _first_party(clause, at + 1, high)
    if letter == "u":
        whole = clause.word(at).endswith((" fire", "the target", "target of", "the targets"))
        if not (set(after[:6]) & set("KWVg") or whole):
            return [], None
        return _first_party(clause, low, at, nearest=False)
    if letter in "KZW":
        return _of_noun(clause, at, low, high)
    if letter == "L":
        if "K" in after[:4] or "Z" in after[:4]:
            return [], None  # the noun tells it
        target = next((i for i in range(at + 1, high) if letters[i] in "pg"), None)
        shooting = "A" in before and "X" in letters  # "a gunman opened fire on them"
        moved = "F" in before and _in_zone(clause, at + 1, high)  # "soldiers were sent to a base"
        alone = target == at + 1 and not {"W", "K"} & set(before) and not moved
        if alone and _PASSIVE.search(before):  # "the mission was fired on"
            return _first_party(clause, low, at)
        on_site = target == at + 1 and "A" in before and "S" in after[:3]  # "attackers fired on al-Asad"
        if target is None or not (
            "W" in before[-8:]
            or "W" in after[:6]
            or ("b" in before[-3:] and "F" not in before)
            or shooting
            or on_site
        ):
            return [], None
        anchors, reason = _first_party(clause, target + 1, high)
        if not anchors and not reason and shooting:
            return _victims(clause, at, low, high)
        return anchors, reason
    if letter == "X":
        if _HARMED_BY.match(letters, at + 1):  # "soldiers at Tower 22 were killed by a drone"
            anchors, reason = _first_party(clause, low, at)
            if anchors:
                return anchors, reason
        return _first_party(clause, at + 1, high)
    if letter in "lD":
        if "W" not in before and "W" not in after:
            return [], None
        place = next((i for i in range(at + 1, high) if letters[i] in "pgy"), None)
        if "p" not in letters[at + 1 : at + 3] and "g" not in letters[at + 1 : at + 3]:
            place = at
        if place is not None:
            anchors, reason = _first_party(clause, place + 1, high)
            mine = [a for a in _in_zone(clause, low, at) if a.site_id]
            if letter == "D" and mine and anchors and anchors[0].site_id in clause.zones:
                return mine[:1], None  # "the guns of the embassy shot down a drone over the Green Zone"
            if anchors or reason:
                return anchors, reason
        missed = _NEAR_MISS.match(letters, at) if letter == "l" else None
        if missed is not None:  # "landed 400 metres from the consulate"
            return [a for a in clause.anchors if a.first <= missed.end() - 1 < a.last], None
        if letter == "l" and _AT_SITE.match(letters):  # "At al-Asad, two rockets came in"
            return [anchor for anchor in clause.anchors if anchor.site_id][:1], None
        rest = letters.find("n", at)  # "... and none of them landed on the embassy"
        anchors, reason = _first_party(clause, at + 1, rest if rest > 0 else len(letters))
        if anchors or reason or letter == "l":
            return anchors, reason
        return _defended(clause, low, at), None
    return [], None


def _host_before(clause: Clause, at: int) -> Anchor | None:
    """ "A base where US troops train others against militants was attacked": the base, far as it is."""
    letters = clause.letters
    for anchor in clause.anchors:
        opening = not (TRIGGERS | set(";w")) & set(letters[: anchor.first])
        if (
            anchor.last < at <= anchor.last + 2 * LEFT_REACH
            and opening
            and set("BS") & set(letters[anchor.first : anchor.last])
        ):
            relative = (
                re.match(r"[,pxT]{0,4}[Hr]", letters[anchor.last :])
                or "H" in letters[anchor.first : anchor.last]
            )
            if relative and not (TRIGGERS | set(";")) & set(letters[anchor.last : at]):
                return anchor
        if anchor.first > LEFT_REACH:
            break
    return None


def _defended(clause: Clause, low: int, at: int) -> list[Anchor]:
    """Whose defences they were: "the guns of al-Asad", "air defences at the base shot down two drones"."""
    named = [anchor for anchor in clause.anchors if anchor.site_id and anchor.first < at]
    near = [anchor for anchor in _in_zone(clause, low, at) if anchor.definite]
    missed = _NEAR_MISS.match(clause.letters, at)
    if missed and not named and not near:
        return [anchor for anchor in clause.anchors if anchor.first <= missed.end() - 1 < anchor.last]
    return (named or near or _downing(clause, low, at))[:1]


def _downing(clause: Clause, low: int, at: int) -> list[Anchor]:
    """ "US forces shot down two drones in Iraq": what they stop in the theatre was meant for them."""
    letters = clause.letters
    if not _DOWNS_IN.match(letters, at) or set("IO") & set(letters):
        return []
    return [a for a in _in_zone(clause, low, at) if {"F", "C"} & set(letters[a.first : a.last])]


def _of_noun(clause: Clause, at: int, low: int, high: int) -> tuple[list[Anchor], str | None]:
    letters = clause.letters
    if at in clause.plural_at and letters[at + 1 : at + 2] == ";" and letters[at] == "K":
        stop = next((i for i in range(at + 2, len(letters)) if letters[i] in "VLlDu"), len(letters))
        return [
            a for a in clause.anchors if at < a.first < stop and a.site_id
        ], None  # "four attacks: on ..."
    if clause.word(at - 1) == "to" and clause.word(at) in _BARE_VERBS:  # "an attempt to attack the base"
        return _first_party(clause, at + 1, high)
    place = at + 1
    if clause.word(place) == "of" and clause.word(at) in _DONE_TO:
        return _first_party(clause, place + 1, high)  # "the bombing of a convoy of the coalition"
    killing = "X" in letters[at + 1 : at + 4]  # "a drone strike that killed three soldiers at ..."
    if re.match(r",rx{1,2}p", letters[place:]):  # "the attack, which occurred at ..."
        place += 2
    while place < high and letters[place] in ("xWKbsXrcHFUL" if killing else "xWKbsLH") and place - at <= 8:
        place += 1
        if letters[place - 1] == "K" and "x" in letters[at + 1 : place - 1] and not killing:
            return [], None  # "the strikes answered an attack on ...": the other word tells it
    if place < high and letters[place] == "y":
        place = next((i for i in range(place, high) if letters[i] in "pg"), high)
    if place < high and letters[place] in "pgUCSB":
        start = place if letters[place] in "UCSB" else place + 1
        if letters[place] in "UCSB" and place > at + 1 + ("W" in letters[at + 1 : place]):
            start = high
        anchors, reason = _first_party(clause, start, high)
        if anchors or reason:
            return anchors, reason
    near = re.search(r"[SB]W?x?$", letters[low:at])
    if near:
        return _first_party(clause, low, at, nearest=True)
    return _victims(clause, at, low, high)


def _victims(clause: Clause, at: int, low: int, high: int) -> tuple[list[Anchor], str | None]:
    """An attack told by its victims: "killed three US soldiers in a drone attack in Jordan"."""
    letters = clause.letters
    if "X" not in letters or "A" in letters[max(0, at - 2) : at] or clause.word(at) in _OUR_DOING:
        return [], None
    placed = any(letters[i] in "ST" for i in range(len(letters)))
    if not placed or "O" in letters:
        return [], None
    people = [a for a in clause.anchors if a.site_id is None and set("FM") & set(letters[a.first : a.last])]
    return people[:1], None


def _in_zone(clause: Clause, first: int, last: int) -> list[Anchor]:
    """Anchors in the zone; what something came from, or fell some way from, is not what it hit."""
    return [
        anchor
        for anchor in clause.anchors
        if first <= anchor.first < last
        and "f" not in clause.letters[max(first, anchor.first - 2) : anchor.first]
    ]


def _first_party(
    clause: Clause, first: int, last: int, nearest: bool = False
) -> tuple[list[Anchor], str | None]:
    """What of ours is in the zone, unless another party stands there before it."""
    anchors = _in_zone(clause, first, last)
    limit = anchors[0].first if anchors else last
    zone = _BY_GROUP.sub(lambda m: "y" * len(m.group()), clause.letters[first:limit])
    if anchors and clause.letters[limit] == "B":
        zone = zone.rstrip("xGF")  # "an Iraqi army base hosting US troops"
    for letter in reversed(zone) if nearest else zone:
        if letter == "O":
            return [], "other_theatre"
        if letter in "AING":
            return [], "not_us_target"
    return anchors, None


def make_attack(
    clause: Clause, at: int, low: int, high: int, anchors: Sequence[Anchor], denied: bool
) -> Attack | None:
    """The attack that the word at `at` tells of, on what of ours was found; None where nothing was."""
    if not anchors:
        return None
    letters = clause.letters
    attack = Attack(
        sentence=clause.index, trigger=at, letter=letters[at], start=clause.starts[at], end=clause.ends[at],
        clause_start=clause.starts[low] if low < len(clause.starts) else clause.start,
        clause_end=clause.ends[high - 1] if high else clause.end,
        denied=denied,
    )  # fmt: skip
    attack.kinds = _kinds(clause, min(at, anchors[0].first), max(at, anchors[-1].last - 1))
    attack.weak = _is_weak(clause, at) and "convoy" not in attack.kinds
    unnamed = all(anchor.site_id is None for anchor in anchors)
    attack.definite = unnamed and any(anchor.definite for anchor in anchors)
    attack.ours = any(set(letters[a.first : a.last]) & set("UCM") for a in anchors)
    attack.ours = attack.ours or (clause.convoys_ours and "convoy" in attack.kinds)
    for anchor in anchors:
        attack.spans.append((clause.starts[anchor.first], clause.ends[anchor.last - 1]))
        landmark = bool(attack.sites) and clause.is_near(anchor.first)
        if landmark and "c" not in letters[max(0, anchor.first - 3) : anchor.first]:
            continue  # "the base at al-Tanf, near the Rukban camp"
        if anchor.site_id and anchor.site_id not in attack.sites and not _near_zone(clause, attack):
            attack.sites.append(anchor.site_id)
            attack.span_of[anchor.site_id] = attack.spans[-1]
    _add_places(clause, attack, at, low, high, anchors)
    _add_second_town(clause, attack, anchors)
    attack.plural = _is_plural(clause, attack, at, low, high)
    attack.going_on = _is_going_on(clause, attack, at, low)
    return attack


def _near_zone(clause: Clause, attack: Attack) -> bool:
    """ "In the Green Zone, a few hundred metres from the embassy" hit the zone."""
    return bool(attack.sites) and attack.sites[0] in clause.zones


def _add_second_town(clause: Clause, attack: Attack, anchors: Sequence[Anchor]) -> None:
    """ "Al-Asad and the airport at Erbil", "al-Asad and one in Erbil"."""
    if not attack.sites:
        return
    last = max(
        at for at in clause.site_at if clause.letters[at] == "S" and clause.site_at[at] == attack.sites[-1]
    )
    match = _AND_ONE_IN.match(clause.letters, last + 1)
    if match:
        attack.second = clause.site_at[match.end() - 1]


def _kinds(clause: Clause, first: int, last: int) -> frozenset[str]:
    return frozenset(
        word.value
        for hit in clause.hits[first : last + 1]
        if hit is not None
        for word in hit.words
        if word.kind == "base"
    )


def _is_weak(clause: Clause, at: int) -> bool:
    rocking = clause.letters[at] == "V" and clause.word(at) not in _AIMING
    near = range(max(0, at - 4), at + 1) if rocking else (at,)
    hits = [clause.hits[i] for i in near]
    weak = {"blast"} if "u" in clause.letters[max(0, at - 3) : at] else {"blast", "fire"}
    blast = any(word.value in weak for hit in hits if hit is not None for word in hit.words)
    return blast and "W" not in clause.letters[max(0, at - 3) : at + 4]


def _add_places(
    clause: Clause, attack: Attack, at: int, low: int, high: int, anchors: Sequence[Anchor]
) -> None:
    """Where: towns beside the patient, else elsewhere in the clause, never where it was fired from."""
    letters = clause.letters
    near = [i for i in range(anchors[0].first, min(len(letters), anchors[-1].last + 8)) if letters[i] == "T"]
    near = [i for i in near if ";" not in letters[anchors[0].first : i]]
    rest = [i for i in range(low, high) if letters[i] in "ST" and not clause.is_speaking(i)]
    whole = [i for i in range(len(letters)) if letters[i] in "ST" and not clause.is_speaking(i)]
    if letters[at] == "K" and "Z" in letters[:at]:  # "air strikes in Syria for an attack on ..."
        rest, whole = ([i for i in group if i > letters.rfind("Z", 0, at) + 4] for group in (rest, whole))
    if attack.definite:  # "the base" is where it was, whatever else the sentence names
        said = {clause.word(i) for i in range(anchors[0].first, anchors[-1].last)}
        pronoun = bool(said & _PRONOUNS)
        before = [i for i in whole if i < low and letters[i] == "S"]
        if before and "base" in said and "base" in clause.word(before[-1]):
            pronoun = True  # "a view of Ain al-Asad air base, a day after rockets were fired at the base"
        rest = [i for i in rest if i <= anchors[-1].last + 3]
        rest = whole = rest or (before[-1:] if pronoun else [])  # "Harir's turn: a drone blew up there"
    found: dict[str, tuple[int, int]] = {}
    for group in (near, rest, whole):
        for i in group:
            if _FROM.search(letters[max(0, i - 6) : i]):
                continue
            site = clause.site_at[i]
            if letters[i] == "T" and attack.towns and clause.is_near(i):
                continue  # "in Jordan, near the Syrian border"
            if letters[i] == "T" and site not in attack.towns:
                attack.towns.append(site)
            elif letters[i] == "S" and not attack.towns and site not in attack.sites:
                if attack.sites and not _is_one_more(clause, i):
                    continue
                attack.sites.append(site)
                found[site] = (clause.starts[i], clause.ends[i])
        if attack.sites or attack.towns:
            break
    if len(found) > 1:
        attack.span_of = found


def _is_one_more(clause: Clause, at: int) -> bool:
    """ "Once at Ain al-Asad and once near Erbil airport": after an "and", with no other word of an attack."""
    between = clause.letters[max(0, at - 7) : at]
    joined = re.search(r"(?:c|,)[xp]{0,5}p[xUC]{0,2}$", between)
    return joined is not None and any(
        clause.word(i) == "and" for i in range(max(0, at - len(joined.group())), at)
    )


def _around(clause: Clause, attack: Attack, at: int, low: int) -> str:
    """The letters before a trigger that say how often; dozens of rockets are one attack."""
    letters = clause.letters
    first = max(low, at - 7)
    if letters[at] == "V" and _PASSIVE.search(letters[low:at]):
        first = max(first, at - 3)  # "a base used in a broad campaign was attacked"
        subject = bisect_left(clause.starts, attack.spans[0][0])
        before = range(max(0, subject - 4), subject) if subject < first else range(0)
        return "".join(letters[i] for i in (*before, *range(first, at)))
    return "".join("x" if _counts_munitions(clause, i) else letters[i] for i in range(first, at))


def _counts_munitions(clause: Clause, at: int) -> bool:
    """ "A number of rockets", "dozens of drones"."""
    if clause.letters[at] != "a" or clause.word(at) not in _MANY_MUNITIONS:
        return False
    weapon = re.match(r"[Hx]{0,2}W+", clause.letters[at + 1 : at + 6])
    return weapon is not None and clause.letters[at + 1 + weapon.end() : at + 2 + weapon.end()] not in (
        "K",
        "Z",
    )


def _has_article(clause: Clause, at: int, low: int) -> bool:
    """ "A rocket attack": one attack."""
    for i in range(at - 1, max(low, at - 4) - 1, -1):
        if clause.word(i) in ("a", "an", "one"):
            return True
        if clause.letters[i] not in "xWs":
            return False
    return False


def _is_one_event(clause: Clause, at: int, low: int) -> bool:
    """ "Fired a dozen missiles at bases": one attack, though on more than one place."""
    letters = clause.letters
    if letters[at] == "K":
        return "W" in letters[max(low, at - 2) : at] and at not in clause.plural_at
    return letters[at] == "L" and "W" in letters[at : at + 8]


def _had(clause: Clause, at: int, low: int) -> int | None:
    """Where the "have" or "has" of a verb stands."""
    had = [i for i in range(max(low, at - 4), at) if clause.letters[i] == "e" and clause.word(i) != "had"]
    return had[-1] if had else None


def _is_of_many(clause: Clause, at: int, low: int) -> bool:
    """ "A dozen strikes have targeted the Green Zone", "people have been wounded in attacks on Balad"."""
    had = _had(clause, at, low)
    if had is None or clause.letters[at] not in "VLgK":
        return False
    if clause.letters[at] == "K":
        return clause.word(had) == "have" and at in clause.plural_at and "X" in clause.letters[had:at]
    return any(clause.word(i).endswith(("attacks", "strikes", "assaults")) for i in range(low, had))


def _is_going_on(clause: Clause, attack: Attack, at: int, low: int) -> bool:
    """ "The groups have attacked US forces in Iraq and Syria"."""
    had = _had(clause, at, low)
    if had is None or attack.sites or clause.letters[at] not in "VLg":
        return False
    subject = clause.letters[low:had]
    return "A" in subject and "W" not in subject


def _is_plural(clause: Clause, attack: Attack, at: int, low: int, high: int) -> bool:
    letters = clause.letters
    if letters[at] == "X":
        return False
    if letters[at] == "W":
        return "a" in letters[max(0, at - 3) : at]
    window = _around(clause, attack, at, low) + letters[at + 1 : min(high + 4, at + 12)].split(";")[0]
    if "m" in window:
        return True
    if _is_of_many(clause, at, low):
        return True
    if letters[at] in "KZ" and at not in clause.plural_at and _has_article(clause, at, low):
        return False  # "among these attacks was a drone attack on ..."
    if letters[at] == "u" and "a" in letters[at + 1 : at + 6]:
        return True  # "came under repeated attacks"
    if "a" in window and not (attack.sites and letters[at] in "VLlDu" and "a" not in letters[low:at]):
        return True
    if attack.sites:
        return letters[at] in "KZ" and at in clause.plural_at and "m" in letters[at : at + 14]
    if letters[at] in "KZ" and at in clause.plural_at:
        return True
    if _is_one_event(clause, at, low):
        return False
    return any(letters[i] == "B" and i in clause.plural_at and "convoy" not in _kinds(clause, i, i)
               for a in _in_zone(clause, low, high) for i in range(a.first, a.last))  # fmt: skip
