"""Who attacks what, in Arabic: the attacks that one sentence of plain text tells of.

The verb comes first and its object after the agent, a noun takes its object with "on" or straight after it,
and a passive looks like its active. So the patient of an attack word is the first party named after it, and
where none is named there, the one before it:

    استهدفت طائرة مسيرة قاعدة عين الأسد        verb, agent, patient
    قاعدة عين الأسد استهدفت بطائرة مسيرة        patient, passive
    تعرضت القاعدة لهجوم / هجوم على القاعدة      under attack; noun with "on"
    سقوط صاروخين قرب السفارة / إسقاط مسيرة فوق حرير

As in English the attack counts where the first party is ours; a militia's or another army's place standing there
first makes it somebody else's, and US, Israeli or Turkish forces who do it make it a strike of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extract.arabic_names import Name
from extract.clauses import Attack
from extract.knowledge import Knowledge
from extract.languages import ar_events as ar
from extract.text import Sentence

_BOUNDARY = re.compile(
    r"[;؛]|(?<![ء-ي])(?:فيما|بينما|في حين|كما ان|(?:مبين|مشير|مضيف|موضح|لافت|موكد|مرجح|منوه|كاشف|مشدد)(?:ا|ه|ين|ون)|غير ان|لكن|الا ان|حين|عندما|بعدما|و(?:قال|اضاف|اوضح|ذكر|اعلن|اكد|اشار)ت?)(?![ء-ي])|(?<![ء-ي])حيث (?=تم |تمت |جري |استهدف|قصف|تعرض|سقط|هاجم|اطلق)"
)
_TOWARDS = re.compile(
    r"(?<![ء-ي])(?:علي|لدي|عند|اثناء|مرور|وسط|ضمن|خارج|نحو|باتجاه|تجاه|صوب|ضد|في|داخل|قرب|بالقرب|محيط|بمحيط|فوق|استهدف\w*|[يت]ستهدف|لاستهداف|مستهدف\w*)(?![ء-ي])"
)
_BESIDE = re.compile(r"(?<![ء-ي])(?:قرب|بالقرب من|في|داخل|ب|جوار|محيط)\s*(?:مبني )?(?:ال)?$")
_AND_BASE = re.compile(
    r"(?<![ء-ي])و(?:ال)?(?:قاعده|معسكر|مطار|حقل|مقر|سفاره)(?: (?:ال)?(?:امي?ري?كيه|عسكريه|جويه|تحالف|جنود|قوات))*(?: (?:في|ب|قرب)(?: (?:حقل|مطار|منطقه|بلده|مدينه|معسكر))?)?\s*\"?$"
)
_WITH_THEM = re.compile(r" و(?:سط|قوات|ال?تحالف|جنود|القوات)(?![ء-ي])")
_JUST_BEFORE = re.compile(r"(?:\s|نفسها|نفسه|ذاتها|ذاته|قد|كانت|كان|\")*")
_TWO_BLOWS = re.compile(r"هجوم(?:ين|ان)|هجمتين")
_THE = re.compile(r"[وفبلك]?(?:ال|لل|(?:قاعد(?:ه|تي)|قواعد) (?:ال)?احتلال)")
_NEAR = re.compile(r"(?<![ء-ي])(?:قرب|بالقرب|محيط|بمحيط|قريب\w*|المجاور\w*|بجوار|جوار)(?![ء-ي])[^.]{0,30}$")
_JOINED = re.compile(
    r"[\s,\"()]*(?:(?:الجويه|العسكريه|الامي?ري?كيه|النفطي|للغاز|العراقيه)[\s,\"()]*)*(?:في (?:محافظه )?[ء-ي]+(?: [ء-ي]+)?)?[\s,\"()]*(?:و|,)\s*(?:(?:ال|ب|ل)?(?:قاعده|مطار|معسكر|حقل|في|القاعده|قواعد|ايضا|علي|كذلك|استهداف|قاعدتي)\s*)*\"?"
)
_ON_IT = re.compile(
    r"(?<![ء-ي])(?:عليها|عليه|نحوها|باتجاهها|استهدفتها|استهدفته|تستهدفها|قصفها(?= ب)|استهدافها(?= ب)|مهاجمتها(?= ب)|قصفتها|هاجمتها|طالتها|طالها|تعرضها|اصابتها|داخلها)(?![ء-ي])"
)
_MANY = re.compile(
    r"(?<![ء-ي])(?:عشرات|مئات|سلسله|مرات|\d{2,}|[ء-ي]+ين|[ء-ي]+ون|عده|عدد من|عددا من|اكثر من|ثلاث|اربع|خمس|هذه|مثل هذه|ال|معظم|جميع|كل|العديد من|من) ?(?:ال)?$"
)
_AIM = re.compile(r"(?<![ء-ي])(?:علي|نحو|باتجاه|تجاه|صوب|ضد)(?:ها|ه)?(?![ء-ي])")
_THEN = re.compile(r"(?<![ء-ي])(?:بعد|عقب|بينما|تزامنا|من سقوط)(?![ء-ي])")
_PASSIVE = re.compile(
    r"\s*(?:$|[,.\"]|ب[ء-ي]+|في|اليوم|امس|فجر|مساء|صباح|ليل|من|للمره|مجددا|خلال|ايضا|قبل|عند)"
)
# "Hours after a similar one", "on the morrow of": another attack, named only to say when this one was.
_AFTER = ar.AFTER
_TODAYS = re.compile(r" (?:اليوم|امس|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت)(?![ء-ي])")
_CAME = re.compile(
    r" (?:[ء-ي]+ )?(?:جاء|ياتي|[يت]اتيان|نفذ|كان|هو) (?:ك?رد|انتقام|في اطار|ضمن|بعد|ثار|نصره)[ء-ي]*"
)
_RENEWED = re.compile(r"(?<![ء-ي])[وف]?(?:تجدد|عاود|استونف|تكرر)ت? (?:ال)?$")
_CALLED = re.compile(r" علي نفس")
_NAMELY = re.compile(r"(?:وهما|هما|وهي|هي|وهم|:)\s*[(\"]*(?:كل من )?(?:في |علي )?\s*$")
# "The first ... and the second": of attacks counted before, not of rockets.
_FIRST = re.compile(
    r"(?<![ء-ي])[وف]?(?:ال)?(?:هجوم |انفجار |استهداف |قصف |عمليه )?(?:الاولي?|احدهما|احداهما)(?![ء-ي])"
)
_NEXT = re.compile(
    r"(?<![ء-ي])(?:[وف]|اما |فيما |بينما )?(?:استهدف |وقع |طال |ضرب )?(?:الثاني(?:ه)?|الثالث(?:ه)?|الرابع(?:ه)?|الاخر)(?![ء-ي])"
)
_SEVERAL = re.compile(
    r"(?<![ء-ي])(?:ال|لل?|ب|و)*(?:هجوم(?:ين|ان)|انفجار(?:ين|ان)|استهداف(?:ين|ان)|عمليت(?:ين|ان)|تفجير(?:ين|ان)|هجمات|انفجارات|عمليات|رتل(?:ين|ان)|قاعدت(?:ين|ان)|موقع(?:ين|ان))(?![ء-ي])"
)
_MUNITION = re.compile(r"(?:صاروخ|صواريخ|مسير|طائر|قذيف|قذائف|قنبل)[ء-ي]*\s+$")
_NATION = re.compile(r"ريك|يرك|تحالف|احتلال|اجنبي|اجانب|الدوليه")
_BY_BLOW = re.compile(r"(?<![ء-ي])(?:ل|الي )(?:هجوم|قصف|هجمات|استهداف|ضربه|عمليه|اعتداء|تفجير|انفجار|رشق)")
_SIZE = 90  # how far a party may stand from its attack word, in characters
_OURS = frozenset("SBUCVEb")
_KIND_WORDS = (
    ("embassy", "سفار"), ("embassy", "بعثه"), ("consulate", "قنصلي"), ("convoy", "رتل"), ("convoy", "ارتال"),
    ("convoy", "قافل"), ("convoy", "قوافل"), ("airport", "مطار"), ("base", "قاعد"), ("base", "قواعد"),
    ("base", "معسكر"), ("outpost", "حاميه"), ("outpost", "نقطه"), ("outpost", "موقع"), ("convoy", "شاحن"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """Something named in a sentence. letter: S N T O as for places, B our base, b "the base", U C forces of ours,
    V our convoy, E "the embassy", X somebody else's."""

    start: int
    end: int
    letter: str
    site_id: str | None = None


