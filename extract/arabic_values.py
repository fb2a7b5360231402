"""What Arabic sentences say of one attack: weapons and how many, harm, damage, interception, running counts.

The mentions are those of the English reader, so that counting (extract.weapons), tolls (extract.casualties) and
reports are made in one place. All offsets are into the plain text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.casualties import CasualtyMention, Harm, Whose
from extract.dates import DateMention, local_day
from extract.languages import ar_events as ar
from extract.languages.ar import find_numbers
from extract.numbers import Number
from extract.records import Damage, Evidence, StatedTally
from extract.text import Document, Sentence
from extract.weapons import WeaponMention

_WITH = re.compile(r"\s*(?:[ء-ي]+\s+)?و(?:ب)?(?:ال)?(?:[ء-ي]+\s+)?$")
_UNTIL_NOUN = re.compile(r"\)?\s*(?:من )?(?:ال)?$")
_NOT_LAUNCHED = re.compile(r"[^.,]{0,40}?(?:لم (?:ت|ي)(?:طلق|نطلق)|معد(?:ه|ا|ين)? لل|جاهز)")


# -- weapons ------------------------------------------------------------------------------------------------


def find_weapons(
    text: str, start: int, end: int, is_title: bool, numbers: Sequence[Number]
) -> list[WeaponMention]:
    """The weapon words of a stretch, with the numbers that count them; a singular or dual counts itself."""
    if not ar.ANY_WEAPON.search(text, start, end):
        return []
    found: list[tuple[int, int, str, int, bool]] = []
    for kind, size, pattern in ar.WEAPONS:
        for match in pattern.finditer(text, start, end):
            if any(match.start() < other[1] and other[0] < match.end() for other in found):
                continue
            the = "the" in match.re.groupindex and bool(match["the"])
            found.append((match.start(), match.end(), kind, size, the))
    found = [item for item in found if not ar.LAUNCHER.search(text, max(start, item[0] - 24), item[0])
             and not _NOT_LAUNCHED.match(text, item[1], end)]  # fmt: skip
    found.sort()
    mentions = [_weapon(text, item, is_title, numbers) for item in found]
    for at in range(len(mentions) - 1):
        gap = text[mentions[at].end : mentions[at + 1].start]
        joined = re.fullmatch(
            r"(?: [ء-ي]+){0,3},? و[ب]?(?:ال)?(?:[ء-ي]+ )?|\s*,?\s*(?:و|وكذلك|الي جانب|فضلا عن)\s*(?:[ء-ي0-9]+ )?",
            gap,
        )
        starts_joined = text[mentions[at + 1].start] == "و" and len(gap.split()) <= 3
        if joined or starts_joined:
            mentions[at] = replace(mentions[at], joined=True)
    return mentions


def _weapon(
    text: str, item: tuple[int, int, str, int, bool], is_title: bool, numbers: Sequence[Number]
) -> WeaponMention:
    start, end, kind, size, the = item
    low = high = None
    counted_from, counted = start, False
    number = next(
        (n for n in reversed(numbers) if n.end <= start and _UNTIL_NOUN.fullmatch(text[n.end : start])), None
    )
    part = ar.OF_THEM.search(text, max(0, start - 16), start) is not None
    if number is None:
        numbered = next((n for n in numbers if end <= n.start <= end + 2 and size == 0 and not n.vague), None)
        if numbered is not None and re.match(r"\s*(?:صاروخ|طائر|مسير)", text[numbered.end :][:9]) is None:
            number = None
    if number is not None and not number.vague:
        low, high, counted_from, counted = number.low, number.high, number.start, True
        if number.bound == "about":
            low = high = number.value
    elif number is None and size in (1, 2) and not (the and size == 1) and not part:
        low = high = size
        counted = True
        if re.match(r"(?: واحد[ءه]?)? علي الاقل", text[end : end + 18]):
            high = None
        if (joined := re.match(r"\s+(?:او|الي)\s+", text[end : end + 8])) is not None:
            more = next((n for n in numbers if n.start == end + joined.end()), None)
            if more is not None and more.value is not None and more.value > size:
                high = more.value
    fell = re.search(
        r"(?:سقط\w*|سقوط|اسقاط|اسقط\w*|احد\w*|وقع\w*)\s+(?:[ء-ي0-9]+\s+)?$", text[max(0, start - 24) : start]
    )
    part = part or bool(counted_from < start and re.search(r"من\s*(?:ال)$", text[counted_from:start]))
    return WeaponMention(
        kind, start, end, low, high, counted, counted_from, False, part, plural=size == 0, is_title=is_title,
        fell=fell is not None or re.match(r"\s+(?:سقط|منها|منهما|اسقط|تم اسقاط|جري اسقاط)", text[end : end + 14]) is not None,
    )  # fmt: skip


# -- casualties -------------------------------------------------------------------------------------------------

_KILLED = (
    r"(?:ب)?(?:مقتل|قتل(?:ت|وا|ا)?|استشهاد|استشهد(?:ت|وا)?|مصرع|وفاه|لقي|توفي|ب?سقوط|يقتل|ارتقاء|قتلي|بقتل)"
)
_WOUNDED = r"(?:ب?(?:ال)?اصابه|اصيب(?:ت|وا|ا)?|جرح(?:ت|وا)?|ب?جرح|اصابات?)"
_VERB = re.compile(
    rf"(?<![ء-ي])[وفل]?(?:ب)?(?:(?P<killed>{_KILLED})|(?P<wounded>{_WOUNDED}))\s+(?:ب?[ء-ي]+\s+)?$"
)
_NOUN_AFTER = re.compile(
    r"\s*(?:(?P<killed>قتلي|قتيلا?|شهداء|شهيدا?|ضحايا)|(?P<wounded>جرحي|جريحا?|مصابين|مصابا|مصابون|اصابات|اصابه))(?![ء-ي])"
)
_PEOPLE_AFTER = re.compile(
    rf"\s*(?:من )?(?:{ar.PEOPLE}(?:ه|ها|هم|نا)?|(?:ال)?{ar.AMERICAN})(?:\s+(?!و|هم |هما |منهم|اضافه|بينهم|فضلا|الي |في |جراء|اثر|خلال|داخل)(?:ال)?[ء-ي\"]+){{0,4}}"
)
_FORM = re.compile(
    r"(?<![ء-ي])[وفبل]{0,2}(?:(?P<one_dead>قتيل(?:ا)?(?: واحد)?|شهيدا?(?: واحد)?)|(?P<two_dead>قتيل(?:ان|ين))|(?P<one_hurt>جريح(?:ا)?(?: واحد)?|اصابه (?:واحده|طفيفه واحده))|(?P<two_hurt>جريح(?:ان|ين)|اصابتين|اصابتان))(?![ء-ي])"
)
_ONE = re.compile(
    rf"(?<![ء-ي])[وفل]?(?:ب)?(?:(?P<killed>مقتل|قتل|استشهاد|استشهد|مصرع|وفاه|توفي|يقتل)|(?P<wounded>(?:ال)?اصابه|اصيب|جرح))\s+"
    rf"(?P<who>(?P<two>{ar.DUAL_PEOPLE})|(?:[ء-ي]+ )?(?P<one>(?:جندي|عسكري|شخص|عنصر|مقاتل|مدني|متعاقد|مترجم|سائق|موظف|منتسب|شرطي|عامل|ضابط|حارس|طفل|طفله|امراه|امي?ري?كي|مواطن|متعاقده|مجنده)(?![ء-ي])))(?P<rest>(?: (?!و)[ء-ي]+){{0,3}})"
)
_SOMEBODY = r"(?:جندي|عسكري|متعاقد|مدني|مترجم|شخص|عنصر|موظف|سائق|ضابط)"
_WITH_HIM = re.compile(r"(?:و(?:معه|معهم|الي جانبه|برفقته)|فضلا عن|اضافه الي|الي جانب|و)\s*$")
_AND_ONE = re.compile(
    rf"(?: [ء-ي]+){{0,2}},? (?:و|اضافه الي |فضلا عن |الي جانب )(?P<who>{_SOMEBODY}(?![ء-ي])(?: (?!و|اخر)[ء-ي]+){{0,2}})"
)
_AMONG_THEM_ONE = re.compile(
    rf"(?<![ء-ي])[وف]?(?:من )?(?:بينهم|منهم) (?P<who>{_SOMEBODY}(?![ء-ي])(?: (?!و)[ء-ي]+){{0,2}})"
)
_LATER = re.compile(
    r"[^.]{0,70}?(?<![ء-ي])[وف]?(?:(?P<killed>قتل(?:وا|ا|ت)?(?! )|قتلوا|قتل)|(?P<wounded>اصيب(?:وا|ا|ت)?|جرحوا|بجروح))(?![ء-ي])"
)
_AMONG = re.compile(
    r"(?<![ء-ي])(?:و?(?:من )?بينهم|هم|منهم|بينهما|بواقع|من ضمنهم|وبين المصابين|بين (?:المصابين|القتلي|الجرحي)|احدهم|احدهما)(?![ء-ي])[^.]{0,60}$"
)
_DUAL = re.compile(rf"(?<![ء-ي])[وفبل]?(?:{ar.DUAL_PEOPLE})(?: (?!و)[ء-ي]+){{0,2}}")
# جنديان أمريكيان أصيبا; عسكريين أمريكيين اثنين قتلا
_TWO_AFTER = re.compile(
    r"(?<![ء-ي])[وفبل]?(?:جندي|عسكري|متعاقد|عنصر|شخص|موظف|مدني)(?:ان|ين)(?: (?!و)[ء-ي]+){0,3}? (?:(?P<killed>قتلا|لقيا|توفيا)|(?P<wounded>اصيبا|جرحا))(?![ء-ي])"
)
_SINGLE_AFTER = re.compile(
    r"(?<![ء-ي])[وفان ]{0,4}(?P<who>(?:جنديا?|متعاقدا?|عسكريا?|مترجما?|شخصا?|مدنيا?)(?: (?!و)[ء-ي]+){0,4}?)(?: (?:واحدا?))?(?: علي الاقل)?,? (?:(?P<killed>قتل(?:وا|ا)?|لقي|لقوا)|(?P<wounded>اصيب(?:وا|ا)?))(?![ء-ي])"
)
_ATTACKERS = re.compile(
    r"(?<![ء-ي])(?:ال)?(?:حشد|مسلح(?:ين|ا)?|فصائل|مليشي\w+|ميليشي\w+|مهاجم\w*|منفذ\w*|ارهابي\w*|عناصر التنظيم|داعش)(?![ء-ي])"
)
_UPDATED = re.compile(r"ارتفع\w*|ارتفاع|حصيله (?:جديده|محدثه|نهائيه)|رفع\w* (?:ال)?(?:عدد|حصيله)")
_RUNNING = re.compile(
    r"منذ \d|منذ (?:ال)?(?:سابع|منتصف|بدء|بدايه|اكتوبر|تشرين)|عدد المصابين \d|الهجمات (?:عن|الي)|في (?:مجموع|مختلف) الهجمات|حصيله الهجمات"
)
_OTHERS_TOO = re.compile(r"(?:جنود|عسكريين|جنديا|جندي)[ء-ي]* (?:ال)?اخر(?:ون|ين|ا)?(?![ء-ي])")
_BARE = re.compile(r"\s*(?:علي الاقل|في|بجروح|جراء|اثر|,|\.|$)")
_THEIR_OWN = re.compile(r"(?:جنود|افراد|عسكريي|قوات|عناصر)(?:ه|ها|هم|نا)(?![ء-ي])")
_TBI = re.compile(r"ارتجاج|دماغي|الدماغ|رضوض|رضي")


def find_casualties(doc: Document, numbers: Sequence[Number]) -> tuple[CasualtyMention, ...]:
    """Every number of killed and wounded, and every statement that there were none."""
    text = doc.folded
    found: list[CasualtyMention] = []
    for sentence in doc.sentences:
        if ar.HARM.search(text, sentence.start, sentence.end):
            inside = [n for n in numbers if sentence.start <= n.start < sentence.end]
            found.extend(_harm_in(text, sentence, inside))
    return tuple(found)


def _harm_in(text: str, sentence: Sentence, numbers: Sequence[Number]) -> list[CasualtyMention]:
    found = list(_none(text, sentence))
    taken = [(mention.start, mention.end) for mention in found]
    running = _RUNNING.search(text, sentence.start, sentence.end) is not None
    updated = _UPDATED.search(text, sentence.start, sentence.end) is not None
    carried: Harm | None = None
    singles = sorted(_singles(text, sentence), key=lambda mention: mention.start)
    for number in numbers:
        before = [mention for mention in singles if mention.end <= number.start < mention.end + 24]
        carried = carried or (before[-1].harm if before else None)  # "an officer was hurt, and three men"
        mention, carried = _counted(text, sentence, number, carried)
        if mention is not None and not _overlaps(mention, taken):
            found.append(replace(mention, running=running, updated=updated))
            taken.append((mention.start, mention.end))
    for mention in (*_by_form(text, sentence), *singles):
        if not _overlaps(mention, taken):
            found.append(replace(mention, updated=updated))
            taken.append((mention.start, mention.end))
    found.extend(_listed(text, found, taken, sentence))
    found.sort(key=lambda mention: mention.start)
    for at, mention in enumerate(found[1:], start=1):
        if mention.whose != "unknown" or found[at - 1].whose != "us":
            continue
        words = text[mention.start : mention.end + 12]
        if _OTHERS_TOO.search(words) or _goes_without_people(text, found[at - 1], mention):
            found[at] = replace(mention, whose="us")  # "three US soldiers were killed and 34 wounded"
    if ar.STRIKE_TOLL.search(text, sentence.start, sentence.end):
        found = [replace(mention, whose="attackers") for mention in found]
    return sorted(found, key=lambda mention: mention.start)


def _goes_without_people(text: str, before: CasualtyMention, mention: CasualtyMention) -> bool:
    people = re.search(ar.PEOPLE, text[mention.start : mention.end])
    near = mention.end - before.end < 50
    return bool(mention.value) and near and people is None and _BARE.match(text, mention.end) is not None


def _overlaps(mention: CasualtyMention, taken: Sequence[tuple[int, int]]) -> bool:
    return any(mention.start < end and start < mention.end for start, end in taken)


def _none(text: str, sentence: Sentence) -> Iterator[CasualtyMention]:
    start, end = sentence.start, sentence.end
    for harms, pattern in (
        (("killed", "wounded"), ar.NONE_BOTH), (("killed", "wounded"), ar.NONE_NOBODY),
        (("killed", "wounded"), ar.NONE_EITHER),
        (("killed",), ar.NONE_KILLED), (("wounded",), ar.NONE_WOUNDED),
    ):  # fmt: skip
        for match in pattern.finditer(text, start, end):
            if ar.NOT_KNOWN.search(match.group()) or ar.NOT_KNOWN.search(
                text[max(start, match.start() - 24) : match.start()]
            ):
                continue
            stop = min(end, match.end() + 60)
            among = ar.AMONG_US.match(text, match.end(), stop)
            ours = among is None and ar.AMONG_OURS.match(text, match.end(), stop) is not None
            whose: Whose = "us" if among or ours else "unknown"
            for harm in harms:
                yield CasualtyMention(
                    match.start(), among.end() if among else match.end(), harm, 0, 0, whose,  # type: ignore[arg-type]
                    everybody=whose == "unknown",
                )  # fmt: skip


def _counted(
    text: str, sentence: Sentence, number: Number, carried: Harm | None
) -> tuple[CasualtyMention | None, Harm | None]:
    """The number as one of killed or wounded; a verb holds for what is listed after it."""
    before = text[max(sentence.start, number.start - 60) : number.start]
    noun = _NOUN_AFTER.match(text, number.end, sentence.end)
    people = _PEOPLE_AFTER.match(text, number.end, sentence.end)
    words = people.group() if people is not None else ""
    low = high = None
    if not number.vague:
        low, high = number.low, number.high
        if number.bound == "about":
            low = high = number.value
        if number.bound == "least":
            high = None
    harm: Harm | None = None
    end = number.end
    start = number.start
    if noun is not None:
        harm, end = ("killed" if noun["killed"] else "wounded"), noun.end()
        words = noun.group() + text[noun.end() : noun.end() + 30]
    elif people is not None or re.match(
        r"\s*(?:منهم|اخرين|اخرون|علي الاقل|,|\.|$|بجروح|وجرح|واصاب|و\d)", text[number.end : number.end + 12]
    ):
        verb = _VERB.search(before)
        later = _LATER.match(text, number.end, sentence.end) if people is not None else None
        if verb is not None:
            harm, start = ("killed" if verb["killed"] else "wounded"), number.start - len(verb.group())
        elif re.search(r"(?:عدد|حصيله) (?:ال)?(?:مصابين|جرحي|اصابات)[^.]{0,40}$", before):
            harm = "wounded"
        elif re.search(r"(?:عدد|حصيله) (?:ال)?(?:قتلي|ضحايا)[^.]{0,40}$", before):
            harm = "killed"
        elif carried is not None and (
            (people is not None and _WITH_HIM.search(before))
            or re.search(r"(?:و|,|بينهم|منهم|هم|بواقع|بين المصابين)\s*(?:ان )?$|بينهم[^.]{0,30}$", before)
        ):
            harm = carried
        elif later is not None:
            harm = "killed" if later["killed"] else "wounded"
        elif _AMONG.search(before) and re.search(r"المصابين|الجرحي", before):
            harm = "wounded"
        if people is not None:
            end = people.end() if len(words) < 60 else number.end
    if harm is None:
        return None, carried if people is None else None
    if ar.NOT_KNOWN.search(text[max(sentence.start, start - 30) : start]):
        return None, carried
    whose = _whose(words)
    if whose == "unknown" and _THEIR_OWN.search(words):  # "the US army: two of its soldiers"
        said = text[sentence.start : sentence.end]
        whose = "us" if re.search(ar.AMERICAN, said) and "تحالف" not in said else whose
    return (
        CasualtyMention(
            start, end, harm, low, high, whose, "tbi" if _TBI.search(text, sentence.start, sentence.end) else None,
            part=_AMONG.search(before) is not None and not _VERB.search(before),
        ),
        harm,
    )  # fmt: skip


def _listed(
    text: str, found: Sequence[CasualtyMention], taken: Sequence[tuple[int, int]], sentence: Sentence
) -> Iterator[CasualtyMention]:
    """One more person after those who are counted: "five contractors and a soldier", "among them a soldier"."""
    for mention in found:
        if not mention.value:
            continue
        following = _AND_ONE.match(text, mention.end, sentence.end)
        among = following is None and _AMONG_THEM_ONE.search(
            text, mention.end, min(sentence.end, mention.end + 40)
        )
        match = following or among or None
        if match is None:
            continue
        start, end = match.span("who")
        if any(mention.end <= other.start < start for other in found):
            continue
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            yield CasualtyMention(start, end, mention.harm, 1, 1, _whose(match["who"]), part=bool(among))


def _by_form(text: str, sentence: Sentence) -> Iterator[CasualtyMention]:
    """قتيل واحد, جريحان: the form of the noun is the count."""
    for match in _FORM.finditer(text, sentence.start, sentence.end):
        if ar.NOT_KNOWN.search(text[max(sentence.start, match.start() - 24) : match.start()]):
            continue
        count = 2 if match["two_dead"] or match["two_hurt"] else 1
        harm: Harm = "killed" if match["one_dead"] or match["two_dead"] else "wounded"
        yield CasualtyMention(
            match.start(), match.end(), harm, count, count, _whose(text[match.end() : match.end() + 16])
        )


def _singles(text: str, sentence: Sentence) -> Iterator[CasualtyMention]:
    """مقتل متعاقد, إصابة جنديين; and those who are listed after a verb."""
    last = sentence.start
    for match in _ONE.finditer(text, sentence.start, sentence.end):
        if ar.NOT_KNOWN.search(text[max(sentence.start, match.start() - 24) : match.start()]):
            continue
        if re.search(
            r"(?<![ء-ي])(?:لم|دون ان|اي|اثر|بعد|حادثه|ذكري|اغتيال)\s+$",
            text[max(sentence.start, match.start() - 10) : match.start()],
        ):
            continue
        count = 2 if match["two"] else 1
        harm: Harm = "killed" if match["killed"] else "wounded"
        words = match.group()
        yield CasualtyMention(match.start(), match.end(), harm, count, count, _whose(words),
                              part=_AMONG.search(text[max(last, match.start() - 40) : match.start()]) is not None)  # fmt: skip
    for match in _SINGLE_AFTER.finditer(text, sentence.start, sentence.end):
        harm = "killed" if match["killed"] else "wounded"
        yield CasualtyMention(match.start(), match.end(), harm, 1, 1, _whose(match["who"]),
                              part=_AMONG.search(text[max(last, match.start() - 40) : match.start()]) is not None)  # fmt: skip
    for match in _TWO_AFTER.finditer(text, sentence.start, sentence.end):
        harm = "killed" if match["killed"] else "wounded"
        yield CasualtyMention(match.start(), match.end(), harm, 2, 2, _whose(match.group()))
    for match in _DUAL.finditer(text, sentence.start, sentence.end):
        if among := _AMONG.search(text[max(sentence.start, match.start() - 60) : match.start()]):
            harm = "killed" if re.search(r"مقتل|قتل", text[sentence.start : match.start()]) else "wounded"
            yield CasualtyMention(
                match.start(), match.end(), harm, 2, 2, _whose(match.group()), part=bool(among)
            )


def _whose(words: str) -> Whose:
    if re.search(r"غير (?:ال)?امي?ري?كي|ليس امي?ري?كي", words):
        return "contractor"
    if re.search(rf"(?<![ء-ي])(?:و|ال|بال|لل)*{ar.AMERICAN}(?![ء-ي])", words):
        return "us"
    if _ATTACKERS.search(words):
        return "attackers"
    if re.search(r"عراقي|سوري|قسد|بيشمرك|شريك|الجيش الحر|شرط", words):
        return "partner"
    if re.search(r"مدني|طفل|امراه|نساء", words):
        return "civilian"
    return "coalition" if "تحالف" in words or "بريطاني" in words else "unknown"


# -- damage ----------------------------------------------------------------------------------------------------


def damage_in(sentence: str) -> Damage | None:
    """What a sentence says of damage; None where it says nothing or does not know."""
    if not ar.DAMAGE.search(sentence) or ar.DAMAGE_OPEN.search(sentence):
        return None
    if ar.MINOR.search(sentence):
        return "minor"
    none = ar.NO_DAMAGE.search(sentence)
    if none is not None and not ar.NOT_KNOWN.search(none.group()):
        return "none"
    if ar.MAJOR.search(sentence):
        return "major"
    return "unspecified" if ar.SOME_DAMAGE.search(sentence) else None


# -- running counts ----------------------------------------------------------------------------------------------

_ATTACKS_AFTER = re.compile(
    r"\s*(?:عمليه )?(?:عدد (?:ال)?هجمات|هجوما?|هجمات|مره|مرات|استهدافا?|اعتداء|عمليات|عمليه|حادثه)(?![ء-ي])"
)
_TOTAL_BEFORE = re.compile(
    r"(?:عدد (?:ال)?(?:هجمات|مرات|عمليات)|حصيله (?:ال)?هجمات|اجمالي (?:عدد )?(?:ال)?هجمات|العدد|مجموع)[^.\d]{0,80}?(?:الي|بلغ\w*|وصل\w*|هو)?\s*(?:الي )?$"
)
_SPAN = re.compile(
    r"(?<![ء-ي])(?:منذ|حتي|من اصل|اجمالي|الحصيله|مجموع|بلغ|ليصل|ليرتفع|يرتفع|وصل|خلال (?:شهر|شهرين|الشهر|الاشهر|الفتره|ال 1\d يوما|ال1\d يوما|اسبوع|الاسبوع)|الاسبوع الماضي|الشهر الماضي|بين)(?![ء-ي])"
)
_OUT_OF = re.compile(r"من (?:اصل|مجموع|بين) (?:[ء-ي]+ ){0,2}$")
_THERE = re.compile(
    r"\s*(?:هجوما? |مره |مرات |منها |هجمات |من هذه الهجمات )*(?:نفذ\w* |وقع\w* |كان\w* )?(?:في |ب)(?:ال)?(?P<country>عراق|سوريا|سوريه|اردن)"
)
_OUR_SIDE = re.compile(rf"{ar.AMERICAN}|تحالف|قواتنا|قواته|قواعد|ولايات المتحده|بنتاغون|بنتاجون|سنتكوم")
_OTHERS = re.compile(
    r"(?<![ء-ي])(?:سفن|سفينه|السفن|اسرائيل|ضربات امي?ري?كيه|غاره|غارات|الاحتلال الاسرائيلي|قسد|تركي\w*|داعش|شنت القوات الامي?ري?كيه)(?![ء-ي])"
)
_SPEAKER = re.compile(
    r"(?<![ء-ي])[وف]?(?:قال(?:ت)?|اشار(?:ت)?|حسب|اعلن(?:ت)?|افاد(?:ت)?|ذكر(?:ت)?|اكد(?:ت)?|كشف(?:ت)?|صرح(?:ت)?|احص(?:ي|ت|اها|تها)|يعلن|وثق(?:ت)?|رصد(?:ت)?|سجل(?:ت)?|بحسب|وفق(?:ا ل)?|نقلا عن)\s+(?P<who>(?:(?!ان |انه |انها |اليوم|امس|خلال |في موجز|للصحفيين|عن )[ء-ي\"]+ ?){1,8})"
)
_NOT_WHO = re.compile(r" (?:ارتفاع|تعرض|وقوع|تسجيل|عن|ان|بان|اليوم|امس|في بيان)(?![ء-ي])")
_HEAD_SPEAKER = re.compile(r"^(?P<who>[ء-ي ]{3,40}):")


def find_tallies(
    doc: Document, dates: Sequence[DateMention], numbers: Sequence[Number], published_at: dt.datetime | None,
    article_id: str,
) -> tuple[StatedTally, ...]:  # fmt: skip
    """The running counts of attacks on US forces that the text states."""
    text, found = doc.folded, []
    today = local_day(published_at) if published_at else None
    for sentence in doc.sentences:
        tally = _tally_in(text, sentence, dates, numbers, today, article_id)
        if tally is not None:
            found.append((sentence, tally))
    body = [tally for sentence, tally in found if not sentence.is_title]
    titled = [t for s, t in found if s.is_title and all(t.total != other.total for other in body)]
    body = _merged(body)
    unique: list[StatedTally] = []
    for tally in [*titled, *body] if not body or any(t.since for t in titled) else body:
        if all((tally.total, tally.iraq) != (other.total, other.iraq) for other in unique):
            unique.append(tally)
    return tuple(unique)


def _merged(tallies: list[StatedTally]) -> list[StatedTally]:
    """One statement of a total: the sentence that parts it by country, with the start that the other names."""
    found: list[StatedTally] = []
    for tally in tallies:
        before = next((at for at, other in enumerate(found) if other.total == tally.total), None)
        if before is None:
            found.append(tally)
            continue
        one, other = found[before], tally
        fuller, rest = (other, one) if one.iraq is None and one.syria is None else (one, other)
        if (rest.iraq, rest.syria) in ((None, None), (fuller.iraq, fuller.syria)):
            found[before] = replace(fuller, since=fuller.since or rest.since)
        else:
            found.append(tally)
    return found


def _tally_in(
    text: str, sentence: Sentence, dates: Sequence[DateMention], numbers: Sequence[Number], today: dt.date | None,
    article_id: str,
) -> StatedTally | None:  # fmt: skip
    start, end = sentence.start, sentence.end
    inside = [n for n in numbers if start <= n.start < end and n.value is not None]
    if not inside or not re.search(r"هجوم|هجمات|مره|مرات|استهداف|عمليه|عمليات", text[start:end]):
        return None
    windows = [d for d in dates if start <= d.start < end and d.kind == "window"]
    if not windows and not _SPAN.search(text, start, end):
        return None
    if not _OUR_SIDE.search(text) or _OTHERS.search(text, start, end):
        return None
    total: Number | None = None
    parts: dict[str, int] = {}
    for number in inside:
        there = _THERE.match(text, number.end, end)
        if there is not None and total is not None:
            parts[there["country"]] = number.value or 0
        elif (total is None and _ATTACKS_AFTER.match(text, number.end, end) and (
            _is_ours(text, start, number, end) or _TOTAL_BEFORE.search(text, max(start, number.start - 110), number.start)
        )) or (total is None and _TOTAL_BEFORE.search(text, max(start, number.start - 110), number.start)):  # fmt: skip
            total = number
    total, parts = _by_country(text, inside, end, total, parts)
    if total is None or (total.value or 0) < 2:
        return None
    if (
        not windows
        and not parts
        and not re.search(
            r"عدد|حصيله|اجمالي|مجموع|العدد|من اصل|الاسبوع الماضي|الشهر الماضي|خلال الفتره", text[start:end]
        )
    ):
        return None
    if not parts:
        following = [n for n in numbers if end <= n.start < end + 100 and n.value is not None]
        told = ((_THERE.match(text, n.end, n.end + 40), n.value or 0) for n in following)
        parts = {match["country"]: count for match, count in told if match is not None}
    iraq, syria = parts.get("عراق"), parts.get("سوريا", parts.get("سوريه"))
    if not parts:
        iraq, syria = _one_country(text, start, end, total.value)
    since = next((d.earliest for d in windows if d.precision == "day"), None)
    since = since or _start_of_year(text, start, end, today)
    speaker, evidence = _speaker(text, sentence)
    last = max([total.end, *(n.end for n in inside if n.start > total.start and n.end <= end and parts)])
    spans = [Evidence(field="tally", quote=text[total.start : last], start=total.start, end=last)]
    if evidence is not None:
        spans.append(
            Evidence(
                field="speaker", quote=text[evidence[0] : evidence[1]], start=evidence[0], end=evidence[1]
            )
        )
    return StatedTally(
        article_id=article_id, total=total.value, iraq=iraq, syria=syria, jordan=parts.get("اردن"), since=since,
        as_of=today, speaker=speaker, evidence=tuple(spans),
    )  # fmt: skip


def _by_country(
    text: str, inside: Sequence[Number], end: int, total: Number | None, parts: dict[str, int]
) -> tuple[Number | None, dict[str, int]]:
    """ "14 times in Iraq and 9 in Syria": the total is their sum; "15 of 122": the second is the total."""
    whole = next((n for n in inside if _OUT_OF.search(text, max(0, n.start - 30), n.start)), None)
    if whole is not None and total is not None and (whole.value or 0) > (total.value or 0):
        return whole, {}
    first = _THERE.match(text, total.end, end) if total is not None else None
    if total is None or first is None or not parts or first["country"] in parts:
        return total, parts
    parts = {first["country"]: total.value or 0, **parts}
    value = sum(parts.values())
    last = max(
        (n for n in inside if n.start > total.start and n.value in parts.values()), key=lambda n: n.end
    )
    return replace(total, low=value, high=value, end=last.end), parts


def _is_ours(text: str, start: int, number: Number, end: int) -> bool:
    return _OUR_SIDE.search(text, start, end) is not None


def _one_country(text: str, start: int, end: int, total: int | None) -> tuple[int | None, int | None]:
    iraq = re.search(r"عراق(?:ي|يه)?(?![ء-ي])", text[start:end]) is not None
    syria = re.search(r"(?<!مرصد ال)سوري(?:ا|ه)?(?![ء-ي])", text[start:end]) is not None
    if not iraq and not syria:  # the Syrian observatory counts in Syria alone
        syria = "المرصد السوري" in text[start:end]
    if iraq == syria or "وخارج" in text[start:end]:
        return None, None
    return (total, None) if iraq else (None, total)


def _start_of_year(text: str, start: int, end: int, today: dt.date | None) -> dt.date | None:
    match = re.search(
        r"منذ (?:بدايه|مطلع|بدء) (?:هذا )?(?:ال)?(?:عام|سنه)(?: (?P<year>20\d\d))?", text[start:end]
    )
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else today.year if today else None
    return dt.date(year, 1, 1) if year else None


def _speaker(text: str, sentence: Sentence) -> tuple[str | None, tuple[int, int] | None]:
    match = _SPEAKER.search(text, sentence.start, sentence.end) or (
        _HEAD_SPEAKER.search(text[sentence.start : sentence.end]) if sentence.is_title else None
    )
    if match is None:
        return None, None
    start, end = match.span("who")
    if match.re is _HEAD_SPEAKER:
        start, end = start + sentence.start, end + sentence.start
    if (cut := _NOT_WHO.search(text, start, end)) is not None and cut.start() > start + 3:
        end = cut.start()
    while end > start and text[end - 1] in ' "':
        end -= 1
    return text[start:end], (start, end)


def numbers_of(doc: Document) -> list[Number]:
    """All counts of the document."""
    return find_numbers(doc.folded)
