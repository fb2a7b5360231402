"""How values are put into words on the page. Pure; nothing here is markup but `bdi` and `arabic`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

# Longest quote and headline that a page repeats of an article.
QUOTE_CHARACTERS = 320
TITLE_CHARACTERS = 200

# Control characters, lone surrogates, direction controls, separators of lines, and what XML cannot hold.
STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)

# status -> (word, mark, what it means)
STATUSES: Mapping[str, tuple[str, str, str]] = {
    "confirmed": ("Confirmed", "●", "An official body says that it happened."),
    "corroborated": (
        "Corroborated",
        "◐",
        "Two or more independent publishers report it; no official body does.",
    ),
    "single_source": ("One source", "○", "One publisher reports it."),
    "claimed": ("Claimed only", "◇", "Only the attackers say so. Not counted among the attacks."),
    "disputed": ("Disputed", "✕", "An official denial stands. Not counted."),
    "dismissed": ("Dismissed", "–", "An analyst found that it is not an attack in scope. Not counted."),
}
WEAPONS: Mapping[str, str] = {
    "drone": "Drone", "rocket": "Rocket", "ballistic_missile": "Ballistic missile",
    "cruise_missile": "Cruise missile", "mortar": "Mortar", "ied": "Bomb (IED)", "small_arms": "Small arms",
    "mixed": "Several weapons", "unknown": "Not stated",
}  # fmt: skip
BODIES: Mapping[str, str] = {
    "us": "US officials", "coalition": "the US-led coalition", "host_government": "the host government",
    "security_source": "a security source",
}  # fmt: skip
FIELDS: Mapping[str, str] = {
    "date": "Day", "clock": "Local time", "day_part": "Part of day", "country": "Country", "site": "Place",
    "target_kind": "Target", "weapon": "Weapon", "munitions": "Munitions", "intercepted": "Intercepted",
    "killed": "Killed", "wounded": "Wounded", "us_killed": "US killed", "us_wounded": "US wounded",
    "damage": "Damage", "claimed_by": "Claimed by", "attributed_to": "Blamed on",
    "confirmed_by": "Confirmed by", "denied_by": "Denied by",
}  # fmt: skip
RULES: Mapping[str, str] = {
    "single_report": "one report says so",
    "majority_of_voices": "what most independent voices say",
    "highest_supported": "the highest figure with good support",
    "newest_correction": "the newest correction",
    "most_precise": "the most precise place named",
    "widened": "the range that all reports span",
    "strongest": "the strongest statement",
    "not_stated": "no report says",
    "analyst": "set by an analyst",
}
DAMAGE: Mapping[str, str] = {
    "none": "none", "minor": "minor", "major": "major", "unspecified": "some, how much is not said",
}  # fmt: skip
FLAGS: Mapping[str, str] = {
    "casualties_disagree": "reports disagree on casualties",
    "weapon_disagree": "reports disagree on the weapon",
    "date_disagree": "reports disagree on the day",
    "low_confidence": "low confidence",
    "site_not_in_use": "the place is named outside the years in which US forces are known to have used it",
    "possible_duplicate": "may be the same attack as another record",
    "ambiguous_report": "a report may tell of this attack or of another",
}
PRECISIONS: Mapping[str, str] = {
    "site": "the site itself", "city": "the city only", "province": "the province only",
    "country": "the country only",
}  # fmt: skip


def clean(text: str) -> str:
    """Outside text without what steers a reader's screen: control characters, direction overrides."""
    return text if text.isascii() and text.isprintable() else STEERING.sub(" ", text)


def is_steering(char: str) -> bool:
    """Whether `clean` takes this character out."""
    return STEERING.fullmatch(char) is not None


def printed(value: Any) -> Any:
    """What a template prints for a value: outside text cleaned, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return clean(value)
    return value


def is_said(name: str, value: Any) -> bool:
    """Whether a field's value says anything. "none" is a statement of damage and interception, and an absence
    of it in who confirms or denies."""
    if value is None or value == "":
        return False
    if name in ("confirmed_by", "denied_by"):
        return bool(value != "none")
    return not (name == "weapon" and value == "unknown")


def shortened(text: str, limit: int = QUOTE_CHARACTERS) -> str:
    """The text, cut at a word's end where it is longer than the limit."""
    text = " ".join(clean(text).split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut) + "…"