@dataclass(slots=True)
class Told:
    """What a sentence holds: its parties, its attacks, and why the last attack word was none."""

    start: int
    end: int
    parties: list[Party] = field(default_factory=list)
    attacks: list[Attack] = field(default_factory=list)
    why: str | None = None


def parties_in(text: str, sentence: Sentence, names: Iterable[Name], ours_in_doc: bool) -> list[Party]:
    """Everybody and every place named in the sentence, in order; a name of ours covers a vaguer word."""
    start, end = sentence.start, sentence.end
    military = ar.MILITARY.search(text, start, end) is not None
    found = [
        Party(name.start, name.end, name.letter, name.value)
        for name in names
        if name.letter != "@" and (not name.needs or military)
    ]
    bound = [(party.start, party.end) for party in found if party.letter in "SN"]
    patterns = (
        ("V", ar.CONVOY), ("B", ar.OUR_BASE), ("U", ar.US_FORCE), ("C", ar.COALITION_FORCE),
        ("U", ar.US_VICTIMS), ("E", ar.EMBASSY), ("X", ar.SOMEBODY_ELSES), ("b", ar.DEFINITE_BASE),
    )  # fmt: skip
    named = _NATION.search(text, start, end) is not None
    for letter, pattern in patterns if military else ():
        if letter in "VBUC" and not named:
            continue
        for match in pattern.finditer(text, start, end):
            if _is_covered(match.span(), bound):
                continue
            if letter == "U" and text.endswith((" اي ", " اي من "), start, match.start()):
                continue  # "nor was any US soldier hurt"
            if letter == "E" and ar.OTHER_EMBASSY.match(text, match.end()):
                continue
            if letter == "b" and ar.LAUNCH_STAND.match(text, match.start()):
                continue
            found.append(Party(match.start(), match.end(), letter))
            bound.append(match.span())
    if ours_in_doc:
        for match in ar.BARE_CONVOY.finditer(text, start, end):
            if not _is_covered(match.span(), bound):
                found.append(Party(match.start(), match.end(), "V"))
    found.sort(key=lambda party: (party.start, -party.end))
    return [
        party
        for at, party in enumerate(found)
        if not (
            party.letter == "X" and at + 1 < len(found) and found[at + 1].letter in "ST"
            and found[at + 1].start - party.end < 3
        )
    ]  # fmt: skip


