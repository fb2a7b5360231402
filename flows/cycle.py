"""One cycle of the monitor: the stages and, in `run_cycle`, their order, which is written nowhere else.

    pull -> fetch -> read -> load -> resolve -> alert -> publish -> page

`basewatch run` calls the stages directly; the Prefect flow runs each as a task. A stage opens the warehouse
late and closes it early, and what it did is committed before the next begins: a cycle killed anywhere is
taken up by the next one where it stood.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol, TypeVar

from extract.dedup import resolve as resolve_reports
from extract.feeds import parse_feed
from extract.fetch import Fetcher
from extract.filtering import filter_entry
from extract.gate import may_tell, page_may_tell
from extract.knowledge import load_knowledge
from extract.reading import read_article
from extract.records import Fetched, FetchFailure, Rejection, Source
from extract.scraping import FEED_EXTRACTOR, article_from_entry, read_page
from extract.urls import is_aggregator_wrapper
from flows import alerts, logs, metrics
from flows.health import MOVED_FOR, STALE_AFTER, Health
from flows.report.build import needs_writing, write_report
from flows.settings import Settings, report_folder
from warehouse.archive import PageArchive, PageRef
from warehouse.changes import changes_of_run
from warehouse.connection import Connection, open_writer
from warehouse.errors import WarehouseError
from warehouse.load import Failed, LoadSummary, ReadResult, load_readings
from warehouse.paths import Paths
from warehouse.publish import publish_if_changed
from warehouse.resolution import ResolveSummary, resolve_dirty
from warehouse.runs import RunOutcome, finish_run, run_lock, start_run
from warehouse.seeding import load_seeds
from warehouse.state import (
    DueEntry,
    PullOutcome,
    PullSummary,
    SourceState,
    due_entries,
    due_sources,
    record_pull,
    sync_sources,
)
from warehouse.watching import entries_to_reread

T = TypeVar("T")
Changes = tuple[tuple[str, str, str], ...]  # (new | updated, incident id, summary)
log = logging.getLogger(__name__)

# A feed that is quiet is asked less often, at a 24th of its silence, but hourly at least: attacks are news,
# and a feed may be quiet for days because nothing happened. Only a stale one is left alone for longer.
QUIET_SHARE, LONGEST_INTERVAL, STALE_INTERVAL = 24, timedelta(hours=1), timedelta(hours=6)
# A quiet feed is asked in full once in so long: some servers say "not modified" for ever.
FULL_EVERY = timedelta(days=1)
# A page to be looked at again that cannot be had, or is no article then, is tried after so long, until then.
LOOK_STEP, LOOK_UNTIL = timedelta(hours=6), timedelta(hours=36)
GONE_PAUSE = timedelta(days=30)  # a feed that is gone (410) is still asked now and then
REFUSED_FOR_EACH = 40  # entries looked at for each page a run may fetch: most are refused by headline
# How long a page that could not be had waits for its next try (the first comes with the next run); after the
# last it is read from its headline.
RETRY_AFTER = (timedelta(0), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6))
# A feed that fails twice in a row is asked ever less often, up to once a day (like Miniflux's).
LONGEST_PAUSE = timedelta(hours=24)
EVERY_RUN = timedelta(0)  # a source without `every` of its own is polled by each run
# A backup or a review holds the warehouse for seconds; a run waits for it rather than fail.
LOCK_PATIENCE_SECONDS = 30.0


class Progress(Protocol):
    """Who is told how far a stage is."""

    def start(self, stage: str, total: int | None) -> None: ...
    def advance(self) -> None: ...


class Silent:
    """Progress that nobody watches."""

    def start(self, stage: str, total: int | None) -> None:
        """Nothing."""

    def advance(self) -> None:
        """Nothing."""


def utc_now() -> datetime:
    """The clock of live runs."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """What the stages of one cycle share: settings, place, clock. `clock` is simulated in the demo."""

    settings: Settings
    paths: Paths
    run_id: str = ""  # given by the warehouse when the run starts
    clock: Callable[[], datetime] = utc_now
    progress: Progress = field(default_factory=Silent)
    kind: str = "monitor"

    @classmethod
    def live(cls, settings: Settings, progress: Progress | None = None) -> Cycle:
        """A cycle of the real world, now."""
        return cls(
            settings=settings,
            paths=Paths(settings.warehouse.path),
            progress=progress or Silent(),
        )

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """The warehouse, for as short a time as can be."""
        with open_writer(self.paths.live, wait_seconds=LOCK_PATIENCE_SECONDS) as con:
            yield con


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A due entry with what fetching it came to: a stored page, a failure, a refusal, or no page to fetch."""

    due: DueEntry
    source: Source
    ref: PageRef | None = None
    failure: FetchFailure | None = None
    rejection: Rejection | None = None
    again: bool = False  # read before, and looked at again for changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a cycle did, stage by stage."""

    run_id: str
    sources: dict[str, int]
    pulled: PullSummary
    loaded: LoadSummary
    resolved: ResolveSummary
    alerts: dict[str, int]
    published: bool
    failures: tuple[str, ...]  # feeds and pages that could not be had, one line each
    incidents: Changes
    unwell: tuple[Health, ...] = ()  # feeds that are newly in trouble
    page: str | None = None  # where the page is that was brought up to date

    @property
    def clean(self) -> bool:
        """Whether nothing failed."""
        return not self.failures and not self.alerts.get("failed")

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        raw = asdict(self)
        return raw | {"incidents": [list(i) for i in self.incidents]}

    def line(self) -> str:
        """One line for logs."""
        s, p, r = self.sources, self.loaded, self.resolved
        return (
            f"feeds {s.get('ok', 0)} ok, {s.get('degraded', 0)} degraded, {s.get('error', 0)} failed; "
            f"entries {self.pulled.new} new; articles {p.loaded} loaded, {p.rejected} rejected, "
            f"{p.failed} failed; incidents {r.new} new, {r.changed} updated; "
            f"alerts {self.alerts.get('sent', 0)} sent"
            + "".join(f"; feed {h.source_id} is {h.verdict}" for h in self.unwell)
        )

    def markdown(self) -> str:
        """For Prefect's artifact."""
        rows = [f"| {kind} | {incident_id} | {text} |" for kind, incident_id, text in self.incidents]
        table = ["", "| | incident | what |", "|---|---|---|", *rows] if rows else ["", "No incident is new."]
        failed = ["", "**Could not be had**", "", *(f"* {f}" for f in self.failures)] if self.failures else []
        ill = [f"* {h.source_id}: {h.verdict}: {h.reason}" for h in self.unwell]
        unwell = ["", "**Feeds newly in trouble**", "", *ill] if ill else []
        page = ["", f"The page: `{self.page}`"] if self.page else []
        return "\n".join([self.line(), *page, *table, *unwell, *failed])


