"""The only network code: polite, bounded, and safe to point at anything.

    url -> robots.txt -> the host's turn -> checked address -> answer (raw) -> bounded decoding -> Fetched
                                                  ^ redirects by hand, each checked anew

What is assumed when robots.txt fails (RFC 9309): 4xx and redirects that lead nowhere allow everything;
5xx and 429 forbid everything for now (`robots`, temporary); where the host cannot be reached at all, the
page fails with the same reason. A file is read up to ROBOTS_BYTES, kept for ROBOTS_SECONDS, and for
ROBOTS_RETRY_SECONDS where it failed. A crawl-delay counts up to `max_crawl_delay_seconds`.

Proxies: the HTTP library's own proxy handling would resolve names elsewhere and so go around the address
guard. It is switched off. Where a proxy is set, a tunnel (CONNECT) to the checked address is asked for, for
http too, so that what was checked is what is reached. See FetchSettings.proxy.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import email.utils
import ipaddress
import itertools
import re
import ssl
import time
import typing
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlsplit

import httpcore
import httpx
from protego import Protego

from extract import addresses, decoding
from extract.records import FailureReason, Fetched, FetchFailure

ROBOTS_BYTES = 512 * 1024  # RFC 9309 asks for at least 500 KiB
ROBOTS_SECONDS = 24 * 3600.0
ROBOTS_RETRY_SECONDS = 600.0
ROBOTS_REDIRECTS = 5
_ROBOTS_WORK = 4_000_000  # agents times lines; the parser is quadratic in a file made for it
LARGE_BYTES = 1_000_000  # a body that grows past this waits until few others are as large: memory is shared
LARGE_AT_ONCE = 4
MAX_RETRY_AFTER = dt.timedelta(hours=24)
MAX_URL_LENGTH = 8192
ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]*:[0-9a-f:.]*")  # a name in ASCII, or an IPv6 address
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_COME_BACK_LATER = frozenset({429, 503})
_TEMPORARY_STATUS = (408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 529, 530)

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How to fetch. Seconds are wall-clock; bytes are of one body.

    `allow` names exact "host:port" exceptions to the address guard. `proxy` is an http:// proxy URL; hosts
    in `allow` and in `no_proxy` are reached without it. With `proxy_resolves` the proxy is given names
    instead of checked addresses: needed where there is no DNS but the proxy's, and then the guard can only
    refuse hosts that are written as addresses; the proxy must refuse the rest.
    """

    user_agent: str = "basewatch (+https://example.org/contact)"
    allow: tuple[str, ...] = ()
    total_seconds: float = 30.0
    connect_seconds: float = 10.0
    read_seconds: float = 15.0
    max_wire_bytes: int = 10_000_000
    max_body_bytes: int = 20_000_000
    max_redirects: int = 8
    connections: int = 100
    per_host_gap_seconds: float = 1.0
    respect_robots: bool = True
    max_crawl_delay_seconds: float = 30.0
    http2: bool = True
    proxy: str | None = None
    no_proxy: tuple[str, ...] = ()
    proxy_resolves: bool = False


def proxy_from_environment(environ: Mapping[str, str]) -> tuple[str | None, tuple[str, ...]]:
    """(`proxy`, `no_proxy`) for FetchSettings out of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.

    One proxy serves both schemes. HTTP_PROXY in capitals is ignored in a CGI environment, where a request
    header could have set it.
    """
    names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"]
    if "REQUEST_METHOD" not in environ:
        names.append("HTTP_PROXY")
    proxy = next((environ[name] for name in names if environ.get(name)), None)
    bypass = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    return proxy, tuple(part.strip().lower() for part in bypass.split(",") if part.strip())


class _RefusedError(Exception):
    """A request that is not made, or an answer that is not taken: one named failure."""

    def __init__(
        self,
        reason: FailureReason,
        detail: str,
        *,
        temporary: bool = False,
        status: int | None = None,
        retry_after_at: dt.datetime | None = None,
    ) -> None:
        super().__init__(detail)
        self.reason, self.detail, self.temporary = reason, detail, temporary
        self.status, self.retry_after_at = status, retry_after_at


