"""Upkeep: reviews, rebuilds, checks, backups, forgetting. Each holds the run lock, as runs do."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from extract.dedup import resolve as resolve_reports
from extract.errors import InputError
from extract.knowledge import Knowledge, load_knowledge
from extract.merging import CORRECTABLE as CORRECTABLE
from extract.merging import read_correction
from extract.reading import read_article
from extract.records import FeedEntry, Rejection, Review, Source
from extract.rules import RULES_VERSION
from extract.scraping import read_page
from flows.cycle import Cycle, program_version
from flows.health import Health, judge
from flows.settings import backup_folder
from warehouse.archive import PageArchive
from warehouse.backup import backup
from warehouse.checks import Finding, run_checks
from warehouse.connection import Connection
from warehouse.errors import WarehouseDamaged, WarehousePathError
from warehouse.load import ReadResult, load_readings
from warehouse.publish import publish_if_changed
from warehouse.rebuild import (
    StoredPage,
    begin_rebuild,
    end_rebuild,
    note_rebuild,
    page_key,
    stored_articles,
    stored_pages,
)
from warehouse.resolution import ResolveSummary, resolve_dirty
from warehouse.retention import forget_entries
from warehouse.reviews import add_review
from warehouse.rows import fetch
from warehouse.runs import finish_run, run_lock, start_run
from warehouse.watching import source_rhythms

BACKUP_NAME = "basewatch-{:%Y%m%dT%H%M%SZ}.duckdb"


@contextmanager
def work(cycle: Cycle, kind: str) -> Iterator[Cycle]:
    """A run of its own kind: locked, noted, and published at its end."""
    with run_lock(cycle.paths, kind, cycle.clock()):
        with cycle.writer() as con:
            run_id = start_run(con, kind, cycle.clock(), program_version())
        try:
            yield replace(cycle, run_id=run_id)
        except BaseException:
            with (
                cycle.writer() as con
            ):  # what was committed before the trouble stands, and is published later
                finish_run(con, run_id, cycle.clock(), "failed", {})
            raise
        with cycle.writer() as con:
            finish_run(con, run_id, cycle.clock(), "done", {})
            publish_if_changed(con, cycle.paths)


# --- reviews ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an analyst decided, as the command line gives it."""

    action: Any
    incident_id: str
    author: str
    reason: str
    other_id: str | None = None  # merge
    report_ids: tuple[str, ...] = ()  # split: those to part
    field: str | None = None  # correct
    value: str | None = None  # correct
    undoes: str | None = None  # undo


def decide(cycle: Cycle, decision: Decision) -> ResolveSummary:
    """Keep a decision for good and resolve what it touches. Raises InputError for what is not there."""
    with work(cycle, "review") as run, run.writer() as con:
        add_review(con, review_of(con, decision, run.clock()))
        return resolve_dirty(con, resolve_reports, load_knowledge(), run.run_id, run.clock())


def review_of(con: Connection, decision: Decision, now: datetime) -> Review:
    """The decision with the reports that it names, so that it outlives the incident's id."""
    undone = standing_review(con, decision.undoes) if decision.undoes else None
    incident_id = undone["incident_id"] if undone else decision.incident_id
    own = reports_of(con, incident_id) if not undone else tuple(undone["report_ids"])
    if decision.action == "correct":
        check_value(decision, load_knowledge())
    if decision.other_id and set(reports_of(con, decision.other_id)) == set(own):
        raise InputError(f"{incident_id} and {decision.other_id} are one incident already")
    parted = decision.report_ids
    if parted and not set(parted) < set(own):
        raise InputError(
            f"{incident_id} has the reports {', '.join(own)}; name some of them, not all, to part them"
        )
    words = (decision.action, incident_id, decision.other_id or "", decision.field or "", now.isoformat())
    return Review(
        review_id=hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16],
        action=decision.action,
        incident_id=incident_id,
        report_ids=parted or own,
        other_report_ids=reports_of(con, decision.other_id) if decision.other_id else (),
        field=decision.field,
        value=None if decision.field is None else as_json(decision.value),
        undoes=decision.undoes,
        author=decision.author,
        reason=decision.reason,
        made_at=now,
    )