def _is_covered(span: tuple[int, int], bound: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in bound)


_TRIGGERS = (
    ("u", ar.UNDER), ("D", ar.DOWN), ("L", ar.LAUNCH), ("V", ar.VERB), ("K", ar.NOUN), ("l", ar.LAND), ("w", ar.BLAST),
    ("L", ar.WEAPON_AT),
)  # fmt: skip


def find_attacks(
    text: str, sentence: Sentence, index: int, parties: list[Party], knowledge: Knowledge
) -> Told:
    """The attacks on ours that the sentence tells of."""
    told = Told(sentence.start, sentence.end, parties)
    if not ar.MILITARY.search(text, sentence.start, sentence.end):
        return told
    cuts = _cuts(text, sentence)
    for start, end, letter in _triggers(text, sentence):
        low = max(cut for cut in cuts if cut <= start)
        high = min((cut for cut in cuts if cut > start), default=sentence.end)
        attack, why = _judge(text, index, start, end, letter, (low, high), parties, knowledge)
        if attack is None:
            told.why = why or told.why
        elif letter == "D" and told.why == "us_strike" and all(first < start for first, _ in attack.spans):
            continue  # somebody else's missiles were shot down
        else:
            _join(text, told.attacks, attack)
    _part_in_turn(text, sentence, told, knowledge)
    return told


def _cuts(text: str, sentence: Sentence) -> list[int]:
    found = {sentence.start, sentence.end}
    for pattern in (_BOUNDARY, _AFTER):
        found.update(match.start() for match in pattern.finditer(text, sentence.start, sentence.end))
    return sorted(found)


def _is_munition(text: str, turn: re.Match[str]) -> bool:
    """ "The first rocket": the word before the ordinal is the thing counted."""
    word = turn.group().lstrip("وف")
    return word.startswith("ال") and _MUNITION.search(text, turn.start() - 14, turn.start()) is not None


