"""Cases of the views, as data: views/<view>/<case>/ holds input tables, expect.csv and, where it does not ask
for the whole view, query.sql. A new case needs no Python.

An input table is a CSV file named after the table (internal.x in the schema internal); columns that it leaves
out take the values below, lists are JSON. expect.csv names the columns it is about. Empty is null.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.conftest import House
from tests.warehouse.making import NOW
from warehouse.staging import insert

VIEWS = Path(__file__).parent / "views"
CASES = sorted(path.parent for path in VIEWS.glob("*/*/expect.csv"))
DEFAULTS: dict[str, dict[str, Any]] = {
    "incidents": {
        "summary": "", "status": "confirmed", "date_precision": "day", "target_kind": "base",
        "weapon": "drone", "confirmed_by": "none", "denied_by": "none", "current": True, "confidence": 0.9,
        "reports": 1,
        "articles": 1, "publishers": 1, "voices": [], "updated_at": NOW, "flags": [], "origin": "live",
        "content_hash": "x",
    },
    "stated_tallies": {"evidence": [], "origin": "article"},
    "sources": {
        "url": "https://x.example.org", "outlet": "x", "family": "x", "language": "en", "kind": "local",
        "note": "", "active": True, "added_at": NOW,
    },
    "internal.source_state": {"failures_in_a_row": 0},
    "reports": {
        "date_precision": "day", "target_kind": "base", "weapon": "drone", "confirmed_by": "none",
        "denied_by": "none", "correction": False, "current": True, "confidence": 0.9, "evidence": [],
        "rules_version": "1", "outlet": "x", "family": "x", "url": "https://x.example.org", "fingerprint": "",
        "day_from": "2023-11-01", "day_until": "2023-11-01", "quiet": False,
    },
}  # fmt: skip


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, strict=True))
    return [{key: parsed(value) for key, value in row.items()} for row in rows]


def parsed(value: str) -> Any:
    return json.loads(value) if value.startswith("[") else value or None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_view(case: Path, house: House) -> None:
    for path in case.glob("*.csv"):
        if path.stem != "expect":
            insert(house.con, path.stem, [{**DEFAULTS.get(path.stem, {}), **row} for row in read(path)])
    expected = read(case / "expect.csv")
    query = case / "query.sql"
    sql = query.read_text(encoding="utf-8") if query.exists() else f"FROM {case.parent.name}"
    result = house.con.execute(sql)
    names = [column[0] for column in result.description]
    columns = (case / "expect.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    assert [{key: told(row[key]) for key in columns} for row in found] == expected


def told(value: Any) -> str | None:
    """A value as expect.csv writes it."""
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_every_tally_view_has_a_case() -> None:
    views = {path.stem[3:] for path in (Path(__file__).parents[2] / "warehouse/sql/views").glob("*.sql")}
    assert views == {case.parent.name for case in CASES}
