"""A made-up campaign like that of October 2023 to February 2024, told by newsrooms that err and read by a
reader that errs: the truth is known, so resolution can be measured on it at any size and any noise."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.records import Reported
from tests.builders import shorthand

START = dt.date(2023, 10, 17)
LOCAL_OFFSET = dt.timedelta(hours=3)
# Sites by how often they were attacked, with the coarser names that the news uses for them.
SITES = {
    "ain_al_asad": (38, ("anbar", "anbar", "Iraq")),
    "erbil_air_base": (17, ("erbil", "erbil", "kurdistan_region", "Iraq")),
    "harir": (13, ("erbil_province", "kurdistan_region", "Iraq")),
    "us_embassy_baghdad": (3, ("green_zone", "baghdad", "Iraq")),
    "camp_victory": (5, ("baghdad_airport", "baghdad", "Iraq")),
    "al_tanf": (17, ("homs_province", "Syria")),
    "mss_euphrates": (19, ("deir_ez_zor_province", "deir_ez_zor", "Syria")),
    "green_village": (17, ("deir_ez_zor_province", "deir_ez_zor", "Syria")),
    "rumalyn": (9, ("kharab_al_jir", "hasakah_province", "hasakah", "Syria")),
    "shaddadi": (14, ("hasakah_province", "hasakah", "Syria")),
}
WEAPONS = ("drone", "drone", "drone", "rocket", "rocket", "ballistic_missile")
MISTAKEN = {"drone": "rocket", "rocket": "mortar", "ballistic_missile": "rocket"}


@dataclass(frozen=True, slots=True)
class Noise:
    """How often a report errs or leaves out."""

    no_weapon: float = 0.12
    wrong_weapon: float = 0.06
    coarse_place: float = 0.15
    wrong_site: float = 0.005
    undated: float = 0.08
    day_off: float = 0.05
    no_hours: float = 0.7
    wrong_hours: float = 0.03
    no_count: float = 0.5
    recalled: float = 0.06  # an article also recalls an earlier attack as background
    roundup: float = 0.25  # an article tells of all attacks of the day


@dataclass(frozen=True, slots=True)
class Attack:
    """What really happened."""

    name: str
    site: str
    day: dt.date
    hour: int
    weapon: str
    count: int
    wounded: int


def attacks(number: int, days: int, chance: random.Random) -> list[Attack]:
    """Attacks by site and day as the campaign had them: at most one a site and half day."""
    taken: set[tuple[str, dt.date, bool]] = set()
    made: list[Attack] = []
    names, weights = list(SITES), [often for often, _ in SITES.values()]
    while len(made) < number:
        site = chance.choices(names, weights)[0]
        day = START + dt.timedelta(days=chance.randrange(days))
        hour = chance.choice((2, 4, 6, 9, 13, 18, 21, 23))
        half = (site, day, hour < 12)
        # A second attack on a site in one day was rare: about one in thirty.
        if half in taken or ((site, day, hour >= 12) in taken and chance.random() > 0.3):
            continue
        taken.add(half)
        made.append(
            Attack(
                name=f"t{len(made)}",
                site=site,
                day=day,
                hour=hour,
                weapon=chance.choice(WEAPONS),
                count=chance.choice((1, 2, 2, 3, 5, 15)),
                wounded=chance.choice((0, 0, 0, 0, 0, 1, 2, 8)),
            )
        )
    return sorted(made, key=lambda attack: (attack.day, attack.hour, attack.name))


def campaign(
    number: int = 150, days: int = 110, each: int = 10, seed: int = 1, noise: Noise | None = None
) -> tuple[list[Reported], list[list[str]]]:
    """Reports of a campaign and, as gold, the report ids of each attack."""
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    noise = noise or Noise()
    happened = attacks(number, days, chance)
    gold: dict[str, list[str]] = {attack.name: [] for attack in happened}
    reports: list[Reported] = []
    article = 0
    for attack in happened:
        for _ in range(max(1, round(chance.gauss(each, each / 2)))):
            article += 1
            published = _published(attack, chance)
            told = _told_by_one_article(attack, published, happened, chance, noise)
            kind = chance.choice(("wire", "local", "local", "regional", "world", "aggregator"))
            for at, (other, current) in enumerate(told):
                report_id = f"n{article}-{at}"
                line = " ".join(_words(other, published, current, chance, noise))
                report = shorthand(f"{report_id} {line} {kind} fam=F{chance.randrange(60)}")
                reports.append(replace(report, published_at=published, seen_at=published))
                gold[other.name].append(report_id)
    return _one_family_an_article(reports), [ids for ids in gold.values() if ids]


def _one_family_an_article(reports: list[Reported]) -> list[Reported]:
    first: dict[str, Reported] = {}
    for report in reports:
        first.setdefault(report.report.article_id, report)
    return [replace(r, family=first[r.report.article_id].family) for r in reports]


def _told_by_one_article(
    attack: Attack, published: dt.datetime, happened: list[Attack], chance: random.Random, noise: Noise
) -> list[tuple[Attack, bool]]:
    told = [(attack, True)]
    if chance.random() < noise.roundup:
        same_day = [
            other
            for other in happened
            if other.day == attack.day and other is not attack and _moment(other) < published
        ]
        told += [(other, True) for other in same_day]
    if chance.random() < noise.recalled:
        week = dt.timedelta(days=12)
        before = [other for other in happened if attack.day - week <= other.day < attack.day]
        told += [(chance.choice(before), False)] if before else []
    return told


def _published(attack: Attack, chance: random.Random) -> dt.datetime:
    """Most within half a day, some on the next."""
    hours = chance.choice((1, 2, 3, 4, 6, 8, 10, 12, 16, 22, 28))
    return _moment(attack) + dt.timedelta(hours=hours, minutes=chance.randrange(60))


def _moment(attack: Attack) -> dt.datetime:
    return dt.datetime.combine(attack.day, dt.time(attack.hour), tzinfo=dt.UTC) - LOCAL_OFFSET


def _words(
    attack: Attack, published: dt.datetime, current: bool, chance: random.Random, noise: Noise
) -> Iterator[str]:
    yield _place(attack, chance, noise)
    local_day = (published + LOCAL_OFFSET).date()
    if current and chance.random() < noise.undated:
        yield "undated"
    elif chance.random() < noise.day_off:
        off = chance.choice((-1, 1)) if local_day > attack.day else -1
        yield (attack.day + dt.timedelta(days=off)).isoformat()
    else:
        yield attack.day.isoformat()
    yield _weapon(attack.weapon, chance, noise)
    if chance.random() > noise.no_count:
        yield f"n={attack.count}"
    if chance.random() > noise.no_hours:
        hour = chance.randrange(24) if chance.random() < noise.wrong_hours else attack.hour
        yield _part(hour) if chance.random() < 0.7 else f"{hour:02d}:{chance.randrange(60):02d}"
    if attack.wounded and chance.random() < 0.5:
        yield f"w={attack.wounded}"
    yield from _who(chance)
    if not current:
        yield "bg"


def _place(attack: Attack, chance: random.Random, noise: Noise) -> str:
    if chance.random() < noise.wrong_site:
        return chance.choice(list(SITES))
    return chance.choice(SITES[attack.site][1]) if chance.random() < noise.coarse_place else attack.site


def _weapon(weapon: str, chance: random.Random, noise: Noise) -> str:
    roll = chance.random()
    if roll < noise.no_weapon:
        return "unknown"
    return MISTAKEN[weapon] if roll < noise.no_weapon + noise.wrong_weapon else weapon


def _part(hour: int) -> str:
    parts = ((3, "night"), (6, "dawn"), (11, "morning"), (13, "noon"), (17, "afternoon"), (20, "evening"))
    return next((name for limit, name in parts if hour < limit), "night")


def _who(chance: random.Random) -> Iterator[str]:
    yield from chance.choice(
        [["us"], ["us"], ["security_source"], [], ["claimed=islamic_resistance_in_iraq"]]
    )
