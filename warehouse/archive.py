"""Pages and feeds as they were fetched, in WARC files (one gzip member a record), by day and size.

A record is appended and flushed before its place is told, so a place that the database knows is in the file.
A write that was killed leaves a torn member at the end: the next writer cuts the file back to its last whole
record. Beside each file a small note says how far it was whole, so that only what came after is looked at.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import io
import os
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.records import Fetched
from warehouse.errors import WarehouseDamaged, WarehousePathError

MAX_FILE_BYTES = 256 * 1024 * 1024
PageKind = Literal["page", "feed"]
_KIND = "WARC-Basewatch-Kind"
# Headers that described the bytes on the wire; the body is kept as decoded, so they would lie about it.
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where a record lies: file name within the archive, offset and length of its gzip member in bytes."""

    file: str
    offset: int
    length: int


class PageArchive:
    """The archive of one warehouse. As a context manager it closes its file; one writer per file at a time.

    `prefix` keeps pages and feeds in files of their own kind. Raises WarehousePathError where the folder
    cannot be written.
    """

    def __init__(self, folder: Path, *, max_file_bytes: int = MAX_FILE_BYTES, prefix: str = "pages") -> None:
        self.folder, self.max_file_bytes, self.prefix = folder, max_file_bytes, prefix
        self._handle: io.BufferedRandom | None = None
        self._name = ""

    def __enter__(self) -> PageArchive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, fetched: Fetched, kind: PageKind = "page") -> PageRef:
        """Appends one answer; when this returns it is in the file."""
        record = _member(fetched, kind)
        handle = self._file_for(fetched.fetched_at)
        offset = handle.seek(0, os.SEEK_END)
        handle.write(record)
        handle.flush()
        return PageRef(self._name, offset, len(record))

    def sync(self) -> None:
        """Makes what was written survive a power cut. Call before telling the database of it."""
        if self._handle is not None:
            os.fsync(self._handle.fileno())
            self._note_whole()

    def read(self, file: str, offset: int) -> Fetched:
        """The answer that lies at a place. Raises WarehousePathError where the file is gone, WarehouseDamaged
        where no whole record is there."""
        path = self.folder / file
        try:
            with path.open("rb") as handle:
                handle.seek(offset)
                for record in ArchiveIterator(handle):
                    return _fetched(record)
        except FileNotFoundError as error:
            raise WarehousePathError(
                path, "the archive file is gone; the page cannot be read again."
            ) from error
        except (ArchiveLoadFailed, zlib.error, EOFError, ValueError) as error:
            raise WarehouseDamaged(path, f"no whole record at byte {offset} ({error})") from error
        raise WarehouseDamaged(path, f"no record at byte {offset}")

    def iterate(self, file: str | None = None) -> Iterator[tuple[PageRef, PageKind, Fetched]]:
        """Every whole record of one file, or of all in order of their names. A torn end is passed over."""
        names = [file] if file is not None else self.files()
        for name in names:
            for offset, length in _whole_members(self.folder / name, 0):
                with (self.folder / name).open("rb") as handle:
                    handle.seek(offset)
                    for record in ArchiveIterator(io.BytesIO(handle.read(length))):
                        kind: PageKind = "feed" if record.rec_headers.get_header(_KIND) == "feed" else "page"
                        yield PageRef(name, offset, length), kind, _fetched(record)

    def files(self) -> list[str]:
        """Names of the archive's files, oldest first."""
        return sorted(path.name for path in self.folder.glob("*.warc.gz"))

    def close(self) -> None:
        """Ends writing; reading goes on working."""
        if self._handle is not None:
            self.sync()
            self._handle.close()
            self._handle = None

    def _file_for(self, moment: dt.datetime) -> io.BufferedRandom:
        day = f"{moment.astimezone(dt.UTC):%Y%m%d}"
        if self._handle is not None:
            full = self._handle.seek(0, os.SEEK_END) >= self.max_file_bytes
            if self._name.startswith(f"{self.prefix}-{day}-") and not full:
                return self._handle
            self.close()
        return self._open_file(day)

    def _open_file(self, day: str) -> io.BufferedRandom:
        """The day's last file where there is room and nobody else writes it, else a new one."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            numbers = [
                int(path.name.split("-")[-1][:4]) for path in self.folder.glob(f"{self.prefix}-{day}-*.gz")
            ]
            for number in range(max(numbers, default=1), 10_000):
                if self._take(self.folder / f"{self.prefix}-{day}-{number:04}.warc.gz"):
                    assert self._handle is not None  # noqa: S101  (for the type checker)
                    return self._handle
        except OSError as error:
            raise WarehousePathError(
                self.folder,
                f"the archive cannot be written ({error.strerror}). Free space or name another place.",
            ) from error
        raise WarehousePathError(self.folder, f"the day {day} has used up all its file numbers.")

    def _take(self, path: Path) -> bool:
        handle = path.open("r+b" if path.exists() else "x+b")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.close()
            return False
        size = _cut_to_whole(path, handle)
        if size >= self.max_file_bytes:
            handle.close()
            return False
        self._handle, self._name = handle, path.name
        return True

    def _note_whole(self) -> None:
        assert self._handle is not None  # noqa: S101  (for the type checker)
        note = _note_of(self.folder / self._name)
        fresh = note.with_name(note.name + ".tmp")
        fresh.write_text(str(self._handle.seek(0, os.SEEK_END)), encoding="ascii")
        fresh.replace(note)


def _note_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.whole")


def _noted(path: Path) -> int:
    try:
        return int(_note_of(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _cut_to_whole(path: Path, handle: io.BufferedRandom) -> int:
    """Cuts a torn end off; returns the length that is left."""
    size = handle.seek(0, os.SEEK_END)
    whole = min(_noted(path), size)
    for offset, length in _whole_members(path, whole):
        whole = offset + length
    if whole < size:
        handle.truncate(whole)
        handle.seek(whole)
    return whole


def _whole_members(path: Path, start: int) -> Iterator[tuple[int, int]]:
    """Offset and length of each whole gzip member from `start` on; ends at the first that is not."""
    with path.open("rb") as handle:
        handle.seek(start)
        offset, pending = start, b""
        while True:
            decoder, length = zlib.decompressobj(wbits=31), 0
            while not decoder.eof:
                chunk = pending or handle.read(1 << 16)
                pending = b""
                if not chunk:
                    return
                try:
                    decoder.decompress(chunk)
                except zlib.error:
                    return
                length += len(chunk) - len(decoder.unused_data)
            yield offset, length
            offset, pending = offset + length, decoder.unused_data


def _member(fetched: Fetched, kind: PageKind) -> bytes:
    """One answer as a gzip member that holds a WARC response record."""
    out = io.BytesIO()
    headers = [(name, value) for name, value in fetched.headers if name.lower() not in _OF_THE_WIRE]
    headers.append(("Content-Length", str(len(fetched.body))))
    writer: Any = WARCWriter(out, gzip=True)
    record = writer.create_warc_record(
        fetched.url,
        "response",
        payload=io.BytesIO(fetched.body),
        http_headers=StatusAndHeaders(
            f"{fetched.status} {'OK' if fetched.status == 200 else '-'}", headers, "HTTP/1.1"
        ),
        warc_headers_dict={
            "WARC-Date": fetched.fetched_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
            "WARC-Basewatch-Asked": fetched.url_asked,
            _KIND: kind,
        },
    )
    writer.write_record(record)
    return out.getvalue()


def _fetched(record: Any) -> Fetched:
    headers = tuple((str(name), str(value)) for name, value in record.http_headers.headers)
    by_name = {name.lower(): value for name, value in headers}
    warc = record.rec_headers
    url = warc.get_header("WARC-Target-URI")
    return Fetched(
        url_asked=warc.get_header("WARC-Basewatch-Asked") or url,
        url=url,
        status=int(record.http_headers.get_statuscode()),
        body=record.content_stream().read(),
        content_type=by_name.get("content-type", ""),
        headers=headers,
        etag=by_name.get("etag"),
        last_modified=by_name.get("last-modified"),
        not_modified=False,
        moved_to=None,
        fetched_at=dt.datetime.fromisoformat(warc.get_header("WARC-Date")).astimezone(dt.UTC),
    )
