"""One WARC archive through the core: records -> gate -> page -> reports. A unit of work of a backfill.

What is broken costs what is broken: a record that cannot be read is named with its place and passed over, and
where bytes are noise the next gzip member that opens a WARC record is looked for. Memory is bounded by the
largest record that is read, and larger ones are skipped and named.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from fastwarc.warc import ArchiveIterator, WarcRecordType

from extract.decoding import UndecodableError, decode_body
from extract.filtering import written_in
from extract.gate import page_may_tell
from extract.knowledge import Knowledge, load_knowledge
from extract.reading import read_article
from extract.records import Article, Rejection, Source
from extract.rules import RULES_VERSION
from extract.scraping import EXTRACTOR, read_page
from extract.sources import load_sources
from extract.urls import host_of
from warehouse.batches import Batch, ReadPage

MAX_RECORD_BYTES = 20_000_000
BAGHDAD = ZoneInfo("Asia/Baghdad")
_MOST_LOSSES = 100  # named one by one; the rest is counted
_SYNC = 1 << 20  # bytes read at a time when looking for the next record


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of an archive. Dates are of publication, local; without one, of the crawl."""

    since: date | None = None
    until: date | None = None
    languages: tuple[str, ...] = ()  # none: all that are read
    max_record_bytes: int = MAX_RECORD_BYTES

    def key(self, knowledge: Knowledge) -> str:
        """What a reading depends on, besides the archive: rules, knowledge and filters."""
        asked = f"{self.since or ''}..{self.until or ''} {','.join(sorted(self.languages))}"
        return f"{RULES_VERSION} {knowledge.version} {EXTRACTOR} {asked}".strip()


def read_archive(path: Path, ask: Ask) -> Batch:
    """Everything in one archive that tells of something, with counts of the rest and what was lost.

    Never raises for what the file holds; raises OSError where it cannot be opened.
    """
    return _Archive(path, ask).read()


class _Archive:
    """One archive while it is read."""

    def __init__(self, path: Path, ask: Ask) -> None:
        self.path, self.ask = path, ask
        self.knowledge = load_knowledge()
        self.seen = self.passed = 0
        self.counts: Counter[str] = Counter()
        self.losses: list[str] = []
        self.found: dict[str, ReadPage] = {}

    def read(self) -> Batch:
        with self.path.open("rb") as file:
            for record, place in self.records(file):
                self.take(record, place)
        if len(self.losses) > _MOST_LOSSES:
            more = len(self.losses) - _MOST_LOSSES
            self.losses[_MOST_LOSSES:] = [f"and {more} more"]
        return Batch(
            pages=tuple(self.found.values()),
            seen=self.seen,
            passed=self.passed,
            counts=self.counts,
            losses=tuple(self.losses),
        )

    def records(self, file: BinaryIO) -> Iterator[tuple[Any, int]]:
        """All response records; after one that cannot be read, from the next that can be."""
        start, size = 0, self.path.stat().st_size
        zipped = file.read(2) == b"\x1f\x8b"
        while start < size:
            last = start  # where the record begins that was read last
            file.seek(start)
            try:
                for record in ArchiveIterator(
                    file,
                    record_types=WarcRecordType.response,
                    parse_http=False,
                    func_filter=self.fits,
                ):
                    last = record.stream_pos
                    yield record, last
                lost = _torn_end(file, last, zipped)
                if lost is None:
                    return
            except (OSError, ValueError, zlib.error, EOFError) as error:
                lost = str(error) or type(error).__name__
            begin = _next_record(file, last + 1, zipped)
            self.losses.append(f"byte {last} to {begin or size}: {lost[:120]}")
            if begin is None:
                return
            start = begin

    def fits(self, record: Any) -> bool:
        """Whether the record may be held in memory."""
        if record.content_length <= self.ask.max_record_bytes:
            return True
        url = record.headers.get("WARC-Target-URI", "")
        size, most = record.content_length, self.ask.max_record_bytes
        self.losses.append(f"byte {record.stream_pos}: {url[:200]}: {size} bytes, more than {most}")
        return False

    def take(self, record: Any, place: int) -> None:
        """One record through the gate and the reader; a surprise in it costs it alone."""
        url = record.headers.get("WARC-Target-URI", "")
        try:
            self.look(record, url, place)
        except Exception as error:
            self.losses.append(f"byte {place}: {url[:200]}: {type(error).__name__}: {str(error)[:120]}")

    def look(self, record: Any, url: str, place: int) -> None:
        if not record.is_http or record.headers.get(_OURS) == "feed":
            return
        record.parse_http()
        http = record.http_headers
        kind = http.get("Content-Type", "") if http else ""
        if http is None or http.status_code != 200 or not _may_be_markup(kind):
            return
        body = _body(record, self.ask.max_record_bytes)
        self.seen += 1
        if not page_may_tell(body, kind):
            self.counts["no_attack_at_the_gate"] += 1
            return
        self.passed += 1
        self.read_on(body, kind, url, _crawled(record, place))

    def read_on(self, body: bytes, kind: str, url: str, crawled: datetime) -> None:
        """A page that the gate let through."""
        source = _source(host_of(url))
        article = read_page(body, content_type=kind, url=url, entry=None, source=source, now=crawled)
        reason = article.reason if isinstance(article, Rejection) else self.unwanted(article, crawled)
        if reason is not None or isinstance(article, Rejection):
            self.counts[reason or ""] += 1
            return
        reading = read_article(article, self.knowledge)
        if not reading.relevant and not reading.stated_tallies:
            self.counts[reading.reason] += 1
            return
        older = self.found.get(article.article_id)
        if older is None or older.fetched_at <= crawled:  # of two versions in one archive the later counts
            self.found[article.article_id] = ReadPage(article=article, reading=reading, fetched_at=crawled)

    def unwanted(self, article: Article, crawled: datetime) -> str | None:
        """Why the article was not asked for."""
        day = (article.published_at or crawled).astimezone(BAGHDAD).date()
        ask = self.ask
        if (ask.since and day < ask.since) or (ask.until and day > ask.until):
            return "outside_dates"
        return "other_language" if ask.languages and written_in(article) not in ask.languages else None