Step = Callable[..., Any]


def directly(name: str, stage: Callable[..., T], *args: Any) -> T:
    """Run a stage here and now."""
    return stage(*args)


def run_cycle(cycle: Cycle, step: Step = directly) -> Summary:
    """All stages, in order. Raises WarehouseBusy where another run is under way, WarehouseError, OSError."""
    with run_lock(cycle.paths, cycle.kind, cycle.clock()):
        began = time.monotonic()
        cycle = replace(cycle, run_id=step("start", begin, cycle))
        logs.RUN.set(cycle.run_id)
        summary = run_stages(cycle, step)
        note(cycle, summary, time.monotonic() - began)
        return summary


def run_stages(cycle: Cycle, step: Step) -> Summary:
    """The stages of a run that has begun."""
    pulled, outcomes = step("pull feeds", pull, cycle)
    pages = step("fetch articles", fetch, cycle)
    results = step("read", read, cycle, pages)
    loaded = step("load", load, cycle, results)
    resolved, changes = step("resolve", resolve, cycle)
    told, unwell = step("send alerts", alert, cycle)
    summary = Summary(
        run_id=cycle.run_id,
        sources=dict(Counter(o.status for o in outcomes)),
        pulled=pulled,
        loaded=loaded,
        resolved=resolved,
        alerts=told,
        published=False,
        failures=(*feed_failures(outcomes), *page_failures(results)),
        incidents=changes,
        unwell=unwell,
    )
    summary = replace(summary, published=step("publish", publish, cycle, summary))
    if not wants_page(cycle):
        return summary
    page, trouble = step("write page", write_page, cycle)
    return replace(summary, page=page, failures=(*summary.failures, *trouble))


