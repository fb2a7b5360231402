"""The first page: the tally, what officials stated, trend, charts, map and the newest incidents."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from flows.report import charts, words
from flows.report import map as site_map
from flows.report.edition import GROUP_OF, STACKS, Edition, line, month_name, place_of
from warehouse.report import Row

NEWEST = 12
# A campaign's count may begin some days before the first attack that the data tell of one by one.
DAYS_WITHOUT_NEWS = 14
WEEKS_SHOWN, WEEKS_SHOWN_NARROW = 60, 24
_OFFICIAL = re.compile(
    r"pentagon|official|centcom|central command|defen[cs]e|military|coalition|spokes|white house|general",
    re.I,
)
_NOT_OFFICIAL = re.compile(r"observatory|monitor|analyst|institute|resistance", re.I)


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