@dataclass(frozen=True, slots=True)
class _Target:
    """One address to ask: checked for form, not yet resolved."""

    url: httpx.URL
    host: str
    port: int

    @property
    def key(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(slots=True)
class _Answer:
    """One response with its body as sent."""

    status: int
    headers: httpx.Headers
    wire: bytes


@dataclass(slots=True)
class _HostTurn:
    """Whose turn it is at one host, and when the last request there ended (monotonic seconds).

    `refused` is the host's word to come back later (429 or 503 with Retry-After); it holds for all its
    addresses.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    crawl_delay: float = 0.0
    refused: _RefusedError | None = None


@dataclass(frozen=True, slots=True)
class _Robots:
    """What one origin's robots.txt says; `failure` where it forbids because it could not be read."""

    rules: Protego | None
    failure: _RefusedError | None
    good_until: float


class _Budget:
    """Seconds left for one request. Waiting for a turn is not counted."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._total = seconds

    @contextlib.asynccontextmanager
    async def spend(self) -> AsyncIterator[asyncio.Timeout]:
        started = time.monotonic()
        try:
            async with asyncio.timeout(max(self._left, 0.0)) as deadline:
                yield deadline
        except TimeoutError as exc:
            raise _RefusedError("timeout", f"not done in {self._total:g} s", temporary=True) from exc
        finally:
            self._left -= time.monotonic() - started


class Fetcher:
    """Fetches over one connection pool. Use as an async context manager, in one event loop.

    `clock` gives the aware UTC time that goes into records. `transport` replaces the network in tests (no
    name is resolved then). `resolver` replaces DNS: (host, port) to addresses.
    """

    def __init__(
        self,
        settings: FetchSettings,
        clock: Clock,
        transport: httpx.AsyncBaseTransport | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._allow = frozenset(entry.strip().lower() for entry in settings.allow)
        self._transport = transport or _PinnedTransport(settings, self._allow, resolver or _Dns())
        self._slots = asyncio.Semaphore(settings.connections)
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._kept: set[str] = set()  # hosts with a connection that may still be open
        self._turns: dict[str, _HostTurn] = {}
        self._robots: dict[str, _Robots] = {}
        self._robots_token = settings.user_agent.split("/")[0].split(" ")[0] or "*"

    async def __aenter__(self) -> Fetcher:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self._transport.__aexit__(exc_type, exc, traceback)

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = ACCEPT_PAGE,
    ) -> Fetched | FetchFailure:
        """One answer, or why there is none. Never raises for what a server may do.

        `etag` and `last_modified` are those of the answer we have; a 304 then gives `not_modified`.
        """
        headers = {"accept": accept}
        if etag:
            headers["if-none-match"] = etag
        if last_modified:
            headers["if-modified-since"] = last_modified
        try:
            return await self._follow(url, headers)
        except _RefusedError as refused:
            return FetchFailure(
                url=url,
                reason=refused.reason,
                detail=_printable(refused.detail),
                temporary=refused.temporary,
                status=refused.status,
                retry_after_at=refused.retry_after_at,
                failed_at=self._clock(),
            )

    # --- one request with its redirects ---------------------------------------------------------------

    async def _follow(self, url: str, headers: dict[str, str]) -> Fetched:
        budget = _Budget(self._settings.total_seconds)
        target = self._target(url)
        seen = {str(target.url)}
        moved_to: str | None = None
        only_permanent = True
        while True:
            answer = await self._ask_in_turn(target, headers, budget)
            if answer.status not in _REDIRECTS:
                return self._fetched(url, target, answer, moved_to, bool(len(headers) > 1))
            target = self._redirected(target, answer)
            if str(target.url) in seen or len(seen) > self._settings.max_redirects:
                raise _RefusedError("too_many_redirects", f"{len(seen)} redirects, then {target.url}")
            seen.add(str(target.url))
            only_permanent = only_permanent and answer.status in _PERMANENT
            moved_to = str(target.url) if only_permanent else moved_to

    def _redirected(self, target: _Target, answer: _Answer) -> _Target:
        location = answer.headers.get("location", "").strip()
        if not location:
            raise _RefusedError("bad_redirect", f"{answer.status} without a Location", status=answer.status)
        if re.fullmatch(r"https?:/*", location, re.IGNORECASE):
            raise _RefusedError("bad_redirect", "to no host", status=answer.status)
        try:
            url = target.url.join(location)
        except (httpx.InvalidURL, ValueError) as exc:
            raise _RefusedError("bad_redirect", f"to {location[:200]}", status=answer.status) from exc
        return self._target(str(url), redirect=True)

    def _target(self, url: str, *, redirect: bool = False) -> _Target:
        """The address in parts, refused where no request should be made of it."""
        broken: FailureReason = "bad_redirect" if redirect else "protocol"
        if len(url) > MAX_URL_LENGTH:
            raise _RefusedError(broken, f"address of {len(url)} characters")
        try:
            parsed = httpx.URL(url).copy_with(fragment=None)
        except (httpx.InvalidURL, ValueError) as exc:
            raise _RefusedError(broken, f"{url[:200]}: {exc}") from exc
        if parsed.scheme not in ("http", "https"):
            raise _RefusedError("blocked_scheme", f"{parsed.scheme or 'no scheme'}: {url[:200]}")
        if parsed.userinfo:
            raise _RefusedError("blocked_address", "user name in the address")
        host = parsed.raw_host.decode("ascii").lower().rstrip(".")
        if not _HOST.fullmatch(host):
            raise _RefusedError(broken, f"no host name: {url[:200]}")
        target = _Target(parsed, host, parsed.port or (443 if parsed.scheme == "https" else 80))
        _check_literal(target, self._allow)
        return target

    def _fetched(
        self, asked: str, target: _Target, answer: _Answer, moved_to: str | None, conditional: bool
    ) -> Fetched:
        status, headers = answer.status, answer.headers
        not_modified = status == 304
        if not (200 <= status < 300 and status != 206) and not (not_modified and conditional):
            failure = self._status_failure(status, headers)
            if status in _COME_BACK_LATER and failure.retry_after_at is not None:
                self._turns[target.key].refused = failure
            raise failure
        try:
            body = b"" if not_modified else self._decoded(answer)
        except decoding.OversizeError as exc:
            raise _RefusedError("too_large", str(exc), status=status) from exc
        except decoding.UndecodableError as exc:
            raise _RefusedError("decode", str(exc), temporary=True, status=status) from exc
        return Fetched(
            url_asked=asked,
            url=str(target.url),
            status=status,
            body=body,
            content_type=headers.get("content-type", ""),
            headers=tuple((name.lower(), value) for name, value in headers.multi_items()),
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            not_modified=not_modified,
            moved_to=moved_to,
            fetched_at=self._clock(),
        )

    def _decoded(self, answer: _Answer) -> bytes:
        encoding = ",".join(answer.headers.get_list("content-encoding"))
        return decoding.decode_body(answer.wire, encoding, self._settings.max_body_bytes)

    def _status_failure(self, status: int, headers: httpx.Headers) -> _RefusedError:
        return _RefusedError(
            _status_reason(status),
            f"HTTP {status}",
            temporary=status in _TEMPORARY_STATUS,
            status=status,
            retry_after_at=retry_after(headers.get("retry-after"), self._clock()),
        )

    # --- taking turns ---------------------------------------------------------------------------------

    async def _ask_in_turn(self, target: _Target, headers: dict[str, str], budget: _Budget) -> _Answer:
        turn = self._turns.setdefault(target.key, _HostTurn())
        async with turn.lock:
            if turn.refused is not None:
                self._respect(turn.refused, target)
            if self._settings.respect_robots:
                await self._check_robots(target, turn, budget)
            return await self._ask_after_gap(target, headers, budget, turn, self._settings.max_wire_bytes)

    def _respect(self, refused: _RefusedError, target: _Target) -> None:
        """Not to ask a host that has said when it wants to be asked again. Raises _RefusedError."""
        until = refused.retry_after_at
        if until is not None and self._clock() < until:
            detail = f"{refused.detail} from {target.host} before: not asked until {until:%Y-%m-%d %H:%M} UTC"
            raise _RefusedError(refused.reason, detail, temporary=True, retry_after_at=until)

    async def _ask_after_gap(
        self, target: _Target, headers: dict[str, str], budget: _Budget, turn: _HostTurn, wire_limit: int
    ) -> _Answer:
        await asyncio.sleep(max(0.0, turn.free_at - time.monotonic()))
        async with self._slots:
            try:
                async with budget.spend() as deadline:
                    return await self._ask(target, headers, wire_limit, deadline)
            finally:
                gap = max(self._settings.per_host_gap_seconds, turn.crawl_delay)
                turn.free_at = time.monotonic() + gap

    async def _ask(
        self, target: _Target, headers: dict[str, str], wire_limit: int, deadline: asyncio.Timeout
    ) -> _Answer:
        """One exchange, its faults by their names."""
        try:
            response = await self._sent(target, headers)
            try:
                body = await self._read(response, wire_limit, deadline)
                return _Answer(response.status_code, response.headers, body)
            finally:
                await response.aclose()
        except (httpx.TimeoutException, httpcore.TimeoutException) as exc:
            raise _RefusedError("timeout", _told(exc, "no answer in time"), temporary=True) from exc
        except (httpx.ProtocolError, httpcore.ProtocolError) as exc:
            raise _protocol_failure(exc) from exc
        except (httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol) as exc:
            raise _RefusedError("blocked_scheme", _told(exc, "unsupported protocol")) from exc
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProxyError, OSError) as exc:
            raise _RefusedError("network", _told(exc, type(exc).__name__), temporary=True) from exc

    async def _sent(self, target: _Target, headers: dict[str, str]) -> httpx.Response:
        """The start of the answer. Asked once more where a kept connection turns out to have been closed."""
        was_kept = target.key in self._kept
        self._kept.discard(target.key)
        try:
            response = await self._transport.handle_async_request(self._request(target, headers))
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
            if not was_kept:
                raise
            response = await self._transport.handle_async_request(self._request(target, headers))
        self._kept.add(target.key)
        return response

    def _request(self, target: _Target, headers: dict[str, str]) -> httpx.Request:
        settings = self._settings
        return httpx.Request(
            "GET",
            target.url,
            headers={
                "user-agent": settings.user_agent,
                "accept-encoding": decoding.ACCEPT_ENCODING,
                **headers,
            },
            extensions={
                "timeout": {
                    "connect": settings.connect_seconds,
                    "read": settings.read_seconds,
                    "write": settings.read_seconds,
                    "pool": settings.total_seconds,
                }
            },
        )

    async def _read(self, response: httpx.Response, limit: int, deadline: asyncio.Timeout) -> bytes:
        """The body as sent. Refused before it is read where its declared length is over the limit."""
        declared = response.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared[:18]) > limit:
            raise _RefusedError("too_large", f"{declared[:18]} bytes declared", status=response.status_code)
        pieces: list[bytes] = []
        size = 0
        async with contextlib.AsyncExitStack() as held:
            async for piece in typing.cast(httpx.AsyncByteStream, response.stream):
                if size <= LARGE_BYTES < size + len(piece):
                    await self._wait_among_the_large(held, deadline)
                size += len(piece)
                if size > limit:
                    raise _RefusedError(
                        "too_large", f"more than {limit} bytes sent", status=response.status_code
                    )
                pieces.append(piece)
            return b"".join(pieces)

    async def _wait_among_the_large(self, held: contextlib.AsyncExitStack, deadline: asyncio.Timeout) -> None:
        """Take one of the few places for large bodies until this one is read; the wait is not counted."""
        ends, started = deadline.when(), time.monotonic()
        deadline.reschedule(None)
        await held.enter_async_context(self._large)
        if ends is not None:
            deadline.reschedule(ends + time.monotonic() - started)

    # --- robots.txt -----------------------------------------------------------------------------------

    async def _check_robots(self, target: _Target, turn: _HostTurn, budget: _Budget) -> None:
        origin = f"{target.url.scheme}://{target.key}"
        robots = self._robots.get(origin)
        if robots is None or robots.good_until < time.monotonic():
            robots = await self._load_robots(target, turn, budget)
            self._robots[origin] = robots
        if robots.failure is not None:
            raise robots.failure
        if robots.rules is None:
            return
        delay = robots.rules.crawl_delay(self._robots_token) or 0.0
        turn.crawl_delay = min(delay, self._settings.max_crawl_delay_seconds)
        if not robots.rules.can_fetch(str(target.url), self._robots_token):
            raise _RefusedError("robots", "robots.txt says no")

    async def _load_robots(self, target: _Target, turn: _HostTurn, budget: _Budget) -> _Robots:
        now = time.monotonic()
        try:
            answer = await self._ask_robots(target, turn, budget)
        except _RefusedError as refused:
            if refused.temporary:
                failure = _RefusedError(refused.reason, f"robots.txt: {refused.detail}", temporary=True)
                return _Robots(None, failure, now + ROBOTS_RETRY_SECONDS)
            if refused.reason in ("blocked_address", "blocked_scheme") and refused.status is None:
                raise
            return _Robots(None, None, now + ROBOTS_SECONDS)
        if answer.status >= 500 or answer.status == 429:
            failure = _RefusedError(
                "robots", f"robots.txt: HTTP {answer.status}", temporary=True, status=answer.status
            )
            return _Robots(None, failure, now + ROBOTS_RETRY_SECONDS)
        if answer.status != 200:
            return _Robots(None, None, now + ROBOTS_SECONDS)
        return _Robots(_robots_rules(self._robots_body(answer)), None, now + ROBOTS_SECONDS)

    async def _ask_robots(self, target: _Target, turn: _HostTurn, budget: _Budget) -> _Answer:
        current = _Target(
            target.url.copy_with(raw_path=b"/robots.txt", fragment=None), target.host, target.port
        )
        for _ in range(ROBOTS_REDIRECTS + 1):
            answer = await self._ask_after_gap(current, {"accept": "text/plain"}, budget, turn, ROBOTS_BYTES)
            if answer.status not in _REDIRECTS:
                return answer
            try:
                current = self._redirected(current, answer)
            except _RefusedError as refused:  # leads nowhere we may go: as good as no file
                raise _RefusedError("bad_redirect", refused.detail, status=answer.status) from refused
        raise _RefusedError("too_many_redirects", "robots.txt", status=answer.status)

    def _robots_body(self, answer: _Answer) -> str:
        encoding = ",".join(answer.headers.get_list("content-encoding"))
        try:
            body = decoding.decode_body(answer.wire, encoding, 4 * ROBOTS_BYTES)
        except (decoding.OversizeError, decoding.UndecodableError):
            return ""
        return body[:ROBOTS_BYTES].decode("utf-8", "replace")


def retry_after(value: str | None, now: dt.datetime) -> dt.datetime | None:
    """The moment a Retry-After header names, in seconds or as a date; at most MAX_RETRY_AFTER from now.

    None where it is missing, unreadable or past.
    """
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return now + min(dt.timedelta(seconds=min(int(text[:9]), 10**8)), MAX_RETRY_AFTER)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    return min(moment, now + MAX_RETRY_AFTER) if moment > now else None


def _robots_rules(text: str) -> Protego:
    lines = text.splitlines()
    agents = sum(1 for line in lines if line.lstrip()[:10].lower().startswith("user"))
    if agents * len(lines) > _ROBOTS_WORK:
        lines = lines[:2000]
    return Protego.parse("\n".join(lines))


def _status_reason(status: int) -> FailureReason:
    if status in (401, 407):
        return "auth"
    if status == 410:
        return "gone"
    if status == 429:
        return "rate_limited"
    if 400 <= status < 500:
        return "http_4xx"
    if 500 <= status < 600:
        return "http_5xx"
    return "bad_redirect" if status in (300, 305, 306) else "protocol"


def _protocol_failure(exc: Exception) -> _RefusedError:
    text = _told(exc, "broken HTTP")
    if "Receive buffer too long" in text:
        return _RefusedError("too_large", "headers too long")
    return _RefusedError("protocol", text, temporary=True)


def _told(exc: Exception, otherwise: str) -> str:
    return str(exc) or otherwise


def _printable(text: str) -> str:
    """One short line without control characters: it goes into logs and tables."""
    return "".join(char if char.isprintable() else " " for char in text)[:300]


# --- addresses: resolved, checked, pinned ---------------------------------------------------------------


class _Dns:
    """The system's resolver in threads of its own: slow names must not hold up everything else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="dns")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        infos = await loop.run_in_executor(self._threads, _getaddrinfo, host, port)
        return list(dict.fromkeys(str(info[4][0]) for info in infos))


def _getaddrinfo(host: str, port: int) -> list[typing.Any]:
    import socket

    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def _check_literal(target: _Target, allow: frozenset[str]) -> None:
    """Refuse a host that is written as an address, in whatever form, and is not public."""
    if target.key in allow:
        return
    try:
        address = addresses.literal_address(target.host)
    except ValueError as exc:
        raise _RefusedError("blocked_address", str(exc)) from exc
    if address is not None and not addresses.is_public(address):
        raise _RefusedError("blocked_address", f"{target.host} is not a public address")


class _PinnedTransport(httpx.AsyncBaseTransport):
    """HTTP over connections that only ever go to addresses checked at the moment of connecting.

    Host, SNI and certificate checks keep the name; only the TCP connection uses the address. Each origin has
    a small pool of its own: one pool for all looks through every connection at every request.
    """

    def __init__(self, settings: FetchSettings, allow: frozenset[str], resolver: Resolver) -> None:
        self._settings = settings
        self._backend = _GuardedBackend(settings, allow, resolver)
        self._pools: dict[tuple[str, str, int | None], httpcore.AsyncConnectionPool] = {}
        self._tls: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        await self._close_unused()
        pool = self._pool(url.scheme, url.host, url.port)  # nothing is awaited before it is in use
        response = await pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=None,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Stream(typing.cast(typing.AsyncIterable[bytes], response.stream)),
            extensions=response.extensions,
        )

    def _pool(self, scheme: str, host: str, port: int | None) -> httpcore.AsyncConnectionPool:
        """The origin's pool, now the last used."""
        key = (scheme, host, port)
        pool = self._pools.pop(key, None) or self._new_pool(scheme)
        self._pools[key] = pool
        return pool

    async def _close_unused(self) -> None:
        """Close the longest unused pools where there are many."""
        if len(self._pools) < self._settings.connections:
            return
        oldest = list(itertools.islice(self._pools.items(), 8))
        idle = [key for key, pool in oldest if all(connection.is_idle() for connection in pool.connections)]
        for pool in [self._pools.pop(key) for key in idle]:
            await pool.aclose()

    def _new_pool(self, scheme: str) -> httpcore.AsyncConnectionPool:
        if self._tls is None and scheme == "https":
            self._tls = httpx.create_ssl_context()
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=2,  # one host, one request at a time; a robots.txt elsewhere may lead here too
            max_keepalive_connections=1,
            keepalive_expiry=15.0,
            http2=self._settings.http2,
            network_backend=self._backend,
        )

    async def aclose(self) -> None:
        pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            await pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, stream: typing.AsyncIterable[bytes]) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            yield piece

    async def aclose(self) -> None:
        if hasattr(self._stream, "aclose"):
            await self._stream.aclose()


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, settings: FetchSettings, allow: frozenset[str], resolver: Resolver) -> None:
        self._settings = settings
        self._allow = allow
        self._resolver = resolver
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: typing.Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if self._goes_by_proxy(host, port):
            return await self._tunnel(host, port, timeout)
        failure: Exception | None = None
        for address in await self._checked(host, port):
            try:
                return await self._inner.connect_tcp(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                failure = exc
        raise failure or httpcore.ConnectError(f"{host} has no address")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: typing.Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise _RefusedError("blocked_address", "a socket file is no address")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        """The host's addresses, all of them allowed. Asked anew for each connection."""
        try:
            literal = addresses.literal_address(host)
            found = [str(literal)] if literal is not None else list(await self._resolver(host, port))
        except (OSError, UnicodeError) as exc:
            raise httpcore.ConnectError(f"{host} cannot be resolved: {exc}") from exc
        except ValueError as exc:
            raise _RefusedError("blocked_address", str(exc)) from exc
        if f"{host.lower().rstrip('.')}:{port}" in self._allow:
            return found
        refused = addresses.first_refused(found)
        if refused is not None:
            raise _RefusedError("blocked_address", f"{host} leads to {refused}, which is not public")
        return found

    def _goes_by_proxy(self, host: str, port: int) -> bool:
        name = host.lower().rstrip(".")
        if self._settings.proxy is None or f"{name}:{port}" in self._allow:
            return False
        return not any(
            part == "*" or name == part.lstrip(".") or name.endswith("." + part.lstrip("."))
            for part in self._settings.no_proxy
        )

    async def _tunnel(self, host: str, port: int, timeout: float | None) -> httpcore.AsyncNetworkStream:
        """A connection through the proxy to the address that was checked."""
        inside = host if self._settings.proxy_resolves else (await self._checked(host, port))[0]
        proxy = urlsplit(self._settings.proxy or "")
        if proxy.scheme != "http" or not proxy.hostname:
            raise httpcore.ProxyError("only http:// proxies are supported")
        stream = await self._inner.connect_tcp(proxy.hostname, proxy.port or 8080, timeout)
        with contextlib.suppress(ValueError):
            if ipaddress.ip_address(inside).version == 6:
                inside = f"[{inside}]"
        lines = [f"CONNECT {inside}:{port} HTTP/1.1", f"Host: {inside}:{port}"]
        if proxy.username:
            lines.append(f"Proxy-Authorization: Basic {_basic(proxy.username, proxy.password or '')}")
        await stream.write(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"), timeout)
        reply = b""
        while b"\r\n\r\n" not in reply and len(reply) < 16_384:
            piece = await stream.read(1, timeout) if reply else await stream.read(12, timeout)
            if not piece:
                break
            reply += piece
        if reply[9:12] != b"200":
            await stream.aclose()
            raise httpcore.ProxyError(f"the proxy answered {reply[:60].decode('latin-1')!r}")
        return stream


def _basic(user: str, password: str) -> str:
    import base64
    from urllib.parse import unquote

    return base64.b64encode(f"{unquote(user)}:{unquote(password)}".encode()).decode("ascii")