def note(cycle: Cycle, summary: Summary, seconds: float) -> None:
    """The run's figures for whoever collects them: a log line, and the file for Prometheus."""
    log.info("%s; %.1f s", summary.line(), seconds)
    path = cycle.settings.schedule.metrics_file
    if path is not None:
        try:
            metrics.write(path, summary.as_dict(), cycle.clock().timestamp(), seconds)
        except OSError as error:  # a run that went well has not failed for this
            log.warning("%s: the figures cannot be written: %s", path, error.strerror)


# --- stages ---


def begin(cycle: Cycle) -> str:
    """Migrate, bring in the seeds, note the sources in force and that a run begins; its id."""
    now = cycle.clock()
    with cycle.writer() as con:
        load_seeds(con, load_knowledge().sites, now)
        sync_sources(con, cycle.settings.source, now)
        return start_run(con, cycle.kind, now, program_version())


def program_version() -> str | None:
    """The installed version; None where the program runs uninstalled."""
    try:
        return version("basewatch")
    except PackageNotFoundError:
        return None


def pull(cycle: Cycle) -> tuple[PullSummary, tuple[PullOutcome, ...]]:
    """Poll the feeds that are due; keep their entries and validators in one transaction."""
    with cycle.writer() as con:
        states = due_sources(con, cycle.clock())
    cycle.progress.start("pulling feeds", len(states))
    outcomes = asyncio.run(poll_all(cycle, states))
    with cycle.writer() as con:
        return record_pull(con, cycle.run_id, outcomes, cycle.clock()), outcomes


async def poll_all(cycle: Cycle, states: Sequence[SourceState]) -> tuple[PullOutcome, ...]:
    """All polls at once; the fetcher keeps to its limits."""
    parsing = asyncio.Lock()
    async with Fetcher(cycle.settings.fetch.for_fetcher(), cycle.clock) as fetcher:
        return tuple(await asyncio.gather(*(poll(cycle, fetcher, state, parsing) for state in states)))


async def poll(cycle: Cycle, fetcher: Fetcher, state: SourceState, parsing: asyncio.Lock) -> PullOutcome:
    """One feed asked, and what it came to.

    Feeds are parsed one at a time and beside the event loop: a feed made to be slow must not let the time
    limits of the others run out.
    """
    full = in_full(cycle, state)
    answer = await fetcher.get(
        address(cycle, state),
        etag=None if full else state.etag,
        last_modified=None if full else state.last_modified,
        accept=FEED_TYPES,
    )
    cycle.progress.advance()
    if isinstance(answer, FetchFailure):
        return failed_poll(cycle, state, answer)
    async with parsing:
        return await asyncio.to_thread(polled, cycle, state, answer)


def address(cycle: Cycle, state: SourceState) -> str:
    """Where a feed is asked: the place that it has moved to, once the move has held and while it works."""
    if state.moved_to is None or state.moved_since is None or state.failures_in_a_row > 1:
        return state.source.url
    return state.moved_to if cycle.clock() - state.moved_since >= MOVED_FOR else state.source.url


def in_full(cycle: Cycle, state: SourceState) -> bool:
    """Whether, since its last poll, a feed has had nothing new for another whole day."""
    since = state.last_new_entry_at or datetime.fromtimestamp(0, UTC)
    last = state.last_attempt_at or since
    return (cycle.clock() - since) // FULL_EVERY > (last - since) // FULL_EVERY


def quiet_for(cycle: Cycle, state: SourceState) -> timedelta:
    """How long a feed has had nothing new; zero for one that never had anything."""
    return cycle.clock() - state.last_new_entry_at if state.last_new_entry_at else timedelta(0)