def _part_in_turn(text: str, sentence: Sentence, told: Told, knowledge: Knowledge) -> None:
    """ "Two blasts, the first in Babil on Monday and the second in Dhi Qar": one attack for each of them."""
    first = _FIRST.search(text, sentence.start, sentence.end)
    if first is None or not told.attacks or not _SEVERAL.search(text, sentence.start, first.start()):
        return
    turns = [first, *_NEXT.finditer(text, first.end(), sentence.end)]
    if len(turns) < 2 or any(_is_munition(text, turn) for turn in turns):
        return
    whole = told.attacks[0]
    ends = [*(turn.start() for turn in turns[1:]), sentence.end]
    found = []
    for turn, end in zip(turns, ends, strict=True):
        here = [party for party in told.parties if turn.start() <= party.start < end]
        sites = [party for party in here if party.letter == "S" and party.site_id]
        towns = [party.site_id for party in here if party.letter == "T" and party.site_id]
        if not sites and not towns and not whole.sites:
            return
        own = replace(
            whole, trigger=turn.start(), start=turn.start(), end=turn.end(), clause_start=turn.start(),
            clause_end=end, sites=[party.site_id for party in sites[:1] if party.site_id] or list(whole.sites[:1]),
            towns=towns or whole.towns, spans=[(party.start, party.end) for party in sites[:1]] or whole.spans,
            definite=False, plural=False, weak=False, span_of={}, listed=turn is not first,
        )  # fmt: skip
        found.append(own)
    whole.plural = True
    told.attacks = [whole, *found]


def _triggers(text: str, sentence: Sentence) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for letter, pattern in _TRIGGERS:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            if any(match.start() < end and start < match.end() for start, end, _ in found):
                continue
            if letter == "K" and ar.NOT_AN_ATTACK_NOUN.match(text, match.end()):
                continue
            if letter == "L" and _CALLED.match(text, match.end()):
                continue
            found.append((match.start(), match.end(), letter))
    return sorted(found)


def _judge(
    text: str, index: int, start: int, end: int, letter: str, segment: tuple[int, int],
    parties: list[Party], knowledge: Knowledge,
) -> tuple[Attack | None, str | None]:  # fmt: skip
    low, high = segment
    if ar.STRIKE.search(text, max(low, start - 12), min(high, end + 40)) and _is_strike(
        text, start, end, low, high
    ):
        return None, "us_strike"
    if letter in "Llw" and not ar.ANY_WEAPON.search(text, low, high) and letter != "w":
        return None, None
    if letter == "D" and (
        ar.OWN_DRONE_DOWN.search(text, end, min(high, end + 40)) or not _has_weapon(text, start, high, low)
    ):
        return None, None
    before = text[max(low, start - 70) : start]
    if ar.THREAT.search(before) and letter != "D":
        return None, "threat_only"
    if ar.FOUND.search(text, low, start) and ar.NOT_YET.search(text, low, high):
        return None, "threat_only"
    if ar.NOT_YET.search(text, end, min(high, end + 60)) and letter not in "KVu":
        return None, "threat_only"
    patient, why = _patient(text, start, end, letter, low, high, parties)
    if patient is None and letter == "K" and _RENEWED.search(text[max(low, start - 12) : start + 2]):
        patient = Party(start, end, "b")  # "two hours later the shelling was renewed"
    if patient is None:
        return None, why
    armed = (
        ar.ANY_WEAPON.search(text, low, high) is not None
        or re.search(r"هجوم|قصف", text[low:high]) is not None
    )
    if letter == "V" and not armed and ar.WEAK_VERB.search(text, start, end):
        return None, None
    adjacent = 0 <= patient.start - end < 2
    if letter == "V" and not armed and adjacent and "سفار" in text[patient.start : patient.end]:
        return None, None  # "the embassy attacked the draft"
    if letter == "D" and patient.letter in "UC" and not text[end : patient.start].strip():
        places = [party for party in parties if party.letter in "SBbEVT" and party.start > patient.end]
        if not places:
            return None, None  # "and US forces shot one of them down"
    if patient.letter in "UC" and _acts(text, patient, start, end, letter, high, parties):
        return None, "us_strike"
    if _is_elsewhere(text, patient, parties, knowledge):
        return None, "other_theatre"
    denial = ar.DENY.search(text, low, end)
    denied = denial is not None and not ar.DENIED_LINK.search(text, denial.end(), start)
    return _attack(
        text, index, start, end, letter, (low, high), patient, parties, knowledge, denied
    ), "denied" if denied else None