def weblink(url: str | None) -> str | None:
    """The address where it is one that a page may link to: http or https, with a host, without oddities."""
    if not url or len(url) > 2000 or any(c.isspace() or is_steering(c) for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None


def long_day(day: dt.date | None) -> str:
    """'8 December 2023'."""
    return f"{day.day} {day:%B} {day.year}" if day else "date not known"


def short_day(day: dt.date | None) -> str:
    """'8 Dec 2023'."""
    return f"{day.day} {day:%b} {day.year}" if day else "–"


def moment(value: dt.datetime | None) -> str:
    """'8 Dec 2023, 14:05 UTC'."""
    return f"{short_day(value.date())}, {value:%H:%M} UTC" if value else "–"


def when(row: Mapping[str, Any]) -> str:
    """The day of an incident as well as it is known."""
    first, last = row["date_earliest"], row["date_latest"]
    if row["date"]:
        return long_day(row["date"])
    if first and last and first != last:
        return f"between {long_day(first)} and {long_day(last)}"
    if first or last:
        return long_day(first or last)
    return "date not stated"


def number(value: int | None) -> str:
    """'1,234', or a dash for what is not known."""
    return "–" if value is None else f"{value:,}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 attack', '2 attacks'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def spelled(slug: Any) -> str:
    """A slug of ours as words: 'oil_field' -> 'oil field'."""
    return str(slug).replace("_", " ")


def uncapitalised(label: str) -> str:
    """'Local time' inside a sentence: 'local time'; 'US killed' stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def munitions(low: int | None, high: int | None) -> str | None:
    """'3', '1 to 3', 'at least 2', 'up to 20'; None where no number is stated."""
    if low is None and high is None:
        return None
    if low == high:
        return str(low)
    if high is None:
        return f"at least {low}"
    return f"up to {high}" if low is None else f"{low} to {high}"


def short_title(row: Mapping[str, Any]) -> str:
    """What happened in a few words, without place and day: 'Drone attack (3 drones)'."""
    weapon = {"ied": "Bomb attack", "small_arms": "Gun attack", "mixed": "Attack with several weapons"}.get(
        row["weapon"], "Attack" if row["weapon"] == "unknown" else f"{WEAPONS[row['weapon']]} attack"
    )
    count = munitions(row["munitions_min"], row["munitions_max"])
    nouns = {"drone": "drones", "rocket": "rockets", "mortar": "rounds"}
    if not count or row["weapon"] in ("ied", "small_arms"):
        return weapon
    noun = nouns.get(row["weapon"], "missiles" if "missile" in row["weapon"] else "munitions")
    return f"{weapon} ({count} {noun[:-1] if count == '1' else noun})"


def headline(row: Mapping[str, Any]) -> str:
    """'Drone attack (3 drones) on Green Village, Syria'."""
    place = row["site"] or row["country"] or "an unnamed place"
    country = f", {row['country']}" if row["country"] and row["country"] != place else ""
    joint = "on" if row["place_precision"] == "site" else "in" if row["site"] or row["country"] else "at"
    return f"{short_title(row)} {joint} {place}{country}"


def casualties(row: Mapping[str, Any]) -> str | None:
    """'3 killed (3 US), 25 wounded', 'none hurt', or None where nobody says."""
    if row["killed"] == 0 and row["wounded"] == 0:
        return "none hurt"
    parts = [
        f"{row[what]} {what}" + (f" ({row['us_' + what]} US)" if row["us_" + what] else "")
        for what in ("killed", "wounded")
        if row[what]
    ]
    parts += [
        f"{row['us_' + what]} US {what}"
        for what in ("killed", "wounded")
        if not row[what] and row["us_" + what]
    ]
    return ", ".join(parts) or None


def listed(words: Iterable[str]) -> str:
    """'a, b and c'."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def marked(quote: str, start: int, spans: Sequence[tuple[int, int, str]]) -> Markup:
    """A quote with the words that values stand on marked; `start` and spans are offsets in the article.

    Overlapping spans become one mark that names all their fields.
    """
    out, at = Markup(), 0
    for low, high, fields in joined(spans, start, start + len(quote)):
        out += clean(quote[at : low - start])
        words = clean(quote[low - start : high - start])
        out += Markup('<mark title="{}">{}</mark>').format(", ".join(fields), words)
        at = high - start
    return out + clean(quote[at:])


def joined(
    spans: Sequence[tuple[int, int, str]], start: int, end: int
) -> list[tuple[int, int, tuple[str, ...]]]:
    """The spans inside a quote, those that overlap made one, in the order of the text."""
    merged: list[tuple[int, int, tuple[str, ...]]] = []
    for low, high, field in sorted(spans):
        if low < start or high > end or (low, high) == (start, end):
            continue
        if merged and low < merged[-1][1]:
            first, last, fields = merged[-1]
            merged[-1] = (first, max(last, high), tuple(dict.fromkeys((*fields, field))))
        else:
            merged.append((low, high, (field,)))
    return merged