def check_value(decision: Decision, knowledge: Knowledge) -> None:
    """Refuse a correction that no incident can have, before it is kept. Raises InputError that helps."""
    value = read_correction(decision.field or "", as_json(decision.value))
    known: Sequence[str] = ()
    if decision.field == "site_id":
        known = [site.site_id for site in knowledge.sites]
    elif decision.field in ("claimed_by", "attributed_to"):
        known = [actor.actor_id for actor in knowledge.actors]
    if known and value is not None and value not in known:
        near = difflib.get_close_matches(value, known, n=3, cutoff=0.4)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise InputError(f"{decision.field}: {value} is not in the gazetteer.{hint}")


def standing_review(con: Connection, review_id: str) -> dict[str, Any]:
    """A decision of before that nobody has taken back."""
    found = {row["review_id"]: row for row in fetch(con, "FROM reviews")}
    if review_id not in found:
        raise InputError(f"there is no review {review_id}. `basewatch review list` names them.")
    by = next((key for key, row in found.items() if row["undoes"] == review_id), None)
    if by is not None:
        raise InputError(f"{review_id} was taken back by {by} already; to have it again, undo {by}")
    return found[review_id]


def reports_of(con: Connection, incident_id: str) -> tuple[str, ...]:
    """The reports of an incident, by an id in use or one that was merged away."""
    rows = fetch(
        con,
        "SELECT report_id FROM reports WHERE incident_id = coalesce("
        "(SELECT new_id FROM incident_redirects WHERE old_id = $1), $1) ORDER BY report_id",
        [incident_id],
    )
    if not rows and fetch(con, "FROM incidents WHERE incident_id = $1", [incident_id]):
        raise InputError(
            f"{incident_id} is documented history that came with the program; no report tells of it"
        )
    if not rows:
        raise InputError(f"there is no incident {incident_id}. `basewatch incidents` lists them.")
    return tuple(row["report_id"] for row in rows)


def as_json(value: str | None) -> str:
    """A value of the command line as JSON: a number, null, or text."""
    try:
        parsed = json.loads(value or "null")
    except json.JSONDecodeError:
        parsed = value
    return json.dumps(parsed)


# --- rebuild ---


def rebuild(cycle: Cycle, *, pages: bool = True) -> dict[str, int]:
    """All that is stored read again through today's rules: the pages as fetched, where the archive has them,
    and of every other article its stored text (without `pages`: of all).

    Killed, it goes on where it was. Nothing that it changes alerts; reviews stay. Counts: read, changed,
    incidents_new, incidents_changed, and pages_gone, for pages that the archive has no more.
    """
    knowledge = load_knowledge()
    rules = f"{RULES_VERSION} {knowledge.version}"
    tally = Counter[str]()
    done: set[str] = set()
    with work(cycle, "rebuild") as run, run.writer() as con:
        parts = [("articles", article_batches(run, con, f"articles {rules}", done))]
        if pages:
            parts.insert(0, ("pages", page_batches(run, con, f"pages {rules}", done, tally)))
        for part, batches in parts:
            for results, place in batches:
                loaded = load_readings(con, run.run_id, results, run.clock(), quiet=True)
                note_rebuild(con, f"{part} {rules}", place)
                tally += Counter(read=len(results), changed=loaded.articles_changed)
        resolved = resolve_dirty(con, resolve_reports, knowledge, run.run_id, run.clock(), quiet=True)
        for part, _ in parts:
            end_rebuild(con, f"{part} {rules}")
    counts = {key: tally[key] for key in ("read", "changed", "pages_gone")}
    return counts | {"incidents_new": resolved.new, "incidents_changed": resolved.changed}


Batches = Iterator[tuple[Sequence[ReadResult], str]]


def article_batches(cycle: Cycle, con: Connection, name: str, done: Container[str]) -> Batches:
    """Stored articles, their text read again; but for those that are done."""
    knowledge = load_knowledge()
    cycle.progress.start("reading texts again", rows_of(con, "articles"))
    for batch in stored_articles(con, begin_rebuild(con, name)):
        results = []
        for article in batch:
            cycle.progress.advance()
            if article.article_id not in done:
                results.append(ReadResult(article=article, reading=read_article(article, knowledge)))
        yield results, batch[-1].article_id


