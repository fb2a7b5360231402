"""The core on JSON Lines: articles in, readings out; readings in, incidents out (DESIGN.md §7, a contract).

A line that cannot be read gives {"id", "error"}; the lines after it are read all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from extract.dedup import resolve
from extract.errors import InputError
from extract.knowledge import Knowledge, load_knowledge
from extract.reading import read_article
from extract.records import Article, Evidence, Incident, Reading, Rejection, Report, Reported
from extract.scraping import article_from_text, read_page
from extract.urls import stable_id

Line = tuple[str, bool]  # the output line, and whether the input line was good
MAX_LINE_BYTES = 64_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # a clock that says nothing: pages are read the same on any day


def extract_lines(lines: Iterable[bytes]) -> Iterator[Line]:
    """One output line for every input line that is not blank, in order."""
    knowledge = load_knowledge()
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield answer(line, number, lambda item: extract_one(item, knowledge))


def answer(line: bytes, number: int, work: Any) -> Line:
    """The line's answer, or its error naming the line, with the id where it has one."""
    identity = None
    try:
        item = parse(line)
        identity = item.get("id")
        return dump(work(item)), True
    except InputError as error:
        return dump({"id": identity, "error": f"line {number}: {error}"}), False


def parse(line: bytes) -> dict[str, Any]:
    """A line as an object. Raises InputError."""
    if len(line) > MAX_LINE_BYTES:
        raise InputError(f"the line has more than {MAX_LINE_BYTES:,} bytes")
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from error
    if not isinstance(item, dict):
        raise InputError(f"a JSON object is expected, not {type(item).__name__}")
    return item


def dump(item: dict[str, Any]) -> str:
    """An object as a line. Lone surrogates, which JSON can hold and UTF-8 cannot, stay escaped."""
    text = json.dumps(item, ensure_ascii=False, default=plain)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(item, default=plain)
    return text


def plain(value: Any) -> Any:
    """Dates and moments as ISO 8601."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def extract_one(item: dict[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """One article object to its output object."""
    article, read = article_of(item)
    passed = {k: v for k, v in item.items() if k not in ("text", "html", "title", "lang")}
    if isinstance(article, Rejection):
        return {**passed, "relevant": False, "reason": article.reason, "reports": [], "stated_tallies": []}
    reading = read_article(article, knowledge)
    texts = {"title": article.title, "text": article.text} if read else {}
    sketch = {"fingerprint": article.fingerprint, "language": article.language}
    return {**passed, **texts, **sketch, **reading_json(reading)}


def article_of(item: dict[str, Any]) -> tuple[Article | Rejection, bool]:
    """The article, and whether its text was read from HTML. Raises InputError."""
    url = text_of(item, "url") or ""
    published = moment_of(item.get("published"))
    html = text_of(item, "html")
    if html is not None:
        page = read_page(
            html.encode("utf-8", "surrogatepass"),
            content_type="text/html; charset=utf-8",
            url=url,
            entry=None,
            source=None,
            now=published or EPOCH,
        )
        return with_published(page, published, text_of(item, "title")), True
    text = text_of(item, "text")
    title = text_of(item, "title")
    if text is None and title is None:
        raise InputError('"text", "html" or "title" is needed, as a string')
    return (
        article_from_text(
            url=url,
            title=title or "",
            text=text or "",
            published=published.isoformat() if published else None,
            now=published or EPOCH,
            language=text_of(item, "lang"),
            outlet=text_of(item, "outlet"),
            family=text_of(item, "family"),
        ),
        False,
    )


def with_published(
    page: Article | Rejection, published: datetime | None, title: str | None
) -> Article | Rejection:
    """The caller's publication moment and title stand above what the page says."""
    if isinstance(page, Rejection):
        return page
    changes: dict[str, Any] = {}
    if published is not None:
        changes |= {"published_at": published, "published_status": "found"}
    if title and not page.title:
        changes["title"] = title
    return replace(page, **changes)


def text_of(item: dict[str, Any], key: str) -> str | None:
    """A string or None. Raises InputError for anything else."""
    value = item.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{key}" must be a string or null, not {type(value).__name__}')
    return value


