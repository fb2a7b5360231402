"""A loopback web server that shows the archive's outlets as they were at a settable moment.

    with DemoServer(load_archive()) as server:
        for day in server.days():
            server.moment = end_of(day)
            ...                       # poll server.sources() as if they were real

Every outlet lives under a path prefix: `/<outlet id>/feed.xml` and `/<outlet id>/<article path>`. Before its
publication an article is in no feed and its page is 404. Feeds and pages carry ETag and Last-Modified.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import sys
import threading
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from flows.demo.bundle import Archive, load_archive
from flows.demo.pages import Renderer

__all__ = ["DemoServer", "end_of", "load_archive"]

FEED_PATH = "feed.xml"
ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /comments\n"


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day in UTC: when a simulated day's news is all out."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer before it is compressed or found to be unchanged."""

    status: int
    content_type: str
    body: bytes
    changed_at: dt.datetime | None = None
    compress: bool = False

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class DemoServer:
    """Serves an archive on 127.0.0.1; a context manager, and a thread of its own inside.

    `moment` (aware) may be set at any time, also while requests are under way. `port` 0 takes a free one; a
    fixed port keeps article addresses the same from one run to the next. `requests` counts answers by status.
    """

    def __init__(self, archive: Archive, *, port: int = 0) -> None:
        self.archive = archive
        self.requests: dict[int, int] = {}
        self._moment = end_of(archive.days()[0])
        self._httpd = _Server(("127.0.0.1", port), self)
        self._renderer = Renderer(archive, self.base_url)
        self._thread = threading.Thread(target=self._httpd.serve_forever, args=(0.05,), daemon=True)
        self._count_lock = threading.Lock()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._httpd.shutdown()
        self._thread.join()
        self._httpd.server_close()

    @property
    def port(self) -> int:
        return int(self._httpd.server_address[1])

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def moment(self) -> dt.datetime:
        return self._moment

    @moment.setter
    def moment(self, value: dt.datetime) -> None:
        if value.tzinfo is None:
            raise ValueError("the simulated moment needs a time zone")
        self._moment = value.astimezone(dt.UTC)

    def days(self) -> list[dt.date]:
        """The simulated days on which there is something new, in order (UTC)."""
        return list(self.archive.days())

    def sources(self) -> list[dict[str, str]]:
        """The outlets as `[[source]]` blocks of a configuration file."""
        return [
            {
                "id": outlet.outlet_id,
                "outlet": outlet.name,
                "family": outlet.family,
                "language": outlet.language,
                "kind": outlet.kind,
                "url": self.feed_url(outlet.outlet_id),
            }
            for outlet in self.archive.outlets
        ]

    def feed_url(self, outlet_id: str) -> str:
        return f"{self.base_url}/{outlet_id}/{FEED_PATH}"

    def page_url(self, stem: str) -> str:
        """Where an article is served, whether or not it is public yet."""
        article = next(a for a in self.archive.articles if a.stem == stem)
        return self._renderer.url(article)

    def answer(self, path: str) -> Answer:
        """What a path shows at the current moment."""
        if path == "/robots.txt":
            return Answer(status=200, content_type="text/plain; charset=utf-8", body=ROBOTS.encode())
        outlet_id, _, rest = path.lstrip("/").partition("/")
        if rest == FEED_PATH:
            return self._feed(outlet_id)
        return self._page(outlet_id, "/" + rest)

    def count(self, status: int) -> None:
        with self._count_lock:
            self.requests[status] = self.requests.get(status, 0) + 1

    def _feed(self, outlet_id: str) -> Answer:
        outlet = self.archive.outlet(outlet_id)
        if outlet is None:
            return _not_found()
        feed = self._renderer.feed(outlet, self._moment)
        return Answer(
            status=200,
            content_type=feed.content_type,
            body=feed.text.encode(),
            changed_at=feed.changed_at,
            compress=outlet.compressed,
        )

    def _page(self, outlet_id: str, path: str) -> Answer:
        outlet, moment = self.archive.outlet(outlet_id), self._moment
        article = self.archive.page(outlet, path) if outlet else None
        version = article.version_at(moment) if article else None
        if outlet is None or article is None or version is None:
            return _not_found()
        return Answer(
            status=200,
            content_type="text/html; charset=utf-8",
            body=self._renderer.page(article, version, moment).encode(),
            changed_at=version.public_at,
            compress=outlet.compressed,
        )


def _not_found() -> Answer:
    body = b"<!doctype html><title>Not found</title><h1>Page not found</h1>"
    return Answer(status=404, content_type="text/html; charset=utf-8", body=body)


class _Server(ThreadingHTTPServer):
    """Knows the DemoServer it belongs to, so that handlers can ask it."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], demo: DemoServer) -> None:
        self.demo = demo
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is a fault of ours and is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "DemoOutlets/1"
    sys_version = ""
    timeout = 30
    disable_nagle_algorithm = True  # headers and body are two writes: 40 ms a page over kept connections

    def do_GET(self) -> None:
        self._reply(with_body=True)

    def do_HEAD(self) -> None:
        self._reply(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the flow's own progress is what a user wants to see."""

    @cached_property
    def _demo(self) -> DemoServer:
        server = self.server
        if not isinstance(server, _Server):
            raise TypeError("the handler works only inside a DemoServer")
        return server.demo

    def _reply(self, *, with_body: bool) -> None:
        answer = self._demo.answer(self.path.partition("?")[0])
        unchanged = answer.status == 200 and self._knows(answer)
        status = 304 if unchanged else answer.status
        self._demo.count(status)
        body = b"" if unchanged else self._encoded(answer)
        self.send_response(status)
        self._send_headers(answer, body, unchanged=unchanged)
        if with_body and body:
            self.wfile.write(body)

    def _send_headers(self, answer: Answer, body: bytes, *, unchanged: bool) -> None:
        if answer.status == 200:
            self.send_header("ETag", answer.etag)
            self.send_header("Cache-Control", "max-age=60")
        if answer.changed_at is not None:
            self.send_header("Last-Modified", format_datetime(answer.changed_at, usegmt=True))
        if not unchanged:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
            if body and self._wants_gzip(answer):
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()

    def _encoded(self, answer: Answer) -> bytes:
        return gzip.compress(answer.body, mtime=0) if self._wants_gzip(answer) else answer.body

    def _wants_gzip(self, answer: Answer) -> bool:
        return answer.compress and "gzip" in self.headers.get("Accept-Encoding", "")

    def _knows(self, answer: Answer) -> bool:
        """Whether the client's validators still hold; If-None-Match outranks If-Modified-Since (RFC 9110)."""
        if tags := self.headers.get("If-None-Match"):
            return answer.etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        since = _http_date(self.headers.get("If-Modified-Since"))
        return since is not None and answer.changed_at is not None and answer.changed_at <= since


def _http_date(value: str | None) -> dt.datetime | None:
    try:
        return parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