def _has_weapon(text: str, start: int, high: int, low: int) -> bool:
    return (
        ar.ANY_WEAPON.search(text, low, high) is not None
        or "هجوم" in text[start:high]
        or "هما" in text[start:high]
    )


def _is_strike(text: str, start: int, end: int, low: int, high: int) -> bool:
    """The strike words are the attack's own, not those it answers ("in reply to US raids")."""
    match = ar.STRIKE.search(text, max(low, start - 12), min(high, end + 40))
    if match is None:
        return False
    return (
        not re.search(r"رد(?:ا)? علي|انتقاما|بعد|عقب", text[max(low, match.start() - 20) : match.start()])
        or match.start() <= start < match.end()
    )


def _patient(
    text: str, start: int, end: int, letter: str, low: int, high: int, parties: list[Party]
) -> tuple[Party | None, str | None]:
    """The party attacked: the first named after the word, else the last before it."""
    after = [
        party for party in parties if party.start >= start and party.end <= high and party.letter not in "T"
    ]
    if letter == "u" and (blow := _BY_BLOW.search(text, end, high)) is not None:
        after = [party for party in after if party.start < blow.start()]
    if letter == "L" and (aim := _AIM.search(text, start, high)) is not None:
        after = [party for party in after if party.start >= aim.start()]
    if letter == "u":
        held = [p for p in parties if low <= p.start and p.end <= start and p.letter in _OURS]
        if held and _JUST_BEFORE.fullmatch(text, held[-1].end, start):
            after = []  # "the base itself came under"
    on_it = _ON_IT.search(text, start, high)
    if on_it is not None and not any(party.start < on_it.start() for party in after if party.letter in _OURS):
        return Party(on_it.start(), on_it.end(), "b"), None
    militia = ar.MILITIA_TARGET.search(text, end, min(high, end + 100))
    for place, party in enumerate(after):
        if party.start - end > _SIZE * 2:
            break
        if (
            militia is not None
            and militia.start() < party.start
            and not _TOWARDS.search(text, militia.end(), party.start)
        ):
            return None, "us_strike" if ar.STATE_SUBJECT.search(text[low:start]) else "not_us_target"
        if party.letter in "XNO":
            if letter == "K" and "ال" in text[start:end][:4] and party.start - end > 60:
                return None, None
            following = next((p for p in after[place + 1 :] if p.letter in "SBVE"), None)
            if (
                following is not None
                and following.start - party.end < 60
                and _NEAR.search(text[party.end : following.start])
            ):
                return following, None
            if party.letter == "O" and not _TOWARDS.search(text, end, party.start):
                continue  # "supported by Iran"
            return None, "other_theatre" if party.letter == "O" else "not_us_target"
        if letter in "Ll" and party.letter == "U" and ar.US_VICTIMS.match(text, party.start):
            return party, None  # "the fall of a rocket that killed an American contractor"
        within = text[party.start - 1] in "بل" or _TOWARDS.search(text, start, party.start + 4)
        if letter in "Ll" and not within:
            continue
        if (
            letter == "K"
            and _THEN.search(text, end, party.start)
            and ("ال" in text[start:end][:4] or _TODAYS.match(text, end))
        ):
            return None, None  # "the attack came hours after rockets fell on ..."
        then = _THEN.search(text, end, party.start) if letter == "K" else None
        if then is not None and ar.BLOW.search(text, then.end(), party.start):
            return None, None  # "a rocket attack came after drones were shot down at ..."
        if letter == "K" and _CAME.match(text, end):
            return None, None  # "the attack came in answer to the raid at ..."
        if ar.ISLAMIC_STATE.search(text, low, party.start) and _NEAR.search(text[end : party.start]):
            return None, "not_us_target"
        if letter == "D" and party.letter in "UC":
            better = next((p for p in after[place + 1 :] if p.letter in "SBVEb"), None)
            return better or party, None
        return party, None
    if militia is not None and letter in "KV":
        return None, "us_strike" if ar.STATE_SUBJECT.search(text[low:start]) else "not_us_target"
    if letter == "K":
        hurt = [p for p in parties if low <= p.start < p.end <= start and p.letter == "U"]
        if hurt and start - hurt[-1].end < 60 and ar.US_VICTIMS.match(text, hurt[-1].start):
            return hurt[-1], None  # "two US soldiers were killed in an attack"
    if letter in "uVDwl" or (
        letter == "K" and text[max(low, start - 30) : start].strip().endswith(("لـ", "من"))
    ):
        before = [
            party for party in parties if low <= party.start and party.end <= start and party.letter in _OURS
        ]
        while len(before) > 1 and _BESIDE.search(text, before[-2].end, before[-1].start):
            before.pop()  # "Camp Victory at the airport came under"
        passive = letter != "V" or _PASSIVE.match(text, end) is not None
        if before and passive and start - before[-1].end < _SIZE:
            return before[-1], None
    return None, None