def interval_of(cycle: Cycle, state: SourceState) -> timedelta:
    """The time to the next poll: the source's own, longer the longer it has had nothing new."""
    quiet = quiet_for(cycle, state)
    adapted = min(quiet / QUIET_SHARE, STALE_INTERVAL if quiet > STALE_AFTER else LONGEST_INTERVAL)
    own = state.source.every or EVERY_RUN
    return adapted if adapted > max(own, cycle.settings.schedule.every) else own


FEED_TYPES = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
)


def polled(cycle: Cycle, state: SourceState, answer: Fetched) -> PullOutcome:
    """An answer as an outcome: not modified, the same bytes as last time, or entries."""
    now, source = cycle.clock(), state.source
    digest = state.body_hash if answer.not_modified else hashlib.sha256(answer.body).hexdigest()[:16]
    same = answer.not_modified or digest == state.body_hash
    parsed = None
    if not same:
        parsed = parse_feed(
            answer.body, content_type=answer.content_type, url=answer.url, source_id=source.source_id, now=now
        )
        if parsed.failure is not None:
            return failed_poll(cycle, state, parsed.failure)
    defect = parsed.defect if parsed else None
    news = parsed is not None and bool(parsed.entries)
    interval = source.every or EVERY_RUN if news else interval_of(cycle, state)
    return PullOutcome(
        source_id=source.source_id,
        status="degraded" if defect else "ok",
        attempted_at=now,
        detail=defect,
        etag=answer.etag or (state.etag if answer.not_modified else None),
        last_modified=answer.last_modified or (state.last_modified if answer.not_modified else None),
        body_hash=digest,
        interval=interval,
        next_due_at=now + interval,
        moved_to=answer.moved_to or (state.moved_to if address(cycle, state) != source.url else None),
        entries=parsed.entries if parsed else (),
    )


def failed_poll(cycle: Cycle, state: SourceState, failure: FetchFailure) -> PullOutcome:
    """A failure as an outcome: asked again later, ever later while it goes on."""
    log.info("feed: %s: %s", failure.reason, failure.detail, extra={"source": state.source.source_id})
    now = cycle.clock()
    step = state.source.every or cycle.settings.schedule.every
    wait = min(step * (2 ** min(state.failures_in_a_row, 10) - 1), LONGEST_PAUSE)
    if failure.reason == "gone" and state.failures_in_a_row:
        wait = GONE_PAUSE
    due = max(now + wait, failure.retry_after_at or now)
    return PullOutcome(
        source_id=state.source.source_id,
        status="error",
        attempted_at=now,
        error=failure.reason,
        detail=failure.detail,
        next_due_at=due,
    )


def fetch(cycle: Cycle) -> tuple[Page, ...]:
    """Fetch the pages of due entries that may be relevant, and keep each as fetched in the archive."""
    limit = cycle.settings.schedule.articles_per_run
    sources = {s.source_id: s for s in cycle.settings.source}
    with cycle.writer() as con:
        due = list(to_fetch(due_entries(con, cycle.clock(), REFUSED_FOR_EACH * limit), sources, limit))
        again = entries_to_reread(
            con,
            cycle.clock(),
            looks=cycle.settings.schedule.look_again,
            step=LOOK_STEP,
            until=LOOK_UNTIL,
            kind=cycle.kind,
            limit=max(limit - sum(page.rejection is None for page in due), 0),
        )
    again_due = (DueEntry(entry=entry, attempts=0, reason=None) for entry in again)
    wanted = due + [replace(page, again=True) for page in to_fetch(again_due, sources, limit)]
    cycle.progress.start("fetching articles", len(wanted))
    return asyncio.run(fetch_all(cycle, wanted))


def to_fetch(due: Iterable[DueEntry], sources: Mapping[str, Source], limit: int) -> Iterator[Page]:
    """As many as a run may fetch, and with them all whose headline alone refuses them, which cost nothing."""
    fetched = 0
    for one in due:
        source = sources.get(one.entry.source_id)
        if source is None:
            continue
        rejection = filter_entry(one.entry, source.language)
        fetched += rejection is None
        if rejection is not None or fetched <= limit:
            yield Page(due=one, source=source, rejection=rejection)