_OURS = "WARC-Basewatch-Kind"


def _may_be_markup(content_type: str) -> bool:
    kind = content_type.split(";")[0].strip().lower()
    return kind in ("", "text/html", "application/xhtml+xml", "text/plain") or kind.endswith("+html")


def _body(record: Any, limit: int) -> bytes:
    """The page, out of its transfer and content encodings. Raises ValueError where it is not whole."""
    http = record.http_headers
    declared = record.content_length
    body: bytes = record.reader.read()
    if len(body) < declared:
        raise ValueError(f"torn: {len(body)} of {declared} bytes")
    if http.get("Transfer-Encoding", "").strip().lower() == "chunked" and _CHUNK.match(body):
        body = _unchunked(body)
    try:
        return decode_body(body, http.get("Content-Encoding", ""), limit)
    except UndecodableError:
        return body  # crawlers often keep the header of what they have undone


_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}[^\r\n]{0,80}\r\n")  # crawlers often keep the header, not the chunks


def _unchunked(body: bytes) -> bytes:
    pieces, at = [], 0
    while match := _CHUNK.match(body, at):
        size = int(match[0].split(b";")[0].strip(), 16)
        if size == 0:
            break
        pieces.append(body[match.end() : match.end() + size])
        at = match.end() + size + 2
    return b"".join(pieces)


def _crawled(record: Any, place: int) -> datetime:
    moment: datetime | None = record.record_date
    if moment is None:
        raise ValueError(f"no WARC-Date in the record at byte {place}")
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=1)
def _outlets() -> dict[str, Source]:
    """The outlets known, by host: whose page it is, of which family."""
    return {host_of(source.url): source for source in load_sources(None)}


def _source(host: str) -> Source | None:
    return _outlets().get(host)


def _torn_end(file: BinaryIO, last: int, zipped: bool) -> str | None:
    """Why what follows the record that was read last is not whole; None where it is."""
    if not zipped:
        return None
    file.seek(last)
    decoder, pending, begun = zlib.decompressobj(wbits=31), b"", False
    while chunk := pending or file.read(_SYNC):
        try:
            decoder.decompress(chunk)
        except zlib.error as error:
            return str(error)
        begun, pending = not decoder.eof, decoder.unused_data
        if decoder.eof:
            decoder = zlib.decompressobj(wbits=31)
    return "the file ends within a record" if begun else None


def _next_record(file: BinaryIO, start: int, zipped: bool) -> int | None:
    """Where the next record begins, from a byte on."""
    mark = b"\x1f\x8b\x08" if zipped else b"WARC/1."
    at, tail = start, b""
    file.seek(start)
    while chunk := file.read(_SYNC):
        block = tail + chunk
        found = block.find(mark)
        while found >= 0:
            place = at - len(tail) + found
            if not zipped or _opens_record(file, place):
                return place
            found = block.find(mark, found + 1)
        at += len(chunk)
        tail = block[-len(mark) + 1 :]
        file.seek(at)
    return None


def _opens_record(file: BinaryIO, place: int) -> bool:
    file.seek(place)
    try:
        return zlib.decompressobj(wbits=31).decompress(file.read(1 << 12), 5) == b"WARC/"
    except zlib.error:
        return False
