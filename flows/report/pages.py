"""What each page says: rows of the warehouse as the values that the templates print. Pure; writes nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from extract.knowledge import Knowledge
from flows.report import charts, words
from flows.report import map as site_map
from flows.report.words import FIELDS, STATUSES, WEAPONS
from warehouse.report import IncidentRows, ReportData, Row

LOCAL = ZoneInfo("Asia/Baghdad")
NEWEST = 12
# A campaign's count may begin some days before the first attack that the data tell of one by one.
DAYS_WITHOUT_NEWS = 14
ROWS_WITHOUT_SCRIPT = 100
FEED_ENTRIES = 100
QUOTES_OF_A_REPORT = 6
WEEKS_SHOWN, WEEKS_SHOWN_NARROW = 60, 24
COUNTED = ("confirmed", "corroborated", "single_source")
# An id that may be part of a file's name. Ours always are; a warehouse of somebody else's may hold anything.
ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
# Weapons as the charts group them, from the floor up.
STACKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "drone": ("Drones", ("drone",)),
    "rocket": ("Rockets", ("rocket",)),
    "mixed": ("Several weapons", ("mixed",)),
    "missile": ("Missiles", ("ballistic_missile", "cruise_missile")),
    "other": ("Mortars, bombs, guns", ("mortar", "ied", "small_arms")),
    "unknown": ("Not stated", ("unknown",)),
}
GROUP_OF = {weapon: group for group, (_, weapons) in STACKS.items() for weapon in weapons}
_OFFICIAL = re.compile(
    r"pentagon|official|centcom|central command|defen[cs]e|military|coalition|spokes|white house|general",
    re.I,
)
_NOT_OFFICIAL = re.compile(r"observatory|monitor|analyst|institute|resistance", re.I)


@dataclass(frozen=True)
class Edition:
    """Everything that the pages are made of, with what several of them need worked out once."""

    data: ReportData
    knowledge: Knowledge
    notice: str = ""  # said on top of every page, such as that this is a demonstration

    @cached_property
    def as_of(self) -> dt.date | None:
        """The local day up to which the data go."""
        at = self.data.last_run_at
        return at.astimezone(LOCAL).date() if at else self.data.live_until

    @cached_property
    def shown(self) -> tuple[IncidentRows, ...]:
        """The incidents that have a page."""
        return tuple(i for i in self.data.incidents if ID.fullmatch(i.incident["incident_id"]))

    @cached_property
    def listed(self) -> tuple[IncidentRows, ...]:
        """Those in the lists: what is told as news, and documented history."""
        return tuple(i for i in self.shown if i.incident["current"])

    @cached_property
    def live(self) -> tuple[IncidentRows, ...]:
        """Those that reports tell of as news."""
        return tuple(i for i in self.listed if i.incident["origin"] == "live")

    @cached_property
    def by_site(self) -> dict[str, list[IncidentRows]]:
        """Listed incidents by place, newest first."""
        grouped: defaultdict[str, list[IncidentRows]] = defaultdict(list)
        for item in self.listed:
            site_id = item.incident["site_id"]
            if site_id and ID.fullmatch(site_id):
                grouped[site_id].append(item)
        return dict(grouped)

    @cached_property
    def by_month(self) -> dict[str, list[IncidentRows]]:
        """Listed incidents by month of their day ('2023-11'), newest first."""
        grouped: defaultdict[str, list[IncidentRows]] = defaultdict(list)
        for item in self.listed:
            if item.incident["day"]:
                grouped[f"{item.incident['day']:%Y-%m}"].append(item)
        return dict(grouped)

    def site_names(self, site_id: str | None, name: str | None) -> tuple[str, str]:
        """The name of a place and its Arabic name, or an empty one."""
        site = self._site(site_id)
        return (site.name, site.name_ar or "") if site else (words.clean(name or ""), "")

    def _site(self, site_id: str | None) -> Any:
        try:
            return self.knowledge.site(site_id) if site_id else None
        except KeyError:
            return None

    def actor(self, actor_id: str | None) -> str:
        """The name of an actor."""
        try:
            return self.knowledge.actor(actor_id).name if actor_id else ""
        except KeyError:
            return words.spelled(actor_id)

    def actor_ar(self, actor_id: str | None) -> str:
        """Its Arabic name, or nothing."""
        try:
            return (self.knowledge.actor(actor_id).name_ar or "") if actor_id else ""
        except KeyError:
            return ""


# --- an incident in a list ---


def line(edition: Edition, item: IncidentRows) -> dict[str, Any]:
    """What lists show of an incident."""
    row = item.incident
    site, site_ar = edition.site_names(row["site_id"], row["site"])
    status, mark, meaning = STATUSES[row["status"]]
    seeded = row["origin"] == "seed"
    return {
        "id": row["incident_id"],
        "day": row["day"],
        "when": words.when(row),
        "headline": words.headline(row),
        "title": words.short_title(row),
        "site": site or None,
        "site_ar": site_ar,
        "site_id": row["site_id"] if row["site_id"] in edition.by_site else None,
        "country": row["country"],
        "weapon": row["weapon"],
        "weapon_name": WEAPONS.get(row["weapon"], row["weapon"]),
        "status": "seeded" if seeded else row["status"],
        "status_name": "Documented history" if seeded else status,
        "mark": "□" if seeded else mark,
        "meaning": meaning,
        "casualties": words.casualties(row),
        "publishers": row["publishers"],
        "claimed_by": edition.actor(row["claimed_by"]),
        "counted": bool(row["counts_attacks"]),
    }


# --- the first page ---


def overview(edition: Edition) -> dict[str, Any]:
    """The first page."""
    data = edition.data
    tally = {row["country"]: row for row in data.tally}
    return {
        "tally": [tally[c] for c in ("Iraq", "Syria", "all") if c in tally],
        "outside": [r for r in data.tally if not r["in_tally"] and r["attacks"] + r["claimed_only"]],
        "all": tally["all"],
        "live_from": data.live_from,
        "stated": latest_official(edition),
        "trend": trend(edition),
        "cumulative": cumulative_charts(edition),
        "weekly": weekly_chart(edition),
        "map": overview_map(edition),
        "newest": [line(edition, item) for item in edition.live[:NEWEST]],
        "months": months_table(edition),
        "claimants": [
            {**row, "name": edition.actor(row["claimed_by"]) or "Nobody, as far as the reports say",
             "name_ar": edition.actor_ar(row["claimed_by"])}
            for row in data.claimants
            if row["attacks"] or row["claimed_only"]
        ],
        "stacks": {group: label for group, (label, _) in STACKS.items()},
    }  # fmt: skip


def is_official(edition: Edition, speaker: str | None) -> bool:
    """Whether a stated count is an official body's own, by who states it."""
    if not speaker:
        return False
    try:
        return edition.knowledge.actor(speaker).side in ("us", "coalition", "host_government")
    except KeyError:
        return bool(_OFFICIAL.search(speaker)) and not _NOT_OFFICIAL.search(speaker)


