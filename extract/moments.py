"""Publication moments as feeds and pages write them -> aware UTC datetimes with a status. Pure.

The status says how far to trust the moment: `found` has a zone; `naive` has none, and is read as UTC (so it
may be up to 14 hours off); `implausible` is before 1990 or after tomorrow and comes with no moment.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from dataclasses import dataclass

from extract.records import MomentStatus

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
FUTURE_SLACK = dt.timedelta(days=1)
_MAX_LENGTH = 120

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
    # Arabic, as in Egypt and the Gulf, and as in Iraq and Syria
    "يناير": 1, "فبراير": 2, "مارس": 3, "أبريل": 4, "ابريل": 4, "إبريل": 4, "مايو": 5, "يونيو": 6,
    "يونيه": 6, "يوليو": 7, "يوليه": 7, "أغسطس": 8, "اغسطس": 8, "سبتمبر": 9, "أكتوبر": 10, "اكتوبر": 10,
    "نوفمبر": 11, "ديسمبر": 12,
    "كانون الثاني": 1, "شباط": 2, "آذار": 3, "اذار": 3, "نيسان": 4, "أيار": 5, "ايار": 5, "حزيران": 6,
    "تموز": 7, "آب": 8, "اب": 8, "أيلول": 9, "ايلول": 9, "تشرين الأول": 10, "تشرين الاول": 10,
    "تشرين الثاني": 11, "كانون الأول": 12, "كانون الاول": 12,
    # German, French, Spanish, Turkish: world services that write month names in their feeds
    "januar": 1, "februar": 2, "märz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12,
    "janvier": 1, "février": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "septembre": 9,
    "octobre": 10, "novembre": 11, "décembre": 12,
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
    "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
    "ocak": 1, "şubat": 2, "mart": 3, "nisan": 4, "mayıs": 5, "haziran": 6, "temmuz": 7, "ağustos": 8,
    "eylül": 9, "ekim": 10, "kasım": 11, "aralık": 12,
}  # fmt: skip
# Zone names that mean one thing. AST, BST, IST, GST and the like mean several and count as no zone.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "est": -300, "edt": -240, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
    "trt": 180,
}  # fmt: skip
_ISO = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s_]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d+)?)?)?\s*(.*)$",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?\s*(Z|[+-]\d{2}:?\d{2})?$")
_OFFSET = re.compile(r"^(?:gmt|utc)?\s*([+-])(\d{1,2}):?(\d{2})?$", re.IGNORECASE)
_NAMED = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)?[\s./-]*(?:de\s+)?({_NAMED})[\s.,/-]*(?:de\s+)?(\d{{4}}|\d{{2}})\b"
)
_MONTH_DAY = re.compile(rf"\b({_NAMED})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(am|pm|a\.m\.|p\.m\.|ص|م)?(?![\d:])", re.IGNORECASE
)
_ZONE_AT_END = re.compile(
    r"([+-]\d{1,2}:?\d{2}|\b[A-Za-z]{1,5}(?:[+-]\d{1,2}(?::?\d{2})?)?)\s*(?:\([^)]*\))?\s*$"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC, or None, and how it came about. `precise` is False for a day without a time."""

    at: dt.datetime | None
    status: MomentStatus
    precise: bool = True


NOT_STATED = Moment(None, "not_stated")


def read_moment(text: str | None, now: dt.datetime) -> Moment:
    """What a date string says. Unreadable strings are `not_stated`; a day alone is its midnight, `naive`."""
    if not text or len(text) > _MAX_LENGTH:
        return NOT_STATED
    cleaned = " ".join(text.translate(_DIGITS).split())
    try:
        found = (
            _iso(cleaned) or _compact(cleaned) or _epoch(cleaned) or _mail(cleaned) or _named(cleaned.lower())
        )
    except (ValueError, OverflowError):
        return Moment(None, "implausible")
    if found is None:
        return NOT_STATED
    moment, zoned, precise = found
    return checked(moment, zoned=zoned, now=now, precise=precise)


