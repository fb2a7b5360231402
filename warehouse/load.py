"""What a reading came to, into the tables: one transaction a batch, and running it twice changes nothing.

An article whose text, origin and reading are those already stored is left alone. One that changed has its
reports and tallies replaced as a whole, and the local days that any of them touch are marked for resolution.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from extract.records import Article, Reading, Rejection, Report
from warehouse.connection import Connection, transaction
from warehouse.rows import bump, fetch
from warehouse.sqlfiles import statement
from warehouse.staging import add, dumps, insert, replace, stage, to_row

BAGHDAD = ZoneInfo("Asia/Baghdad")
_LONGEST_SPAN = dt.timedelta(days=400)  # a report of a longer range is looked for at its end alone
_NEWS, _BACKGROUND = dt.timedelta(days=2), dt.timedelta(days=31)
Outcome = Literal["loaded", "rejected", "failed", "given_up"]


class PageLike(Protocol):
    """Where a page lies in the archive: archive.PageRef, seen without importing it."""

    @property
    def file(self) -> str: ...
    @property
    def offset(self) -> int: ...
    @property
    def length(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A reading that did not come about. `due_at` None: given up."""

    reason: str
    detail: str
    due_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """How one entry (or, in a backfill, one page) ended: give exactly one of reading, rejection, failed.

    `article` goes with `reading`. `url` and `source_id` describe the subject of a rejection.
    """

    entry_id: str | None = None
    article: Article | None = None
    reading: Reading | None = None
    rejection: Rejection | None = None
    failed: Failed | None = None
    page: PageLike | None = None
    page_fetched_at: dt.datetime | None = None
    url: str | None = None
    source_id: str | None = None

    @property
    def outcome(self) -> Outcome:
        """Loaded where the article is kept: it is relevant, or it states a tally."""
        if self.failed is not None:
            return "failed" if self.failed.due_at is not None else "given_up"
        if self.reading is not None and (self.reading.relevant or self.reading.stated_tallies):
            return "loaded"
        return "rejected"

    @property
    def reason(self) -> tuple[str, str]:
        """Slug and particulars of how it ended."""
        if self.failed is not None:
            return self.failed.reason, self.failed.detail
        if self.rejection is not None:
            return self.rejection.reason, self.rejection.detail
        return (self.reading.reason if self.reading else ""), ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSummary:
    """How the entries of a batch ended, and what that changed."""

    loaded: int = 0
    rejected: int = 0
    failed: int = 0
    given_up: int = 0
    articles_new: int = 0
    articles_changed: int = 0
    reports: int = 0


def load_readings(
    con: Connection, run_id: str, results: Iterable[ReadResult], now: dt.datetime, *, quiet: bool = False
) -> LoadSummary:
    """Stores a batch of results in one transaction.

    `quiet`: this is no news (backfill, rebuild). Nothing that it changes raises an alert, and articles not
    known before are marked as history for good. A failed result of an
    entry adds to its attempts and makes it due again at `failed.due_at`.
    """
    results = tuple(results)
    if not results:
        return LoadSummary()
    with transaction(con):
        articles_new, changed = _load_articles(con, results, now, quiet=quiet)
        _load_pages(con, results, now)
        _end_entries(con, results)
        _load_rejections(con, run_id, results, now)
        bump(con)
    ends = [result.outcome for result in results]
    return LoadSummary(
        loaded=ends.count("loaded"),
        rejected=ends.count("rejected"),
        failed=ends.count("failed"),
        given_up=ends.count("given_up"),
        articles_new=articles_new,
        articles_changed=len(changed) - articles_new,
        reports=sum(len(reading.reports) for reading in changed),
    )


def local_day(moment: dt.datetime) -> dt.date:
    """The day it is in Baghdad."""
    return moment.astimezone(BAGHDAD).date()