def _acts(
    text: str, patient: Party, start: int, end: int, letter: str, high: int, parties: list[Party]
) -> bool:
    """US forces are the agent: right after the verb, with somebody else's place after them, or right before it."""
    if letter == "D":
        return False
    if patient.end <= start:
        passive = re.match(r"\s+(?:ب[ء-ي]+|ل[ء-ي]+|في|اليوم|امس|فجر)", text[end : end + 12])
        return letter in "VL" and not passive and ar.STATE_SUBJECT.search(text[:start][-60:]) is not None
    adjacent = not text[end : patient.start].strip()
    if letter == "L":
        return adjacent
    if letter in "VK" and adjacent:
        if ar.MILITIA_TARGET.search(text, patient.end, high):
            return True
        others = [p for p in parties if patient.end <= p.start <= min(high, patient.end + 60)]
        return (
            letter == "V"
            and bool(others)
            and others[0].letter in "XNO"
            and not _TOWARDS.search(text, patient.end, others[0].start)
        )
    return False


def _is_elsewhere(text: str, patient: Party, parties: list[Party], knowledge: Knowledge) -> bool:
    """ "The US embassy in Beirut", "American forces in Kuwait"."""
    if (
        patient.letter == "S"
        and patient.site_id
        and knowledge.site(patient.site_id).kind not in ("embassy", "consulate")
    ):
        return False
    following = [p for p in parties if patient.end <= p.start <= patient.end + 30 and p.letter in "OT"]
    return (
        bool(following)
        and following[0].letter == "O"
        and bool(
            re.search(
                r"(?<![ء-ي])(?:في |لدي |ب(?:ال)?$|ب(?=ال|مدينه|العاصمه))(?:ال)?(?:العاصمه |قاعده |مدينه )?[ء-ي ]{0,12}$",
                text[patient.end : following[0].start],
            )
        )
    )


def _attack(
    text: str, index: int, start: int, end: int, letter: str, segment: tuple[int, int], patient: Party,
    parties: list[Party], knowledge: Knowledge, denied: bool,
) -> Attack:  # fmt: skip
    low, high = segment
    sites = list(_sites(text, patient, high, parties, knowledge))
    towns = [p.site_id for p in parties if p.letter == "T" and p.site_id and low <= p.start < high]
    determinate = patient.letter in "BE" and _THE.match(text, patient.start) is not None
    if patient.letter != "b" and not determinate:
        towns = towns or [p.site_id for p in parties if p.letter == "T" and p.site_id]
    spans = [(patient.start, patient.end), *((p.start, p.end) for p in sites if p is not patient)]
    words = text[patient.start : patient.end] + " ".join(text[p.start : p.end] for p in sites)
    words += text[max(low, patient.start - 8) : patient.start] + " " + text[patient.end : patient.end + 24]
    kinds = frozenset(kind for kind, word in _KIND_WORDS if word in words)
    plural = _is_plural(text, start, end, letter, low, high, bool(sites))
    plural = plural or ar.BACKGROUND.search(text, low, min(start, low + 60)) is not None
    found = Attack(
        sentence=index, trigger=start, letter=letter, start=start, end=end, clause_start=low, clause_end=high,
        sites=[p.site_id for p in sites if p.site_id], towns=towns, spans=spans, plural=plural, denied=denied,
        definite=(patient.letter == "b" or determinate) and not sites, kinds=kinds,
        weak=(letter == "w" and "انفجار" not in text[start:end]) or letter == "w",
        ours=patient.letter in "UCBVE" or ar.HOSTING.search(text, low, high) is not None,
    )  # fmt: skip
    found.span_of.update({p.site_id: (p.start, p.end) for p in sites if p.site_id})
    return found