def speaker_name(edition: Edition, speaker: str | None) -> str:
    """Who states a count, for people."""
    name = edition.actor(speaker) if speaker else ""
    return name[:1].upper() + name[1:] if name else "Not said by whom"


def official_counts(edition: Edition) -> list[Row]:
    """Officials' counts of attacks with both ends of their window, oldest first."""
    return [
        row
        for row in edition.data.stated
        if row["as_of"] and row["since"] and row["stated_total"] is not None
        and (edition.as_of is None or row["as_of"] <= edition.as_of)
        and is_official(edition, row["speaker"])
    ]  # fmt: skip


def latest_official(edition: Edition) -> dict[str, Any] | None:
    """The newest official count, of the window that the charts show where there is one, beside ours over the
    same days; with what is to be said where our data do not cover them."""
    counts = official_counts(edition)
    window = campaign_window(edition)
    same = [row for row in counts if window and row["since"] == window[0]] or counts
    if not same:
        return None
    row = max(same, key=lambda r: (r["as_of"], r["stated_iraq"] is not None, r["stated_total"]))
    live_from = edition.data.live_from
    return {
        **row,
        "who": speaker_name(edition, row["speaker"]),
        "link": words.weblink(row["url"]),
        "source": row["outlet"] or "the source",
        "covered": live_from is not None and row["as_of"] >= live_from,
        "partly": live_from is not None and (live_from - row["since"]).days > DAYS_WITHOUT_NEWS,
    }