def _load_articles(
    con: Connection, results: Sequence[ReadResult], now: dt.datetime, *, quiet: bool
) -> tuple[int, list[Reading]]:
    """Returns how many articles are new, and the readings that were stored."""
    read = {
        result.article.article_id: (result, result.article, result.reading)
        for result in results
        if result.article is not None and result.reading is not None
    }
    if not read:
        return 0, []
    known = {row["article_id"]: row for row in fetch(con, statement("load/known_articles"), [list(read)])}
    rows, readings = [], []
    for article_id, (result, article, reading) in read.items():
        old = known.get(article_id)
        if old is None and result.outcome != "loaded":
            continue  # never kept, and nothing to keep
        row = _article_row(article, reading, result.page, old, now, quiet=quiet)
        if old is None or old["reading_hash"] != row["reading_hash"]:
            rows.append(row)
            readings.append(reading)
    if rows:
        replace(con, "articles", "article_id", rows)
        _note_versions(con, rows)
        _replace_reports(con, rows, readings, known.keys(), now, quiet=quiet)
    return sum(row["article_id"] not in known for row in rows), readings


def _article_row(
    article: Article,
    reading: Reading,
    page: PageLike | None,
    old: dict[str, Any] | None,
    now: dt.datetime,
    *,
    quiet: bool,
) -> dict[str, Any]:
    row = to_row(article) | _origin(article, old)
    moments = [moment for moment in ((old or {}).get("seen_at"), article.seen_at) if moment is not None]
    row["seen_at"] = min(moments, default=None)
    told = {
        key: row[key] for key in ("outlet", "family", "kind", "published_at", "fingerprint", "seen_at", "url")
    }
    same_text = old is not None and old["text_hash"] == article.text_hash
    return row | {
        "relevant": reading.relevant,
        "reason": reading.reason,
        "rules_version": reading.rules_version,
        "reading_hash": _hash(dumps([told, article.text_hash, to_row(reading)])),
        "versions": 1 if old is None else old["versions"] + (0 if same_text else 1),
        "page_file": page.file if page else old and old["page_file"],
        "page_offset": page.offset if page else old and old["page_offset"],
        "quiet": quiet if old is None else old["quiet"],
        "loaded_at": now,
    }


def _origin(article: Article, old: dict[str, Any] | None) -> dict[str, Any]:
    """Whose article it is where several feeds carry one page: the same answer in whatever order they come."""
    ours = {"outlet": article.outlet, "family": article.family, "kind": article.kind}
    if old is None:
        return ours
    theirs = {key: old[key] for key in ours}
    return min(ours, theirs, key=lambda o: (o["kind"] in (None, "aggregator"), o["outlet"], o["family"]))


def _note_versions(con: Connection, rows: Sequence[dict[str, Any]]) -> None:
    add(
        con,
        "internal.article_versions",
        ["article_id", "text_hash"],
        [_only(row, _VERSION_COLUMNS) for row in rows],
    )


_VERSION_COLUMNS = (
    "article_id", "text_hash", "title", "modified_at", "page_file", "page_offset", "loaded_at",
)  # fmt: skip


def _replace_reports(
    con: Connection,
    rows: Sequence[dict[str, Any]],
    readings: Sequence[Reading],
    known: Collection[str],
    now: dt.datetime,
    *,
    quiet: bool,
) -> None:
    """The reports and tallies of changed articles, old ones out and new ones in, their days marked."""
    ids = [row["article_id"] for row in rows if row["article_id"] in known]
    old = {row["report_id"]: row for row in fetch(con, statement("load/reports_of_articles"), [ids])}
    new = [
        _report_row(report, row, old.get(report.report_id), now)
        for row, reading in zip(rows, readings, strict=True)
        for report in reading.reports
    ]
    con.execute(statement("load/delete_reports"), [ids])
    con.execute(statement("load/delete_tallies"), [ids])
    insert(con, "reports", new)
    insert(con, "stated_tallies", _tally_rows(rows, readings))
    con.execute(statement("load/clear_fresh"), [[*old]])
    if not quiet:
        con.execute(statement("load/mark_fresh"), [[row["report_id"] for row in new if not row["quiet"]]])
    kept = {row["report_id"] for row in new}
    lost = {row["incident_id"] for key, row in old.items() if key not in kept and row["incident_id"]}
    mark_incidents(con, lost)
    mark_days(con, [(row["day_from"], row["day_until"]) for row in [*old.values(), *new]])


