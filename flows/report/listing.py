"""The list of all incidents, with the data that its filters search."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from flows.report import words
from flows.report.edition import GROUP_OF, Edition, line, month_name
from flows.report.words import STATUSES, WEAPONS

ROWS_WITHOUT_SCRIPT = 100


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