def campaign_window(edition: Edition) -> tuple[dt.date, dt.date] | None:
    """The days of the cumulative charts: since the day from which officials' counts of our days run, of
    several such days the one with most counts; else since the first live attack. Up to the last day of the
    data."""
    data, last = edition.data, edition.as_of
    if data.live_from is None or data.live_until is None or last is None:
        return None
    overlapping = Counter(
        row["since"]
        for row in official_counts(edition)
        if row["since"] <= data.live_until and row["as_of"] >= data.live_from
    )
    since = max(overlapping, key=lambda day: (overlapping[day], -day.toordinal()), default=data.live_from)
    return min(since, last - dt.timedelta(days=7)), last


def trend(edition: Edition) -> dict[str, int] | None:
    """Attacks in the last 30 days of the data and in the 30 before."""
    last = edition.as_of
    if last is None or edition.data.live_from is None:
        return None
    days = Counter[int]()
    for row in edition.data.days:
        if row["country"] in ("Iraq", "Syria") and row["day"]:
            days[(last - row["day"]).days // 30] += row["attacks"]
    return {"last": days[0], "before": days[1]}


def cumulative_charts(edition: Edition) -> dict[str, Any] | None:
    """A panel for both countries, for Iraq and for Syria, on one scale; and the table behind them."""
    window = campaign_window(edition)
    if window is None:
        return None
    stated = [row for row in official_counts(edition) if row["since"] == window[0]]
    stated = [row for row in stated if row["as_of"] <= window[1]]
    panels = []
    totals = {}
    for name, countries, column in (
        ("Iraq and Syria", ("Iraq", "Syria"), "stated_total"),
        ("Iraq", ("Iraq",), "stated_iraq"),
        ("Syria", ("Syria",), "stated_syria"),
    ):
        points = stated_points(edition, stated, column)
        attacks, confirmed = (by_day(edition, countries, what) for what in ("attacks", "confirmed"))
        totals[name] = max([charts.in_window(attacks, window), *(p.value for p in points)])
        panels.append((name, attacks, confirmed, points))
    greatest = max(totals.values())
    drawn = [
        (name, charts.cumulative(
            f"cumulative-{index}", cumulative_words(name, attacks, confirmed, points, window),
            attacks, confirmed, points, window, greatest))
        for index, (name, attacks, confirmed, points) in enumerate(panels)
    ]  # fmt: skip
    return {"since": window[0], "until": window[1], "panels": drawn, "rows": stated_rows(edition, stated)}


def by_day(edition: Edition, countries: Sequence[str], column: str) -> dict[dt.date, int]:
    """One column of the tally by day, over some countries."""
    sums = Counter[dt.date]()
    for row in edition.data.days:
        if row["country"] in countries and row["day"]:
            sums[row["day"]] += row[column]
    return dict(sums)


def stated_points(edition: Edition, stated: Iterable[Row], column: str) -> list[charts.Point]:
    """Stated counts as points, one a day and number."""
    points: dict[tuple[dt.date, int], charts.Point] = {}
    for row in stated:
        if row[column] is not None:
            who, day = speaker_name(edition, row["speaker"]), words.short_day(row["as_of"])
            label = f"{row[column]} stated by {who}, {day}"
            points.setdefault((row["as_of"], row[column]), charts.Point(row["as_of"], row[column], label))
    return sorted(points.values(), key=lambda p: (p.day, p.value))


def cumulative_words(
    name: str,
    attacks: Mapping[dt.date, int],
    confirmed: Mapping[dt.date, int],
    points: Sequence[charts.Point],
    window: tuple[dt.date, dt.date],
) -> str:
    """The panel for people who do not see it."""
    text = (
        f"{name}, {words.long_day(window[0])} to {words.long_day(window[1])}: "
        f"{charts.in_window(attacks, window)} attacks counted, "
        f"{charts.in_window(confirmed, window)} of them confirmed"
    )
    return text + (f"; officials' last count was {points[-1].value}." if points else ".")


def stated_rows(edition: Edition, stated: Iterable[Row]) -> list[dict[str, Any]]:
    """Stated counts for the table, newest first, the same count told by several once."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in stated:
        key = (row["as_of"], row["since"], row["stated_total"], row["stated_iraq"], row["stated_syria"])
        rows.setdefault(key, {
            **row, "who": speaker_name(edition, row["speaker"]), "link": words.weblink(row["url"]),
            "source": row["outlet"] or "source",
        })  # fmt: skip
    return sorted(
        rows.values(), key=lambda r: (r["as_of"] or dt.date.min, r["stated_total"] or 0), reverse=True
    )


def weekly_chart(edition: Edition) -> dict[str, Any] | None:
    """Attacks by week and weapon: a wide drawing, a narrow one of the last weeks, the table of all."""
    weeks: defaultdict[dt.date, Counter[str]] = defaultdict(Counter)
    for row in edition.data.weeks:
        weeks[row["week"]][GROUP_OF.get(row["weapon"], "other")] += row["attacks"]
    if not weeks or edition.as_of is None:
        return None
    last = max(max(weeks), edition.as_of - dt.timedelta(days=edition.as_of.weekday()))
    every = [last - dt.timedelta(weeks=n) for n in range((last - min(weeks)).days // 7 + 1)][::-1]
    present = [group for group in STACKS if any(w[group] for w in weeks.values())]

    def bars(wanted: Sequence[dt.date]) -> list[charts.Stack]:
        return [
            charts.Stack(week, tuple((g, weeks[week][g]) for g in present), week_words(week, weeks[week]))
            for week in wanted
        ]

    def drawn(name: str, count: int, width: int, height: int, kind: str) -> Markup:
        wanted = every[-count:]
        title = (
            f"Attacks by week and weapon, {words.long_day(wanted[0])} to {words.long_day(edition.as_of)}: "
            f"{sum(sum(weeks[w].values()) for w in wanted if w in weeks)} in all."
        )
        return charts.stacked(
            name, title, bars(wanted), dt.timedelta(weeks=1), width=width, height=height, kind=kind
        )

    return {
        "wide": drawn("weeks", WEEKS_SHOWN, 920, 250, "weeks wide"),
        "narrow": drawn("weeks-narrow", WEEKS_SHOWN_NARROW, 360, 240, "weeks narrow"),
        "cut": len(every) > WEEKS_SHOWN,
        "groups": [(g, STACKS[g][0], sum(w[g] for w in weeks.values())) for g in present],
        "rows": [(week, [weeks[week][g] for g in present], sum(weeks[week].values()))
                 for week in sorted(weeks, reverse=True) if weeks[week]],
    }  # fmt: skip


def week_words(week: dt.date, counts: Mapping[str, int]) -> str:
    """'Week of 6 Nov 2023: 8 attacks (drones 5, rockets 3)'."""
    parts = ", ".join(f"{STACKS[g][0].lower()} {n}" for g, n in counts.items() if n)
    total = words.plural(sum(counts.values()), "attack")
    return f"Week of {words.short_day(week)}: {total}" + (f" ({parts})" if parts else "")


def overview_map(edition: Edition) -> dict[str, Any] | None:
    """The map, with what could not be put on it."""
    spots, placeless, rows = [], 0, []
    for row in edition.data.sites:
        if not row["attacks"]:
            continue
        place = place_of(edition, row["site_id"])
        name, name_ar = edition.site_names(row["site_id"], row["site"])
        linked = row["site_id"] in edition.by_site
        if row["site_id"]:
            rows.append({**row, "name": name, "name_ar": name_ar, "linked": linked,
                         "approximate": bool(place and place[2])})  # fmt: skip
        if place is None or not linked:
            placeless += row["attacks"]
            continue
        lat, lon, approximate = place
        outside = row["country"] not in ("Iraq", "Syria")
        note = f"{name}, {row['country']}: {words.plural(row['attacks'], 'attack')}"
        note += " (approximate place)" if approximate else ""
        note += " (outside the tallies)" if outside else ""
        spots.append(site_map.Spot(
            name=name, lat=lat, lon=lon, attacks=row["attacks"], approximate=approximate,
            href=f"sites/{row['site_id']}.html", note=note, outside=outside,
        ))  # fmt: skip
    if not spots:
        return None
    total = sum(spot.attacks for spot in spots)
    title = (
        f"Map of Iraq and Syria with {words.plural(len(spots), 'place')} of {words.plural(total, 'attack')}."
    )
    return {
        "svg": site_map.overview("map", title, spots),
        "placeless": placeless,
        "rows": rows,
        "approximate": any(spot.approximate for spot in spots),
    }


def place_of(edition: Edition, site_id: str | None) -> tuple[float, float, bool] | None:
    """Latitude, longitude, and whether the place is approximate, as its incidents have it."""
    for item in edition.by_site.get(site_id or "", ()):
        row = item.incident
        if row["lat"] is not None and row["lon"] is not None:
            return row["lat"], row["lon"], row["place_precision"] != "site"
    return None


def months_table(edition: Edition) -> list[dict[str, Any]]:
    """Iraq and Syria by month, newest first."""
    months: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in edition.data.months:
        if row["month"] is None or not any(row[c] for c in ("confirmed", "attacks", "claimed_only")):
            continue
        counts = months[row["month"]]
        if row["country"] in ("Iraq", "Syria"):
            counts[row["country"]] += row["attacks"]
            for column in ("confirmed", "attacks", "claimed_only"):
                counts[column] += row[column]
    return [
        {"month": month, "name": month_name(month), **{k: months[month][k] for k in
         ("Iraq", "Syria", "confirmed", "attacks", "claimed_only")}}
        for month in sorted(months, reverse=True)
    ]  # fmt: skip


def month_name(month: str) -> str:
    """'2023-11' as 'November 2023'."""
    first = dt.date.fromisoformat(f"{month}-01")
    return f"{first:%B %Y}"


# --- all incidents ---


def listing(edition: Edition) -> dict[str, Any]:
    """The page of all incidents: the newest as rows, all of them as data for the filters."""
    return {
        "rows": [line(edition, item) for item in edition.live[:ROWS_WITHOUT_SCRIPT]],
        "total": len(edition.live),
        "seeded": len(edition.listed) - len(edition.live),
        "months": list_of_months(edition, "live"),
        "history_months": list_of_months(edition, "seed"),
        "table": table_data(edition),
    }


def list_of_months(edition: Edition, origin: str) -> list[tuple[str, str, int]]:
    """Months, newest first, with how many incidents of that origin each has."""
    counts = (
        (month, sum(i.incident["origin"] == origin for i in items))
        for month, items in edition.by_month.items()
    )
    return [(month, month_name(month), count) for month, count in counts if count]


def table_data(edition: Edition) -> Markup:
    """All incidents in few bytes: names once, rows as arrays. Safe inside a script element."""
    sites, claimants, countries = Numbered(), Numbered(), Numbered()
    rows = []
    for item in edition.listed:
        row = item.incident
        name, arabic = edition.site_names(row["site_id"], row["site"])
        site = row["site_id"] if row["site_id"] in edition.by_site else ""
        rows.append([
            row["incident_id"], row["day"].isoformat() if row["day"] else "",
            countries.of(row["country"] or ""), sites.of((site, name, arabic)), row["weapon"],
            "seeded" if row["origin"] == "seed" else row["status"],
            words.short_title(row), words.casualties(row) or "", row["publishers"],
            claimants.of((row["claimed_by"] or "", edition.actor(row["claimed_by"]))),
        ])  # fmt: skip
    weapons = {w: [WEAPONS[w], GROUP_OF[w]] for w in WEAPONS}
    statuses = {s: [name, mark] for s, (name, mark, _) in STATUSES.items()}
    statuses["seeded"] = ["Documented history", "□"]
    value = {
        "countries": countries.all, "sites": sites.all, "claimants": claimants.all, "weapons": weapons,
        "statuses": statuses, "rows": rows,
    }  # fmt: skip
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(in_script(words.clean(text)))  # noqa: S704  (made safe for a script element by in_script)


def in_script(text: str) -> str:
    """JSON that neither ends a script element nor begins a comment in one."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


class Numbered:
    """Values by the number of their first appearance."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def of(self, value: Any) -> int:
        """The value's number."""
        return self._numbers.setdefault(value, len(self._numbers))

    @property
    def all(self) -> list[Any]:
        """The values in order of their numbers."""
        return list(self._numbers)


# --- an incident's own page ---


def incident(edition: Edition, item: IncidentRows) -> dict[str, Any]:
    """Everything that is known of one incident, on which words, who disagrees, how it came to be known."""
    row = item.incident
    return {
        **line(edition, item),
        "row": row,
        "facts": facts(edition, item),
        "unsaid": [words.uncapitalised(FIELDS[name]) for name in unsaid(edition, item)],
        "reports": [report(r) for r in item.reports],
        "history": history(edition, item),
        "reviews": item.reviews,
        "flags": [words.FLAGS.get(flag, words.spelled(flag)) for flag in row["flags"]],
        "locator": row["lat"] is not None and row["lon"] is not None and located(row),
        "precision": words.PRECISIONS.get(row["place_precision"] or "", ""),
        "month": f"{row['day']:%Y-%m}" if row["day"] and row["current"] else None,
        "source_link": words.weblink(row["source_url"]),
        "outside": row["country"] not in ("Iraq", "Syria"),
    }


def located(row: Row) -> dict[str, Any]:
    """Where the point lies on the small map."""
    x, y = site_map.projection().at(row["lon"], row["lat"])
    approximate = row["place_precision"] != "site"
    return {"x": f"{x:.0f}", "y": f"{y:.0f}", "approximate": approximate, "r": 60 if approximate else 16,
            "width": site_map.WIDTH, "height": site_map.projection().height}  # fmt: skip


def facts(edition: Edition, item: IncidentRows) -> list[dict[str, Any]]:
    """The fields that somebody states, each with its rule and what others say."""
    values = {value["field"]: value for value in item.values}
    rows = []
    for name in FIELDS:
        shown = fact(edition, item.incident, name)
        if shown is None:
            continue
        value = values.get("munitions_min" if name == "munitions" else name)
        rows.append({
            "name": FIELDS[name],
            "value": shown,
            "arabic": fact_ar(edition, item.incident, name),
            "rule": words.RULES.get(value["rule"], words.spelled(value["rule"])) if value else "",
            "reports": value["reports"] if value else 0,
            "others": [
                {"value": worded(edition, name, other["value"]), "reports": len(other["report_ids"])}
                for other in (value["others"] if value else ())
                if words.is_said(name, other["value"])
            ],
        })  # fmt: skip
    return rows


def fact(edition: Edition, row: Row, name: str) -> str | None:
    """A field in words; None where nobody states it."""
    if name == "date":
        return words.when(row) if row["date_earliest"] or row["date_latest"] or row["date"] else None
    if name == "munitions":
        return words.munitions(row["munitions_min"], row["munitions_max"])
    return worded(edition, name, row[name]) if words.is_said(name, row[name]) else None


def fact_ar(edition: Edition, row: Row, name: str) -> str:
    """The Arabic name of a place or actor."""
    if name == "site":
        return edition.site_names(row["site_id"], row["site"])[1]
    return edition.actor_ar(row[name]) if name in ("claimed_by", "attributed_to") else ""


def worded(edition: Edition, name: str, value: Any) -> str:
    """One value of a field in words."""
    if name in ("claimed_by", "attributed_to"):
        return edition.actor(str(value))
    if name in ("confirmed_by", "denied_by"):
        return words.BODIES.get(value, words.spelled(value))
    if name == "damage":
        return words.DAMAGE.get(value, words.spelled(value))
    if name == "weapon":
        return WEAPONS.get(value, words.spelled(value))
    if name == "date":
        try:
            return words.long_day(dt.date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    if name in ("killed", "wounded", "us_killed", "us_wounded"):
        return "none" if value == 0 else str(value)
    return words.spelled(value) if name in ("target_kind", "intercepted", "day_part") else str(value)


def unsaid(edition: Edition, item: IncidentRows) -> list[str]:
    """Fields that nobody states."""
    return [name for name in FIELDS if fact(edition, item.incident, name) is None]


def report(row: Row) -> dict[str, Any]:
    """One report: the article, and its words with what stands on them marked."""
    return {
        "outlet": row["outlet"],
        "title": words.shortened(row["title"] or "", words.TITLE_CHARACTERS),
        "link": words.weblink(row["url"]),
        "published_at": row["published_at"],
        "kind": row["kind"],
        "language": row["language"] if re.fullmatch(r"[a-z]{2,3}", row["language"] or "") else None,
        "background": not row["current"],
        "correction": row["correction"],
        "quotes": quotes(row["evidence"] or ()),
    }


def quotes(evidence: Sequence[Row]) -> list[dict[str, Any]]:
    """The sentences that tell of the attack, in the order of the text, with the words that values stand on
    marked; then words that stand elsewhere. Each is short, and there are few."""
    spans = sorted({(e["start"], e["end"], e["quote"]) for e in evidence}, key=lambda s: (s[0], -s[1]))
    fields: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for e in evidence:
        if e["field"] != "attack":
            fields[e["start"], e["end"]].append(words.spelled(e["field"]))
    outer: list[tuple[int, int, str]] = []
    for start, end, quote in spans:
        if not outer or end > outer[-1][1]:
            outer.append((start, end, quote))
    return [one_quote(span, fields) for span in outer[:QUOTES_OF_A_REPORT]]


def one_quote(span: tuple[int, int, str], fields: Mapping[tuple[int, int], Sequence[str]]) -> dict[str, Any]:
    """A quote, marked where it is short enough to be shown whole, and the fields that stand on it."""
    start, end, quote = span
    inside = [(a, b, name) for (a, b), names in fields.items() if start <= a and b <= end for name in names]
    names = list(dict.fromkeys(name for _, _, name in sorted(inside)))
    text: str | Markup = words.shortened(quote)
    if len(quote) <= words.QUOTE_CHARACTERS:
        text = words.marked(quote, start, inside)
    return {"text": text, "fields": names}


def history(edition: Edition, item: IncidentRows) -> list[dict[str, Any]]:
    """What changed, oldest first; changes of one moment together. Fields without a name here are left out:
    they follow from others."""
    moments: dict[dt.datetime, list[str]] = {}
    for row in item.history:
        text = change(edition, row)
        if text:
            here = moments.setdefault(row["changed_at"], [])
            if text not in here:
                here.append(text)
    return [{"at": at, "changes": changes} for at, changes in moments.items()]


def change(edition: Edition, row: Row) -> str | None:
    """One change in words."""
    outlet = words.clean(row["outlet"] or "")
    name = row["field"]
    if row["change"] == "created":
        return "first recorded"
    if row["change"] == "report_added":
        return f"report of {outlet} added" if outlet else "a report added"
    if row["change"] == "report_removed":
        return f"report of {outlet} taken out" if outlet else "a report taken out"
    if row["change"] == "merged":
        return "another record of the same attack merged into this one"
    if row["change"] != "value":
        return words.spelled(row["change"])
    labels = {**FIELDS, "munitions_min": "Munitions, least", "munitions_max": "Munitions, most",
              "status": "Status", "publishers": "Independent publishers"}  # fmt: skip
    if name not in labels:
        return None
    old, new = (said(edition, name, row[side]) for side in ("old_value", "new_value"))
    return f"{words.uncapitalised(labels[name])}: {old} → {new}"


def said(edition: Edition, name: str, value: Any) -> str:
    """A value of the history in words."""
    if name == "status":
        return STATUSES[value][0].lower() if value in STATUSES else str(value)
    return worded(edition, name, value) if words.is_said(name, value) else "not stated"


# --- sites, months, method, feeds ---


def sites_index(edition: Edition) -> dict[str, Any]:
    """All places with incidents, those with most attacks first."""
    rows = []
    for row in edition.data.sites:
        if row["site_id"] not in edition.by_site:
            continue
        name, name_ar = edition.site_names(row["site_id"], row["site"])
        place = place_of(edition, row["site_id"])
        rows.append({**row, "name": name, "name_ar": name_ar, "approximate": bool(place and place[2])})
    return {"rows": rows}


def live_and_seeded(edition: Edition, items: Sequence[IncidentRows]) -> dict[str, Any]:
    """Incidents for a list: those that reports tell of, and documented history apart."""
    rows = [line(edition, item) for item in items]
    return {
        "rows": [row for row in rows if row["status"] != "seeded"],
        "history_rows": [row for row in rows if row["status"] == "seeded"],
    }


def site(edition: Edition, site_id: str) -> dict[str, Any]:
    """One place: what it is, attacks by month, its incidents."""
    items = edition.by_site[site_id]
    name, name_ar = edition.site_names(site_id, items[0].incident["site"])
    counts = {
        "confirmed": sum(i.incident["counts_confirmed"] or 0 for i in items),
        "attacks": sum(i.incident["counts_attacks"] or 0 for i in items),
        "claimed_only": sum(i.incident["counts_claimed"] or 0 for i in items),
    }
    place = place_of(edition, site_id)
    located_row = next((i.incident for i in items if i.incident["lat"] is not None), None)
    known, names = edition._site(site_id), edition.knowledge
    return {
        "id": site_id, "name": name, "name_ar": name_ar, "counts": counts, "known": known,
        "country": items[0].incident["country"], "approximate": bool(place and place[2]),
        "locator": located(located_row) if located_row else None,
        "within": [names.site(outer).name for outer in names.around(site_id)] if known else [],
        **live_and_seeded(edition, items),
        "months": site_months(edition, items),
        "weapons": Counter(WEAPONS.get(i.incident["weapon"], i.incident["weapon"]) for i in items
                           if i.incident["counts_attacks"]).most_common(),
    }  # fmt: skip


def site_months(edition: Edition, items: Sequence[IncidentRows]) -> dict[str, Any] | None:
    """Attacks on one place by month, over the months of the live data."""
    data = edition.data
    if data.live_from is None or edition.as_of is None:
        return None
    counts = Counter(
        f"{i.incident['day']:%Y-%m}" for i in items if i.incident["day"] and i.incident["counts_attacks"]
    )
    first = data.live_from.replace(day=1)
    months = [f"{day:%Y-%m}" for day in charts.month_starts(first, edition.as_of)][-60:]
    if not months or not sum(counts[m] for m in months):
        return None
    title = f"Attacks by month, {month_name(months[0])} to {month_name(months[-1])}: " + ", ".join(
        f"{month_name(m)} {counts[m]}" for m in months if counts[m]
    )
    return {
        "svg": charts.sparkline("months", title, [counts[m] for m in months]),
        "first": month_name(months[0]), "last": month_name(months[-1]),
        "rows": [(m, month_name(m), counts[m]) for m in reversed(months) if counts[m]],
    }  # fmt: skip


def month(edition: Edition, name: str) -> dict[str, Any]:
    """One month: its tally and its incidents."""
    every = sorted(edition.by_month)
    at = every.index(name)
    row = next((m for m in months_table(edition) if m["month"] == name), None)
    return {
        "month": name, "name": month_name(name), "counts": row,
        **live_and_seeded(edition, edition.by_month[name]),
        "before": every[at - 1] if at else None,
        "after": every[at + 1] if at + 1 < len(every) else None,
    }  # fmt: skip


def method(edition: Edition, accuracy: Mapping[str, Any] | None) -> dict[str, Any]:
    """Sources and method."""
    data = edition.data
    health = Counter(row["status"] for row in data.sources)
    statuses = Counter(i.incident["status"] for i in edition.live)
    return {
        "sources": [{**row, "link": words.weblink(row["url"])} for row in data.sources],
        "health": health,
        "entries": data.entries,
        "rejected": data.rejected,
        "statuses": [(name, mark, meaning, statuses[key]) for key, (name, mark, meaning) in STATUSES.items()],
        "stated": stated_rows(edition, data.stated),
        "accuracy": accuracy,
        "rules_version": edition.knowledge.version,
        "background": sum(not i.incident["current"] for i in edition.shown),
        "seeded": sum(i.incident["origin"] == "seed" for i in edition.shown),
        "placeless": sum(not i.incident["site_id"] for i in edition.live),
        "undated": sum(i.incident["date"] is None for i in edition.live),
        "single": statuses["single_source"],
        "flagged": sum(bool(i.incident["flags"]) for i in edition.live),
        "live": len(edition.live),
    }


def feed(edition: Edition) -> dict[str, Any]:
    """The newest incidents for the feeds."""
    entries = [
        {**line(edition, item), "summary": item.incident["summary"],
         "first": item.incident["first_reported_at"] or item.incident["updated_at"],
         "updated": item.incident["updated_at"]}
        for item in edition.live[:FEED_ENTRIES]
    ]  # fmt: skip
    updated = max((entry["updated"] for entry in entries), default=edition.data.last_run_at)
    return {"entries": entries, "updated": updated}