def _report_row(
    report: Report, article: dict[str, Any], old: dict[str, Any] | None, now: dt.datetime
) -> dict[str, Any]:
    told = article["published_at"] or article["seen_at"] or now
    day_from, day_until = report_days(report, told)
    shared = ("outlet", "family", "kind", "url", "published_at", "seen_at", "fingerprint", "quiet")
    return (
        to_row(report)
        | _only(article, shared)
        | {"incident_id": old and old["incident_id"], "day_from": day_from, "day_until": day_until}
    )


def report_days(report: Report, told_at: dt.datetime) -> tuple[dt.date, dt.date]:
    """The first and last local day on which the attack can have been.

    Where the article gives none, its own moment bounds it: news is of the last days, background of the month.
    """
    dates = [day for day in (report.date_earliest, report.date, report.date_latest) if day is not None]
    if not dates:
        last = local_day(told_at)
        return last - (_NEWS if report.current else _BACKGROUND), last
    first, last = min(dates), max(dates)
    return (first, last) if last - first <= _LONGEST_SPAN else (last, last)


def mark_days(con: Connection, spans: Iterable[tuple[dt.date, dt.date]]) -> None:
    """Notes that the reports of these days are to be resolved again. Inside the caller's transaction."""
    days = sorted({first + dt.timedelta(n) for first, last in spans for n in range((last - first).days + 1)})
    if days:
        con.execute(statement("load/mark_days"), [days])


def mark_incidents(con: Connection, incident_ids: Iterable[str]) -> None:
    """Notes that these incidents have lost a report. Inside the caller's transaction."""
    ids = sorted(incident_ids)
    if ids:
        con.execute(statement("load/mark_incidents"), [ids])


def _tally_rows(rows: Sequence[dict[str, Any]], readings: Sequence[Reading]) -> list[dict[str, Any]]:
    return [
        to_row(tally)
        | {"tally_id": f"{reading.article_id}:t{place}", "source_url": row["url"], "origin": "article"}
        for row, reading in zip(rows, readings, strict=True)
        for place, tally in enumerate(reading.stated_tallies)
    ]


def _load_pages(con: Connection, results: Sequence[ReadResult], now: dt.datetime) -> None:
    rows = {
        (result.page.file, result.page.offset): {
            "file": result.page.file,
            "offset": result.page.offset,
            "length": result.page.length,
            "url": result.url or (result.article.url if result.article else ""),
            "kind": "page",
            "subject": result.entry_id or (result.article.article_id if result.article else None),
            "fetched_at": result.page_fetched_at or now,
        }
        for result in results
        if result.page is not None
    }
    add(con, "internal.pages", ["file", "offset"], list(rows.values()))


def _end_entries(con: Connection, results: Sequence[ReadResult]) -> None:
    rows = {result.entry_id: _end_row(result) for result in results if result.entry_id is not None}
    if rows:
        name = stage(con, "internal.entries", list(rows.values()))
        con.execute(statement("load/end_entries").format(stage=name))


def _end_row(result: ReadResult) -> dict[str, Any]:
    reason, detail = result.reason
    return {
        "entry_id": result.entry_id,
        "state": result.outcome,
        "due_at": result.failed.due_at if result.failed else None,
        "reason": reason or None,
        "detail": detail or None,
        "article_id": result.article.article_id if result.article else None,
    }


def _load_rejections(con: Connection, run_id: str, results: Sequence[ReadResult], now: dt.datetime) -> None:
    """One row for each that was rejected; one that is loaded after all is rejected no longer."""
    ended = {_subject(result): result for result in results if result.failed is None}
    rows = [
        {
            "subject": subject,
            "stage": result.rejection.stage if result.rejection else "read",
            "reason": result.reason[0],
            "detail": result.reason[1],
            "url": result.url or (result.article.url if result.article else None),
            "source_id": result.source_id,
            "rejected_at": now,
            "run_id": run_id,
        }
        for subject, result in ended.items()
        if result.outcome == "rejected"
    ]
    loaded = [subject for subject, result in ended.items() if result.outcome == "loaded"]
    if loaded:
        con.execute(statement("load/delete_rejections"), [loaded])
    replace(con, "rejections", "subject", rows)


def _subject(result: ReadResult) -> str:
    if result.entry_id is not None:
        return result.entry_id
    if result.rejection is not None:
        return result.rejection.subject
    return result.article.article_id if result.article else ""


def _only(row: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: row[key] for key in keys}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