def _sites(
    text: str, patient: Party, high: int, parties: list[Party], knowledge: Knowledge
) -> Iterator[Party]:
    """The sites hit: the patient's own, and those listed after it."""
    places = [p for p in parties if p.letter == "S" and p.start >= patient.start and p.start < high]
    if patient.letter == "S":
        first: Party | None = patient
    else:
        near = [
            p
            for p in places
            if (p.start - patient.end < 70 and " و" not in _WITH_THEM.sub("", text[patient.end : p.start]))
            or (p.start - patient.end < 140 and _NAMELY.search(text, patient.end, p.start))
        ]
        first = near[0] if near else None
        if first is None and patient.letter in "UCbE":
            back = [p for p in parties if p.letter == "S" and patient.start - 90 < p.end <= patient.start]
            while len(back) > 1 and _BESIDE.search(text, back[-2].end, back[-1].start):
                back.pop()  # "in Camp Victory, near the airport"
            first = back[-1] if back else None
    if first is None:
        return
    yield first
    last = first
    for place in places:
        if place.start < last.end:
            continue
        gap = text[last.end : place.start]
        if (len(gap) > 60 or not _JOINED.fullmatch(gap)) and not _is_one_more(
            text, gap, last.end, place.start
        ):
            continue
        if place.site_id != last.site_id:
            yield place
        last = place


def _is_one_more(text: str, gap: str, start: int, end: int) -> bool:
    """ "The embassy, which lies in ..., and the American base at ...": one verb, two places hit."""
    return (
        len(gap) <= 110 and _AND_BASE.search(gap) is not None
        and not any(pattern.search(text, start, end) for pattern in (ar.VERB, ar.UNDER, ar.LAND, ar.LAUNCH))
    )  # fmt: skip


def _is_plural(text: str, start: int, end: int, letter: str, low: int, high: int, placed: bool) -> bool:
    """Speaks of many attacks at once."""
    around = text[max(low, start - 50) : min(high, end + 90)]
    if letter == "V" and not placed and ar.COUNTED_BLOWS.search(text, low, start):
        return True
    if ar.OF_MANY.search(around) and not re.search(r"للمره|اليوم|فجر|مساء|صباح", around):
        return True
    if letter == "K" and not placed and _TWO_BLOWS.search(text, start, end):
        return True
    if letter in "KDu" and (
        ar.PLURAL.search(text, max(low, start), min(high, end + 60 if letter == "u" else end))
    ):
        counted = _MANY.search(text[max(low, start - 30) : start])
        return bool(counted) or not placed
    return (
        re.search(
            r"(?:\d|ين|ون|عشر|مئه) هجوم", text[max(low, start - 12) : end + (70 if letter == "u" else 0)]
        )
        is not None
    )


def _join(text: str, attacks: list[Attack], attack: Attack) -> None:
    """Two words of one attack ("a rocket attack that targeted the base") are one."""
    context = _AFTER.match(text, attack.clause_start) is not None
    for before in attacks:
        if context != (_AFTER.match(text, before.clause_start) is not None):
            continue
        shared = set(before.spans) & set(attack.spans) or set(before.sites) & set(attack.sites)
        vague = not before.sites or not attack.sites
        if not shared and not (
            vague and before.denied == attack.denied and not before.plural and not attack.plural
        ):
            continue
        if attack.sites and not before.sites:
            before.spans, before.definite = attack.spans, False
            before.span_of.update(attack.span_of)
        before.sites = list(dict.fromkeys([*before.sites, *attack.sites]))
        before.towns = before.towns or attack.towns
        before.clause_start = min(before.clause_start, attack.clause_start)
        before.clause_end = max(before.clause_end, attack.clause_end)
        before.plural = before.plural and attack.plural
        before.weak = before.weak and attack.weak
        before.ours = before.ours or attack.ours
        before.denied = before.denied or attack.denied
        before.kinds |= attack.kinds
        return
    attacks.append(attack)
