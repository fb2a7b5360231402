"""Arabic numbers and dates: what counts, and when. All patterns are on plain text (extract.languages.arabic).

A noun in the dual or singular is a count too (صاروخان, عبوة ناسفة); those belong to the nouns and are found
with them. Here are figures and number words, alone and compound: أربعة عشر, سبعة وثلاثون, مئة وخمسون.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from extract.dates import BAGHDAD, DateMention, local_day
from extract.languages.arabic import plain, stems, words_of
from extract.languages.base import Bound, DayPart
from extract.numbers import Number
from extract.records import DatePrecision

# -- numbers -------------------------------------------------------------------------------------------


def _table(rows: str) -> dict[str, int]:
    """ "1 واحد واحدة; 2 ..." as a table of plain forms."""
    found = {}
    for row in rows.split(";"):
        value, *words = plain(row).text.split()
        found.update(dict.fromkeys(words, int(value)))
    return found


UNITS = _table(
    "1 واحد واحدا واحدة إحدى; 2 اثنان اثنين اثنتان اثنتين إثنين إثنان; 3 ثلاث ثلاثة; 4 أربع أربعة; 5 خمس خمسة;"
    "6 ست ستة; 7 سبع سبعة; 8 ثمان ثماني ثمانية; 9 تسع تسعة; 10 عشر عشرة"
)
_TEEN_UNITS = {**UNITS, **_table("1 أحد حادي; 2 اثنا اثني اثنتا اثنتي إثنا إثني")}
_TEN = frozenset(("عشر", "عشره"))
_TENS = _table(
    "20 عشرون عشرين; 30 ثلاثون ثلاثين; 40 أربعون أربعين; 50 خمسون خمسين; 60 ستون ستين; 70 سبعون سبعين;"
    "80 ثمانون ثمانين; 90 تسعون تسعين"
)
_HUNDREDS = _table(
    "100 مئة مائة ميه; 200 مئتان مئتين مائتان مائتين مئتي مائتي; 300 ثلاثمئة ثلاثمائة; 400 أربعمئة أربعمائة;"
    "500 خمسمئة خمسمائة; 1000 ألف آلاف; 2000 ألفا ألفين ألفان"
)
_VAGUE = frozenset(
    plain("عدة عده بضعة بضع عشرات العشرات مئات سلسلة جملة العديد عدد عددا مجموعة").text.split()
)
_BOUNDS: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"(?:ما )?لا يقل عن\s*$|(?:اكثر|ازيد|يزيد|تزيد) (?:من|عن|علي)\s*$|يتجاوز(?: عدد\w*)?\s*$"), "least"),
    (re.compile(r"(?:ما )?لا يزيد (?:عن|علي)\s*$|يصل الي\s*$|نحو حد\s*$"), "most"),
    (re.compile(r"(?<![ء-ي])(?:ب)?(?:نحو|حوالي|قرابه|زهاء|ما يقارب|ما يقرب من|يقارب)\s*$"), "about"),
)  # fmt: skip
_LEAST_AFTER = re.compile(r"\s*(?:[ء-ي]+\s+){0,3}?علي الاقل")
_NO_COUNT_BEFORE = re.compile(
    r"(?:عيار|الساعه|عام|سنه|برج|البرج|كي|اف|اللواء|الفوج|رقم|طراز|ام كيو)\s*[-/.]?\s*$"
)
_NO_COUNT_AFTER = re.compile(
    r"\s*(?:ملم|ملليمتر\w*|مم|كم|كيلو\w*|متر\w*|مترا|ميل\w*|دقيق\w*|دقائق|ساع\w*|يوم\w*|ايام|اسبوع\w*|اسابيع"
    r"|شهر\w*|اشهر|شهور|عام\w*|اعوام|سن[هوي]\w*|سنوات|كغم|كيلوغرام\w*|طن|اطنان|دولار\w*|مليون|مليار|بالم[ئا]\w*|%)(?![ء-ي])"
    r"|\s*[:./]\s*\d"
)
_OR = re.compile(r"\s*(?:او|الي|-)\s*")


def find_numbers(text: str) -> list[Number]:
    """The counts of a plain text, in order, with their qualifiers ("at least", "about")."""
    words = words_of(text)
    found: list[Number] = []
    at = 0
    while at < len(words):
        if not _may_count(words[at][2]):
            at += 1
            continue
        value, after = _value(words, at, text)
        if value is None and after == at:
            at += 1
            continue
        start, end = words[at][0], words[after - 1][1]
        form = words[at][2]
        if not form[0].isdigit() and (cut := _clitic(form)):
            start += cut
        at = after
        if value is None:
            found.append(Number(start, end, None, None, vague=True))
        elif not _NO_COUNT_BEFORE.search(text, max(0, start - 12), start) and not _NO_COUNT_AFTER.match(
            text, end
        ):
            found.append(_bounded(text, Number(start, end, value, value)))
    return _ranges(text, found)


@lru_cache(maxsize=65536)
def _may_count(word: str) -> bool:
    """A figure or a number word, with clitics or without; asked of every word, so remembered."""
    return word[-1].isdecimal() or (len(word) <= 12 and any(_is_number(stem) for stem in stems(word)))


def _clitic(word: str) -> int:
    """How many letters before the number word are not its own."""
    figure = word.lstrip("ولبفكا")
    if figure.isdecimal():
        return len(word) - len(figure)
    known = next((stem for stem in stems(word) if _is_number(stem)), word)
    return len(word) - len(known)


def _is_number(stem: str) -> bool:
    return stem in UNITS or stem in _TENS or stem in _HUNDREDS or stem in _VAGUE or stem in _TEEN_UNITS


def _known(word: str, *tables: dict[str, int]) -> int | None:
    for stem in stems(word):
        for table in tables:
            if stem in table:
                return table[stem]
    return None


def _value(words: Sequence[tuple[int, int, str]], at: int, text: str) -> tuple[int | None, int]:
    """The number that begins with this word, and the index after it; the same index where none does."""
    word = words[at][2]
    if (
        not word.isdecimal()
        and (figure := word.lstrip("ولبفكا")).isdecimal()
        and len(word) - len(figure) <= 2
    ):
        word = figure
    following = words[at + 1][2] if at + 1 < len(words) and _adjoins(text, words, at) else ""
    if word.isdecimal() and word.isascii():
        value = int(word)
        if len(word) > 6 or (1900 <= value <= 2100) or (at and text[words[at][0] - 1] in "./:"):
            return None, at
        return value, at + 1
    if len(word) > 12:
        return None, at
    if any(stem in _VAGUE for stem in stems(word)):
        return None, at + 1
    if following in _TEN and (unit := _known(word, _TEEN_UNITS)) is not None and unit < 10:
        return unit + 10, at + 2
    if following == "" and word in ("احد", "حادي"):
        return None, at
    known = None if word in ("الست", "ست") and following == "" else _known(word, UNITS, _TENS, _HUNDREDS)
    if known is None or word.startswith(("الاثنين", "الاحد")):
        return None, at
    return _compound(words, at, text, known)


def _compound(words: Sequence[tuple[int, int, str]], at: int, text: str, value: int) -> tuple[int, int]:
    """سبعة وثلاثون; مئة وخمسة وأربعون: parts joined by "and"."""
    after = at + 1
    while after < len(words) and words[after][2].startswith("و") and _adjoins(text, words, after - 1):
        bare = words[after][2][1:]
        following = words[after + 1][2] if after + 1 < len(words) else ""
        more = UNITS.get(bare, _TENS.get(bare))
        if value >= 100 and following in _TEN and bare in _TEEN_UNITS:
            return value + _TEEN_UNITS[bare] + 10, after + 2
        if more is None or not (
            (more < 10 and value >= 100) or (more >= 20 and (value < 10 or value >= 100))
        ):
            break
        if more < 10 and following.startswith("و") and _TENS.get(following[1:]) is None and value < 100:
            break
        value, after = value + more, after + 1
    return value, after


def _adjoins(text: str, words: Sequence[tuple[int, int, str]], at: int) -> bool:
    return text[words[at][1] : words[at + 1][0]] == " "


def _bounded(text: str, number: Number) -> Number:
    for pattern, bound in _BOUNDS:
        match = pattern.search(text, max(0, number.start - 24), number.start)
        if match is None:
            continue
        low = None if bound == "most" else number.low
        high = None if bound == "least" else number.high
        return replace(number, start=match.start(), low=low, high=high, bound=bound)
    after = _LEAST_AFTER.match(text, number.end)
    return replace(number, high=None, bound="least") if after else number


def _ranges(text: str, numbers: list[Number]) -> list[Number]:
    """ "Two or three" is one number."""
    joined: list[Number] = []
    for number in numbers:
        before = joined[-1] if joined else None
        if (
            before is not None and before.low is not None and number.low is not None and before.high is not None
            and before.low < number.low and _OR.fullmatch(text, before.end, number.start)
        ):  # fmt: skip
            joined[-1] = replace(before, end=number.end, high=number.high, bound=None)
        else:
            joined.append(number)
    return joined


# -- dates ---------------------------------------------------------------------------------------------

_MONTHS = _table(
    "1 يناير جانفي; 2 فبراير شباط فيفري; 3 مارس آذار; 4 أبريل إبريل نيسان أفريل; 5 مايو أيار ماي; 6 يونيو حزيران جوان;"
    "7 يوليو تموز جويلية; 8 أغسطس آب أوت; 9 سبتمبر أيلول; 10 أكتوبر; 11 نوفمبر; 12 ديسمبر"
) | {"كانون الثاني": 1, "كانون ثاني": 1, "تشرين الاول": 10, "تشرين اول": 10, "تشرين الثاني": 11,
     "تشرين ثاني": 11, "كانون الاول": 12, "كانون اول": 12}  # fmt: skip
_HIJRI = "محرم|صفر|ربيع (?:الاول|الاخر|الثاني)|جمادي (?:الاولي|الاخره|الثانيه)|رجب|شعبان|رمضان|شوال|ذو القعده|ذو الحجه|ذي القعده|ذي الحجه"
_WEEKDAYS = _table("0 الاثنين الإثنين; 1 الثلاثاء; 2 الأربعاء; 3 الخميس; 4 الجمعة; 5 السبت; 6 الأحد")
_PARTS: dict[str, DayPart] = {
    "فجر": "dawn", "صباح": "morning", "ضحي": "morning", "ظهر": "noon", "ظهيره": "noon", "بعد ظهر": "afternoon",
    "عصر": "afternoon", "مساء": "evening", "ليل": "night", "ليله": "night", "منتصف ليل": "night",
    "منتصف الليل": "night", "بعد منتصف ليل": "night", "بعد منتصف الليل": "night", "غروب": "evening",
}  # fmt: skip
_ORDINAL_DAYS = {
    plain(word).text: index
    for index, word in enumerate(
        "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split(), start=1
    )
} | {"الحادي": 1}
_CLOCK_WORDS = _table(
    "1 الواحدة; 2 الثانية; 3 الثالثة; 4 الرابعة; 5 الخامسة; 6 السادسة; 7 السابعة; 8 الثامنة; 9 التاسعة; 10 العاشرة"
)
_MINUTES = {"والنصف": 30, "والربع": 15, "والثلث": 20, "الا ربعا": -15, "الا الربع": -15, "الا ثلثا": -20}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MONTH = rf"(?:{_any(_MONTHS)})"
_W = r"(?<![ء-ي\d])"
_E = r"(?![ء-ي\d])"
_PART = rf"(?:{_any(_PARTS)})"
_DAY_WORD = rf"(?:(?:{_any(_ORDINAL_DAYS)})(?: عشر| والعشرين| والثلاثين)?|العشرين|الثلاثين)"
_YEAR = r"(?:\s*,?\s*(?:من )?(?:عام |سنه |العام )?(?P<year>(?:19|20)\d\d)(?!\d)م?|\s+(?P<ayearago>(?:من )?(?:العام|السنه|عام) (?:الماضي|الماضيه|الفائت|المنصرم))|\s+(?:من )?(?:العام )?(?P<last>الماضي|الفائت|المنصرم|الجاري|الحالي))?"
_ATOM = re.compile(
    rf"{_W}[وفبل]?(?:"
    rf"(?P<hijri>\d{{1,2}}\s+(?:من\s+)?(?:{_HIJRI})(?:\s+1[34]\d\d)?\s*(?:هـ|ه\b)?|(?:{_HIJRI})\s+1[34]\d\d)"
    rf"|(?P<calendar>(?:ال)?(?P<day>\d{{1,2}}|{_DAY_WORD})(?:\s*(?:الي|حتي|و|-)\s*(?P<until>\d{{1,2}}))?\s*/?\s*(?:من\s+)?(?:شهر\s+)?(?:\(?(?P<month>{_MONTH})\)?(?:\s*[/(]\s*{_MONTH}\)?)?|(?P<this>الشهر\s+(?P<which>الماضي|الجاري|الحالي|نفسه)))(?![ء-ي]){_YEAR})"
    rf"|(?P<iso>(?P<y>20\d\d)\s?[-/]\s?(?P<m>\d{{1,2}})\s?[-/]\s?(?P<d>\d{{1,2}})(?!\d))"
    rf"|(?P<dmy>(?P<d2>\d{{1,2}})\s?[-/.]\s?(?P<m2>\d{{1,2}})\s?[-/.]\s?(?P<y2>20\d\d)(?!\d))"
    rf"|(?P<monthly>(?:في |خلال |اواخر |اوائل |مطلع |منتصف |نهايه |بدايه |شهر ){{1,2}}(?:شهر )?(?P<month3>{_MONTH})(?:\s*/\s*{_MONTH})?(?![ء-ي])(?:\s*,?\s*(?:من )?(?:عام |سنه |العام )?(?P<year3>(?:19|20)\d\d)|\s+(?P<last3>الماضي|الفائت|المنصرم))?)"
    rf"|(?P<range>(?:(?P<aftermidnight>بعد منتصف )|منتصف )?(?:ال)?(?:ليله?|مساء)\s+(?P<one>{_any(_WEEKDAYS)})\s*(?:[-/]|علي|الي|)\s*(?P<two>{_any(_WEEKDAYS)}){_E})"
    rf"|(?P<overnight>(?:ال)?ليله? الماضي[هة]?{_E}|الليله الفائته)"
    rf"|(?P<before>(?:اول امس|امس الاول|اول من امس|قبل امس|اول البارحه){_E})"
    rf"|(?P<yesterday>(?:يوم )?(?:امس|البارحه){_E})"
    rf"|(?P<ago>(?:قبل|منذ) (?:(?P<n>\d{{1,2}}|{_any(k for k in UNITS if UNITS[k] > 2)}) )?(?P<unit>يومين|يوم|ايام|اسبوعين|اسبوع|اسابيع|ساعات|ساعه|ساعتين|قليل|شهر|شهرين|اشهر|شهور|عام|عامين|سنه|سنتين|سنوات|اعوام){_E}(?! 20\d\d))"
    rf"|(?P<hours>(?:خلال|في) (?:ال)?(?:ساعات|24 ساعه|اربع وعشرين ساعه)(?: القليله)? (?:ال)?(?:ماضيه|اخيره){_E})"
    rf"|(?P<week>(?:خلال |في )?(?:الاسبوع|الشهر|العام|الصيف|السنه) (?:الماضي|الماضيه|الفائت|المنصرم){_E})"
    rf"|(?P<today>(?:هذا )?اليوم(?! (?:التالي|السابق|الاول|نفسه|ذاته|الثاني)){_E}|قبل قليل|هذه الليله|الليله{_E}(?! الماضيه)|هذا المساء|هذا الصباح|(?:في )?وقت مبكر من صباح)"
    rf"|(?P<weekday>(?:يوم |نهار )?(?P<dayname>{_any(_WEEKDAYS)}){_E}(?:\s+(?P<ahead>المقبل|القادم|(?P<gone>الماضي|الفائت|المنصرم)))?)"
    rf"|(?P<clock>(?:ال)?ساعه?\s+(?:(?P<h>\d{{1,2}})(?:\s?[:.]\s?(?P<min>\d\d))?|(?P<hw>{_any(_CLOCK_WORDS)})(?P<teen> عشره)?(?:\s+(?P<mw>{_any(_MINUTES)}))?)(?!\d)(?:\s*\(?(?:بتوقيت|بالتوقيت)[^,.)]{{0,24}}\)?)?)"
    rf"|(?P<year_only>(?:عام|سنه|العام)\s+(?P<y3>20\d\d))"
    rf"|(?P<part>(?:من )?(?:ساعات |بعد |وقت )?(?:متاخر(?:ه)? |مبكر(?:ه)? )?(?:من )?(?:ال)?(?:{_PART})(?:ا)?{_E}(?: المبكره)?)"
    rf")",
)
_GLUE = re.compile(r"[\s,()/-]*(?:الموافق|المصادف|من|يوم|في|عند|بتوقيت بغداد|لـ?|ب)?[\s,()/-]*")
_SINCE = re.compile(
    r"(?:منذ|ابتداء من|اعتبارا من|بين|(?:الفتره|المده) (?:الممتده )?(?:من|بين))\s+(?:(?:يوم|يومي|تاريخ)\s+)?(?:ال\s*-?\s*)?$|منذ (?:[ء-ي]+ ){0,8}في\s+$"
)
_MANY_UNITS = frozenset(("ايام", "اسابيع", "اشهر", "شهور", "سنوات", "اعوام"))  # "since months", uncounted
# A clock that is not Baghdad's.
_ELSEWHERE = re.compile(
    r"[\s,(]*(?:ب?توقيت|بالتوقيت|حسب توقيت)\s+(?:(?P<et>(?:ال)?(?:شرق|شرقي|ساحل الشرقي|واشنطن|نيويورك|الولايات المتحده)|شرق )|(?P<utc>(?:ال)?(?:غرينتش|جرينتش|جرينيتش|غرينيتش|عالمي)))"
)
_FILED = re.compile(r"(?:تاريخ النشر|نشر في|اخر تحديث|تحديث)\s*:?\s*$")


@dataclass(frozen=True, slots=True)
class _Day:
    """What one atom says of the day."""

    earliest: dt.date | None = None
    latest: dt.date | None = None
    precision: DatePrecision = "unknown"
    rank: int = 0  # a calendar date over "yesterday" over a weekday
    absolute: bool = False


def find_dates(text: str, published_at: dt.datetime | None) -> tuple[DateMention, ...]:
    """When, by the words of a plain text; relative days are counted from publication in Baghdad."""
    today = local_day(published_at) if published_at else None
    found: list[DateMention] = []
    cluster: list[re.Match[str]] = []
    for match in _ATOM.finditer(text):
        if match["hijri"]:
            continue
        if cluster and not _together(text, cluster, match):
            found.extend(_mention(text, cluster, today))
            cluster = []
        cluster.append(match)
    if cluster:
        found.extend(_mention(text, cluster, today))
    return tuple(found)


def _together(text: str, cluster: Sequence[re.Match[str]], match: re.Match[str]) -> bool:
    gap_start = cluster[-1].end()
    if match.start() - gap_start > 14 or not _GLUE.fullmatch(text, gap_start, match.start()):
        return False
    kinds = {_kind(m) for m in cluster}
    return _kind(match) not in kinds


_KINDS = (
    "calendar", "iso", "dmy", "monthly", "range", "overnight", "before", "yesterday", "ago", "hours", "week",
    "today", "weekday", "clock", "year_only", "part",
)  # fmt: skip


def _kind(match: re.Match[str]) -> str:
    return next(name for name in _KINDS if match[name] is not None)


def _mention(text: str, cluster: Sequence[re.Match[str]], today: dt.date | None) -> Iterator[DateMention]:
    start, end = cluster[0].start(), cluster[-1].end()
    while (
        start < end
        and text[start] in " وفبل"
        and text[start : start + 2] not in ("لي", "فج", "في", "بع", "بد", "وق")
    ):
        start += 1
    days = [_day(match, today) for match in cluster]
    if any(match["weekday"] and match["ahead"] and not match["gone"] for match in cluster):
        return
    best = max(days, key=lambda day: day.rank)
    part, clock = _part_of(cluster), _clock_of(cluster)
    if best.earliest is not None and today is not None and best.earliest > today:
        return
    if best.earliest is None and part is None and clock is None:
        return
    if clock is not None and best.earliest is not None and best.earliest == best.latest:
        best, clock = _here(best, clock, _ELSEWHERE.search(text, start, min(len(text), end + 40)))
    window = _SINCE.search(text, max(0, start - 70), start) is not None and not cluster[0]["ago"]
    window = window or any(m["ago"] and m.group().lstrip(" و").startswith("منذ") and not m["n"]
                           and m["unit"] in _MANY_UNITS for m in cluster)  # fmt: skip
    filed = _FILED.search(text, max(0, start - 20), start) is not None
    latest = today if window and today is not None else best.latest
    yield DateMention(
        start=start, end=end, earliest=best.earliest, latest=latest,
        precision="day" if window and best.precision == "range" else best.precision, clock=clock,
        day_part=part,
        kind="filed" if filed else "window" if window else "absolute" if best.absolute else "relative",
    )  # fmt: skip


def _here(day: _Day, clock: str, elsewhere: re.Match[str] | None) -> tuple[_Day, str]:
    """Day and clock in Baghdad, where they were told by Washington's or Greenwich's."""
    if elsewhere is None or day.earliest is None:
        return day, clock
    zone = ZoneInfo("America/New_York") if elsewhere["et"] else dt.UTC
    there = dt.datetime.combine(day.earliest, dt.time.fromisoformat(clock), zone)
    here = there.astimezone(BAGHDAD)
    return replace(day, earliest=here.date(), latest=here.date()), here.strftime("%H:%M")


def _part_of(cluster: Sequence[re.Match[str]]) -> DayPart | None:
    for match in cluster:
        words = match.group()
        if match["part"] or match["range"] or match["overnight"] or "الليله" in words or "ليله" in words:
            for name in sorted(_PARTS, key=len, reverse=True):
                if name in words:
                    return _PARTS[name]
    return None


def _clock_of(cluster: Sequence[re.Match[str]]) -> str | None:
    match = next((match for match in cluster if match["clock"]), None)
    if match is None:
        return None
    if match["h"]:
        hour, minute = int(match["h"]), int(match["min"] or 0)
    else:
        hour = _CLOCK_WORDS[match["hw"]] + (10 if match["teen"] else 0)
        minute = _MINUTES[match["mw"]] if match["mw"] else 0
    if minute < 0:
        hour, minute = hour - 1, minute + 60
    part = _part_of(cluster)
    late = part in ("evening", "afternoon") or (part == "night" and hour > 6) or (part == "noon" and hour < 6)
    if late and hour < 12:
        hour += 12
    if part == "night" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _day(match: re.Match[str], today: dt.date | None) -> _Day:
    kind = _kind(match)
    if kind in ("iso", "dmy"):
        numbers = (
            (match["y"], match["m"], match["d"]) if kind == "iso" else (match["y2"], match["m2"], match["d2"])
        )
        return _exact(*(int(number) for number in numbers))
    if kind == "calendar":
        return _calendar(match, today)
    if kind == "year_only":
        year = int(match["y3"])
        return _Day(dt.date(year, 1, 1), dt.date(year, 12, 31), "unknown", 2, absolute=True)
    if kind == "monthly":
        return _monthly(match, today)
    return _relative(kind, match, today) if today is not None else _Day()


def _exact(year: int, month: int, day: int) -> _Day:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return _Day()
    return _Day(date, date, "day", 9, absolute=True)


def _calendar(match: re.Match[str], today: dt.date | None) -> _Day:
    day = _day_number(match["day"])
    if match["this"]:
        if today is None:
            return _Day()
        month_of = today.replace(day=1) - dt.timedelta(days=1 if match["which"] == "الماضي" else 0)
        return _exact(month_of.year, month_of.month, day)
    month = _MONTHS[match["month"]]
    if match["until"] and (match["year"] or today is not None):
        return _span(match, month, day, today)
    if match["year"]:
        return _exact(int(match["year"]), month, day)
    if today is None:
        return _Day()
    if match["ayearago"]:
        return _exact(today.year - 1, month, day)
    found = _exact(today.year, month, day)
    return (
        found
        if found.earliest is not None and found.earliest <= today
        else _exact(today.year - 1, month, day)
    )


def _span(match: re.Match[str], month: int, day: int, today: dt.date | None) -> _Day:
    """ "From 17 to 30 October"."""
    year = int(match["year"]) if match["year"] else today.year if today else 0
    first, last = _exact(year, month, day), _exact(year, month, int(match["until"]))
    if first.earliest is None or last.earliest is None or first.earliest >= last.earliest:
        return first
    if today is not None and first.earliest > today and not match["year"]:
        return replace(
            first, earliest=first.earliest.replace(year=year - 1), latest=last.earliest.replace(year=year - 1)
        )
    return replace(first, latest=last.earliest, precision="range")


def _day_number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    first, _, rest = words.partition(" ")
    if first in ("العشرين", "الثلاثين"):
        return 20 if first == "العشرين" else 30
    return _ORDINAL_DAYS[first] + {"": 0, "عشر": 10, "والعشرين": 20, "والثلاثين": 30}[rest]


def _monthly(match: re.Match[str], today: dt.date | None) -> _Day:
    month = _MONTHS[match["month3"]]
    if match["year3"]:
        year = int(match["year3"])
    elif today is None:
        return _Day()
    else:
        year = today.year - (month > today.month or (month == today.month and bool(match["last3"])))
    first = dt.date(year, month, 1)
    return _Day(first, _month_end(first), "month", 4, absolute=True)


def _month_end(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _relative(kind: str, match: re.Match[str], today: dt.date) -> _Day:
    day = dt.timedelta(days=1)
    if kind == "today":
        return _Day(today, today, "day", 6)
    if kind == "yesterday":
        return _Day(today - day, today - day, "day", 7)
    if kind == "before":
        return _Day(today - 2 * day, today - 2 * day, "day", 7)
    if kind in ("overnight", "hours"):
        return _Day(today - day, today, "range", 5)
    if kind == "weekday":
        back = (today.weekday() - _WEEKDAYS[match["dayname"]]) % 7
        back = 7 if back == 0 and match["gone"] else back
        return _Day(today - back * day, today - back * day, "day", 5)
    if kind == "range":
        back = (today.weekday() - _WEEKDAYS[match["two"]]) % 7
        if match["aftermidnight"]:
            return _Day(today - back * day, today - back * day, "day", 8)
        return _Day(today - (back + 1) * day, today - back * day, "range", 8)
    if kind == "week":
        return _last_period(match["week"], today)
    return _ago(match, today) if kind == "ago" else _Day()


def _last_period(words: str, today: dt.date) -> _Day:
    if "الاسبوع" in words:
        monday = today - dt.timedelta(days=today.weekday() + 7)
        return _Day(monday, monday + dt.timedelta(days=6), "range", 4)
    if "الشهر" in words:
        last = today.replace(day=1) - dt.timedelta(days=1)
        return _Day(last.replace(day=1), last, "month", 4)
    return _Day(dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31), "unknown", 2)


def _ago(match: re.Match[str], today: dt.date) -> _Day:
    unit, counted = match["unit"], match["n"]
    count = int(counted) if counted and counted.isdecimal() else UNITS.get(counted or "", 0)
    if unit.startswith(("ساع", "قليل")):
        return _Day(today, today, "day", 4)
    fixed = {"يوم": 1, "يومين": 2, "اسبوع": 7, "اسبوعين": 14}
    if unit in fixed:
        return _before(today, fixed[unit])
    if unit == "ايام" and count:
        return _before(today, count)
    if unit == "اسابيع" and count:
        return _before(today, 7 * count)
    months = {"شهر": 1, "شهرين": 2, "عام": 12, "سنه": 12, "عامين": 24, "سنتين": 24}.get(unit, 0)
    months = months or count * (1 if unit in ("اشهر", "شهور") else 12 if unit in ("سنوات", "اعوام") else 0)
    if not months or months >= 36:
        return _Day(dt.date(today.year - 30, 1, 1), today - dt.timedelta(days=20), "unknown", 1)
    return _Day(
        today - dt.timedelta(days=31 * months + 15), today - dt.timedelta(days=28 * months - 15), "unknown", 3
    )


def _before(today: dt.date, days: int) -> _Day:
    date = today - dt.timedelta(days=days)
    return _Day(date, date, "day", 6)