async def fetch_all(cycle: Cycle, wanted: Sequence[Page]) -> tuple[Page, ...]:
    """All pages at once; bodies go to the archive, not to memory."""
    if not wanted:
        return ()
    with PageArchive(cycle.paths.archive) as archive:
        async with Fetcher(cycle.settings.fetch.for_fetcher(), cycle.clock) as fetcher:
            work = (fetch_page(cycle, fetcher, archive, page) for page in wanted)
            pages = tuple(await asyncio.gather(*work))
        archive.sync()
        return pages


async def fetch_page(cycle: Cycle, fetcher: Fetcher, archive: PageArchive, page: Page) -> Page:
    """One page fetched and stored; or why not. An item without a page of its own has its headline read."""
    entry = page.due.entry
    if page.rejection is not None:
        cycle.progress.advance()
        return page
    if not entry.url or is_aggregator_wrapper(entry.url):
        cycle.progress.advance()
        return page
    answer = await fetcher.get(entry.url)
    cycle.progress.advance()
    if isinstance(answer, FetchFailure):
        return replace(page, failure=answer)
    return replace(page, ref=archive.write(answer))


def read(cycle: Cycle, pages: Sequence[Page]) -> tuple[ReadResult, ...]:
    """Page bytes to articles to reports."""
    cycle.progress.start("reading", len(pages))
    if not pages:
        return ()
    with PageArchive(cycle.paths.archive) as archive:
        results = [(page, read_one(cycle, archive, page)) for page in pages]
    return tuple(result for page, result in results if not page.again or is_whole(result))


def is_whole(result: ReadResult) -> bool:
    """Whether a page was read, and not only its headline. A second look that finds none (a consent wall, a
    page taken down) leaves what was read before."""
    return result.article is not None and result.article.extractor != FEED_EXTRACTOR


def read_one(cycle: Cycle, archive: PageArchive, page: Page) -> ReadResult:
    """One page read. A surprise in reading it costs this page only, and is told."""
    cycle.progress.advance()
    entry = page.due.entry
    common: dict[str, Any] = {"entry_id": entry.entry_id, "url": entry.url, "source_id": entry.source_id}
    if page.rejection is not None:
        return ReadResult(rejection=page.rejection, **common)
    if page.failure is not None:
        return unread(cycle, page, page.failure, common)
    if page.ref is None:
        return from_headline(page, common)
    fetched = archive.read(page.ref.file, page.ref.offset)
    common |= {"page": page.ref, "page_fetched_at": fetched.fetched_at}
    if stopped(page, fetched):
        rejection = Rejection(
            subject=entry.entry_id,
            stage="scrape",
            reason="no_attack",
            detail="names no place, attack or target",
        )
        return ReadResult(rejection=rejection, **common)
    try:
        article = read_page(
            fetched.body,
            content_type=fetched.content_type,
            url=fetched.url,
            entry=entry,
            source=page.source,
            now=cycle.clock(),
        )
        if isinstance(article, Rejection):
            return fallen_back(cycle, page, article, common)
        return ReadResult(article=article, reading=read_article(article, load_knowledge()), **common)
    except Exception as error:  # a page must not stop the run; it stays due and is told
        ids = {"entry": entry.entry_id, "source": entry.source_id}
        log.exception("cannot read %s", entry.url, extra=ids)
        failed = Failed(reason="parse", detail=f"{type(error).__name__}: {error}", due_at=later(cycle, page))
        return ReadResult(failed=failed, **common)


def stopped(page: Page, fetched: Fetched) -> bool:
    """Whether the page cannot be relevant. Where the headline itself tells of our theatre, the page is parsed
    all the same: if it is a wall or a challenge, that is to be known."""
    entry = page.due.entry
    return not may_tell(f"{entry.title}\n{entry.summary}") and not page_may_tell(
        fetched.body, fetched.content_type
    )


def unread(cycle: Cycle, page: Page, failure: FetchFailure, common: dict[str, Any]) -> ReadResult:
    """A page that could not be had: tried again later, or at last read from its headline and summary."""
    due_at = later(cycle, page) if failure.temporary else None
    if due_at is not None:
        due_at = max(due_at, failure.retry_after_at or due_at)
        return ReadResult(
            failed=Failed(reason=failure.reason, detail=failure.detail, due_at=due_at), **common
        )
    given_up = Failed(reason=failure.reason, detail=failure.detail, due_at=None)
    return kept(from_headline(page, common)) or ReadResult(failed=given_up, **common)


