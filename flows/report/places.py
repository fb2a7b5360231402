"""The pages of sites and months, of sources and method, and the feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flows.report import charts, words
from flows.report.edition import Edition, line, located, month_name, place_of
from flows.report.overview import months_table, stated_rows
from flows.report.words import STATUSES, WEAPONS
from warehouse.report import IncidentRows

FEED_ENTRIES = 100


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