def moment_of(value: object) -> datetime | None:
    """An ISO 8601 moment, UTC where no zone is given. Raises InputError."""
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(str(value).strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f'"published" must be an ISO 8601 moment or null: {value!r}') from error


def reading_json(reading: Reading) -> dict[str, Any]:
    """A reading as the contract writes it."""
    return {
        "relevant": reading.relevant,
        "reason": reading.reason,
        "reports": [without(asdict(r), "article_id") for r in reading.reports],
        "stated_tallies": [without(asdict(t), "article_id") for t in reading.stated_tallies],
    }


def without(item: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The object less these keys."""
    return {k: v for k, v in item.items() if k not in keys}


# --- resolve ---


def resolve_lines(lines: Iterable[bytes]) -> Iterator[Line]:
    """The incidents that all good lines tell of, in order of date, whatever the order of the lines."""
    reported: dict[str, Reported] = {}
    names: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = parse(line)
            for one in reported_of(item):
                reported[one.report.report_id] = one
                names[one.report.article_id] = str(item.get("id"))
        except InputError as error:
            yield dump({"id": None, "error": f"line {number}: {error}"}), False
    incidents = resolve(reported.values(), load_knowledge())
    for incident in incidents:
        yield dump(incident_json(incident, names)), True


def reported_of(item: dict[str, Any]) -> Iterator[Reported]:
    """The reports of one extract output object. Raises InputError."""
    if item.get("error"):
        return
    article_id = stable_id(str(item.get("id")), str(item.get("url") or ""))
    url = str(item.get("url") or "")
    published = moment_of(item.get("published"))
    outlet = str(item.get("outlet") or urlsplit(url).hostname or "")
    reports = item.get("reports")
    if not isinstance(reports, list):
        raise InputError('"reports" must be a list: give what `basewatch extract` printed')
    for index, raw in enumerate(reports):
        yield Reported(
            report=report_of(raw, article_id, index),
            outlet=outlet,
            family=str(item.get("family") or outlet or f"article {item.get('id')}"),
            kind=item.get("kind"),
            url=url,
            published_at=published,
            seen_at=None,
            fingerprint=str(item.get("fingerprint") or ""),
        )


REPORT_FIELDS = {f.name for f in fields(Report)}
DATES = ("date", "date_earliest", "date_latest")
DEFAULTS: dict[str, Any] = {
    "date_precision": "unknown",
    "target_kind": "other",
    "weapon": "unknown",
    "confirmed_by": "none",
    "denied_by": "none",
    "correction": False,
    "current": True,
    "confidence": 0.5,
    "rules_version": "",
}


def report_of(raw: object, article_id: str, index: int) -> Report:
    """A report from its JSON; fields left out are null or §4's word for not stated. Raises InputError."""
    if not isinstance(raw, dict):
        raise InputError(f"report {index}: an object is expected")
    values: dict[str, Any] = {name: raw.get(name) for name in REPORT_FIELDS}
    for name, default in DEFAULTS.items():
        values[name] = default if values[name] is None else values[name]
    try:
        for name in DATES:
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        values["evidence"] = tuple(Evidence(**e) for e in raw.get("evidence") or ())
    except (TypeError, ValueError) as error:
        raise InputError(f"report {index}: {error}") from error
    if values["date"]:
        values["date_earliest"] = values["date_earliest"] or values["date"]
        values["date_latest"] = values["date_latest"] or values["date"]
    values |= {"article_id": article_id, "report_id": f"{article_id}-{index + 1}"}
    return Report(**values)


SHOWN_LAST = ("merged", "report_ids", "article_ids")


def incident_json(incident: Incident, names: dict[str, str]) -> dict[str, Any]:
    """An incident as the contract writes it: `articles` are the ids of the input."""
    raw = without(asdict(incident), *SHOWN_LAST)
    articles = sorted({names.get(a, a) for a in incident.article_ids})
    return {**raw, "articles": articles, "merged": [asdict(m) for m in incident.merged]}