def page_batches(cycle: Cycle, con: Connection, name: str, done: set[str], tally: Counter[str]) -> Batches:
    """Stored pages: text and reading again. A page that now is no article leaves what was read before."""
    sources = {s.source_id: s for s in cycle.settings.source}
    cycle.progress.start("reading pages again", rows_of(con, "internal.pages"))
    with PageArchive(cycle.paths.archive) as archive:
        for batch in stored_pages(con, begin_rebuild(con, name), batch=100):
            results = []
            for page in batch:
                cycle.progress.advance()
                try:
                    result = read_stored(archive, page, sources) if page.entry else None
                except (WarehousePathError, WarehouseDamaged):  # moved away or torn: the text is still there
                    tally["pages_gone"] += 1
                    continue
                if result is not None and result.article is not None:
                    results.append(result)
                    done.add(result.article.article_id)
            yield results, page_key(batch[-1])


def rows_of(con: Connection, table: str) -> int:
    """How many rows a table of ours has."""
    return int(fetch(con, f"SELECT count(*) AS number FROM {table}")[0]["number"])  # noqa: S608 (our own names)


def read_stored(archive: PageArchive, page: StoredPage, sources: dict[str, Source]) -> ReadResult | None:
    """One stored page as an article and its reading; None where it gives none."""
    fetched = archive.read(page.file, page.offset)
    entry = FeedEntry(url=page.url, **(page.entry or {}))
    article = read_page(
        fetched.body,
        content_type=fetched.content_type,
        url=fetched.url,
        entry=entry,
        source=sources.get(entry.source_id),
        now=fetched.fetched_at,
    )
    if isinstance(article, Rejection):
        return None
    return ReadResult(article=article, reading=read_article(article, load_knowledge()))


# --- upkeep ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """What the daily upkeep came to."""

    findings: tuple[Finding, ...]
    feeds: tuple[Health, ...]
    backup: Path
    removed: tuple[Path, ...]
    forgotten: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What is wrong, and not only worth a look."""
        return tuple(f for f in self.findings if f.severity == "error")

    def markdown(self) -> str:
        """For Prefect's artifact."""
        rows = [f"| {f.severity} | {f.check} | {f.subject} | {f.finding} |" for f in self.findings[:200]]
        head = [
            f"{len(self.findings)} findings, {len(self.errors)} errors; "
            f"{sum(not h.well for h in self.feeds)} of {len(self.feeds)} feeds in trouble; "
            f"backup: {self.backup.name}; {self.forgotten} old entries forgotten.",
            "",
        ]
        return "\n".join([*head, "| | check | subject | finding |", "|---|---|---|---|", *rows])


def keep(
    cycle: Cycle,
    *,
    backups: Path | None = None,
    keep_backups: int | None = None,
    forget_after: timedelta | None = None,
) -> Upkeep:
    """Look at feeds and data, save them, drop the oldest backups, forget old entries that came to nothing.

    What is not given is as in [keep]. Where the data fail a check, twice as many backups are kept: the good
    ones must not be pushed out by the bad before somebody has looked.
    """
    section = cycle.settings.keep
    folder = backups or backup_folder(cycle.settings)
    with work(cycle, "upkeep") as run, run.writer() as con:
        findings = run_checks(con)
        feeds = tuple(judge(row, run.clock()) for row in source_rhythms(con))
        forgotten = forget_entries(con, run.clock() - (forget_after or section.forget_after))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / BACKUP_NAME.format(cycle.clock())
    with run_lock(cycle.paths, "backup", cycle.clock()):
        backup(cycle.paths, target)
    done = Upkeep(findings=findings, feeds=feeds, backup=target, removed=(), forgotten=forgotten)
    kept = (keep_backups or section.backups) * (2 if done.errors else 1)
    removed = tuple(oldest(folder, kept))
    for path in removed:
        path.unlink()
    return replace(done, removed=removed)


def oldest(backups: Path, kept: int) -> Sequence[Path]:
    """Backups of ours beyond the newest so many."""
    return sorted(backups.glob("basewatch-*Z.duckdb"))[:-kept]
