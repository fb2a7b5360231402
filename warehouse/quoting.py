"""The words that an alert stands on: of which report, and the paragraph of the stored text around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from extract.records import Evidence, Reported
from warehouse.connection import Connection
from warehouse.rows import fetch

# Whose words are shown first, and which of a report's words say most of what happened.
_KINDS = ("official", "wire", "local", "regional", "world", "monitor", "aggregator")
_TELLING = ("weapon", "site", "date", "intercepted", "wounded", "killed", "target_kind")
LONGEST_PARAGRAPH = 1200


def stands_on(
    reports: Sequence[Reported], fields: Iterable[str], fresh: frozenset[str]
) -> dict[str, Any] | None:
    """Where the words are that say a change of these fields (of none: that it happened at all); plain values.

    A change is quoted from what has just come, a new incident from whom it is most worth to be heard.
    """
    changed = set(fields)
    ranked = sorted(reports, key=lambda item: _rank(item, fresh if changed else frozenset()))
    for item in ranked:
        wanted = [e for e in item.report.evidence if e.field in changed] if changed else _telling(item)
        if wanted:
            places = [e.start for e in wanted]
            return {"article_id": item.report.article_id, "outlet": item.outlet, "places": places}
    return None


def with_quotes(con: Connection, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the outbox with the paragraph of the words that each stands on, in place of where they are."""
    ids = [place["article_id"] for row in rows if (place := row["payload"].get("stands_on"))]
    if not ids:
        return list(rows)
    texts = {
        row["article_id"]: (row["title"], row["text"])
        for row in fetch(
            con, "SELECT article_id, title, text FROM articles WHERE list_contains($1, article_id)", [ids]
        )
    }
    return [_quoted(row, texts) for row in rows]


def _quoted(row: dict[str, Any], texts: dict[str, tuple[str, str]]) -> dict[str, Any]:
    payload = dict(row["payload"])
    place = payload.pop("stands_on", None)
    if place is None or place["article_id"] not in texts:
        return {**row, "payload": payload}
    title, text = texts[place["article_id"]]
    whole, body = f"{title}\n\n{text}", len(title) + 2
    start = next((p for p in place["places"] if p >= body), place["places"][0])
    first = whole.rfind("\n", 0, start) + 1
    last = whole.find("\n", start)
    paragraph = whole[first : last if last >= 0 else len(whole)]
    if len(paragraph) > LONGEST_PARAGRAPH:
        cut = max(start - first - LONGEST_PARAGRAPH // 2, 0)
        first, paragraph = first + cut, paragraph[cut : cut + LONGEST_PARAGRAPH]
    quote = {"outlet": place["outlet"], "paragraph": paragraph, "start": start - first}
    return {**row, "payload": payload | {"quote": quote}}


def _rank(item: Reported, first: frozenset[str]) -> tuple[Any, ...]:
    kind = _KINDS.index(item.kind) if item.kind in _KINDS else len(_KINDS)
    return (item.report.report_id not in first, not item.report.current, kind, item.report.report_id)


def _telling(item: Reported) -> list[Evidence]:
    found = [e for e in item.report.evidence if e.field in _TELLING]
    return sorted(found, key=lambda e: (_TELLING.index(e.field), e.start))