def checked(moment: dt.datetime, *, zoned: bool, now: dt.datetime, precise: bool = True) -> Moment:
    """The moment with its status; `moment` is aware."""
    try:
        utc = moment.astimezone(dt.UTC)
    except OverflowError:
        return Moment(None, "implausible")
    if not EARLIEST <= utc <= now + FUTURE_SLACK:
        return Moment(None, "implausible")
    return Moment(utc, "found" if zoned else "naive", precise)


_Found = tuple[dt.datetime, bool, bool]


def _iso(text: str) -> _Found | None:
    match = _ISO.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, rest = match.groups()
    return _built(int(year), int(month), int(day), hour, minute, second, rest)


def _compact(text: str) -> _Found | None:
    match = _COMPACT.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, rest = match.groups()
    return _built(int(year), int(month), int(day), hour, minute, second, rest or "")


def _epoch(text: str) -> _Found | None:
    if not re.fullmatch(r"\d{10}|\d{13}", text):
        return None
    return dt.datetime.fromtimestamp(int(text[:10]), dt.UTC), True, True


def _mail(text: str) -> _Found | None:
    """RFC 822 and its cousins, with the zones that mean one thing."""
    if re.search(r"\d\s*[ap]\.?m\b", text, re.IGNORECASE):
        return None  # the mail parser passes over it, and noon becomes midnight
    if re.search(r"(?<![+\-\d:])0\d{3}(?!\d)", text):
        raise ValueError("year 1, which the mail parser takes for 2001")
    parsed = email.utils.parsedate_tz(text)
    if parsed is None or not re.search(r"[A-Za-z]{3}", text) or not re.search(r"\d{1,2}:\d{2}", text):
        return None
    year, month, day, hour, minute, second = parsed[:6]
    zone = _zone_of(text)
    if year < 100:
        return None
    extra = dt.timedelta(days=1) if (hour, minute) == (24, 0) else dt.timedelta(0)
    naive = dt.datetime(year, month, day, hour % 24, minute, min(second, 59)) + extra
    return naive.replace(tzinfo=zone or dt.UTC), zone is not None, True


def _named(text: str) -> _Found | None:
    text = text.lower()
    if match := _DAY_MONTH.search(text):
        day, month, year = match.groups()
    elif match := _MONTH_DAY.search(text):
        month, day, year = match.groups()
    else:
        return None
    full_year = int(year) + (2000 if len(year) == 2 else 0)
    clock = _CLOCK.search(text)
    hour, minute, second = clock.group(1, 2, 3) if clock else (None, None, None)
    if clock and clock[4]:
        hour = str(int(clock[1]) % 12 + (12 if clock[4][0] in "pم" else 0))
    zone = _zone_of(text) if clock else None
    return _built(full_year, _MONTHS[month], int(day), hour, minute, second, "", zone)


def _built(
    year: int,
    month: int,
    day: int,
    hour: str | None,
    minute: str | None,
    second: str | None,
    rest: str,
    zone: dt.timezone | None = None,
) -> _Found:
    zone = zone or _zone(rest)
    extra = dt.timedelta(days=1) if hour == "24" else dt.timedelta(0)
    naive = dt.datetime(year, month, day, int(hour or 0) % 24, int(minute or 0), min(int(second or 0), 59))
    return (
        (naive + extra).replace(tzinfo=zone or dt.UTC),
        zone is not None and hour is not None,
        hour is not None,
    )


def _zone_of(text: str) -> dt.timezone | None:
    match = _ZONE_AT_END.search(text)
    return _zone(match[1]) if match else None


def _zone(text: str) -> dt.timezone | None:
    low = text.strip().lower()
    if not low:
        return None
    if low in _ZONES:
        return dt.timezone(dt.timedelta(minutes=_ZONES[low]))
    if match := _OFFSET.match(low):
        sign, hours, minutes = match.groups()
        offset = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
        if offset < dt.timedelta(hours=15):
            return dt.timezone(-offset if sign == "-" else offset)
    return None