def fallen_back(cycle: Cycle, page: Page, rejection: Rejection, common: dict[str, Any]) -> ReadResult:
    """A page that is no article (a consent wall, a PDF): headline and summary may still tell of an attack."""
    return kept(from_headline(page, common)) or ReadResult(rejection=rejection, **common)


def from_headline(page: Page, common: dict[str, Any]) -> ReadResult:
    """The reading of headline and summary alone."""
    article = article_from_entry(page.due.entry, page.source)
    return ReadResult(article=article, reading=read_article(article, load_knowledge()), **common)


def kept(result: ReadResult) -> ReadResult | None:
    """The result where it tells of anything."""
    return result if result.outcome == "loaded" else None


def later(cycle: Cycle, page: Page) -> datetime | None:
    """When this page is tried again; None when it has been tried often enough."""
    tried = page.due.attempts
    return cycle.clock() + RETRY_AFTER[tried] if tried < len(RETRY_AFTER) else None


def load(cycle: Cycle, results: Sequence[ReadResult]) -> LoadSummary:
    """Everything read, in one transaction."""
    with cycle.writer() as con:
        return load_readings(con, cycle.run_id, results, cycle.clock())


def resolve(cycle: Cycle) -> tuple[ResolveSummary, Changes]:
    """Reports of the days that changed into incidents; alerts into the outbox; one transaction."""
    with cycle.writer() as con:
        done = resolve_dirty(con, resolve_reports, load_knowledge(), cycle.run_id, cycle.clock())
        return done, changes_of_run(con, cycle.run_id)


def alert(cycle: Cycle) -> tuple[dict[str, int], tuple[Health, ...]]:
    """Empty the outbox: each channel is told on its own, each delivery recorded at once. How many ended how,
    and the feeds that are newly in trouble, of which the channels are told once a day at most."""
    with cycle.writer() as con:
        unwell = alerts.queue_unwell_sources(con, cycle.clock())
    return alerts.deliver_due(cycle.writer, cycle.settings.alerts, cycle.clock), unwell


def publish(cycle: Cycle, summary: Summary) -> bool:
    """Close the run's record and publish the analysts' copy, if anything changed."""
    with cycle.writer() as con:
        outcome: RunOutcome = "done" if summary.clean else "failures"
        finish_run(con, cycle.run_id, cycle.clock(), outcome, summary.as_dict())
        return publish_if_changed(con, cycle.paths)


def wants_page(cycle: Cycle) -> bool:
    """Whether the page is to be written and lags behind what is published."""
    return cycle.settings.report.enabled and needs_writing(cycle.paths, report_folder(cycle.settings))


def write_page(cycle: Cycle) -> tuple[str | None, tuple[str, ...]]:
    """Bring the page up to date: where it is, and what went wrong. By now the data are safe, so trouble with
    the page is told and stops nothing; the next load, or `basewatch report`, makes up for it."""
    report = cycle.settings.report
    folder = report_folder(cycle.settings)
    try:
        written = write_report(cycle.paths, folder, notice=report.notice, base_url=report.base_url)
    except (OSError, WarehouseError) as error:
        log.warning("the page in %s is not up to date: %s", folder, error)
        return None, (f"report {folder}: {error}",)
    return (f"{report.base_url.rstrip('/')}/index.html" if report.base_url else str(written.index)), ()


def feed_failures(outcomes: Sequence[PullOutcome]) -> Iterator[str]:
    """One line a feed that failed or is degraded."""
    for o in outcomes:
        if o.status in ("error", "degraded"):
            yield f"feed {o.source_id}: {o.error or 'degraded'}: {o.detail or ''}"


def page_failures(results: Sequence[ReadResult]) -> Iterator[str]:
    """One line a page that could not be had."""
    for r in results:
        if r.failed is not None:
            yield f"page {r.url}: {r.failed.reason}: {r.failed.detail}"
