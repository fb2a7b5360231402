"""The page of one incident: its values, their words, who disagrees, and its history."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from flows.report import words
from flows.report.edition import Edition, line, located
from flows.report.words import FIELDS, STATUSES, WEAPONS
from warehouse.report import IncidentRows, Row

QUOTES_OF_A_REPORT = 6


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
