"""A server on loopback that misbehaves on request, one way per path. For tests of the fetcher.

It is written on raw sockets because HTTP libraries refuse to send most of this. Slow answers are slow in
tenths of a second: the limits under test are set to match.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gzip
import socket
import struct
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import parse_qs, urlsplit

import brotli
import zstandard

FEED = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Example</title>'
    b"<item><title>Rockets hit base</title><link>https://news.example.org/1</link></item></channel></rss>"
)
_MEGABYTE = bytes(1 << 20)
_BOMB = 64  # megabytes when unpacked

Answer = Callable[["Hostile", "Asked", asyncio.StreamWriter], Awaitable[None]]


class Asked:
    """One request as it came in."""

    def __init__(self, head: str) -> None:
        lines = head.split("\r\n")
        self.target = lines[0].split(" ")[1] if " " in lines[0] else ""
        split = urlsplit(self.target)
        self.path, self.query = split.path, {key: values[0] for key, values in parse_qs(split.query).items()}
        pairs = (line.partition(":") for line in lines[1:] if ":" in line)
        self.headers = {name.strip().lower(): value.strip() for name, _, value in pairs}


class Hostile:
    """`async with Hostile() as server`. What was asked is in `asked`; `most_at_once` counts overlaps."""

    def __init__(self) -> None:
        self.robots: bytes | int | str = 404  # a body, a status, or the path whose behaviour it shows
        self.asked: list[Asked] = []
        self.spans: list[tuple[float, float]] = []
        self.most_at_once = 0
        self.connections = 0
        self.open = 0
        self.dropping = False  # close a kept connection when it is used again
        self._at_once = 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Hostile:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.place}{path}"

    def paths(self) -> list[str]:
        return [asked.target for asked in self.asked if asked.path != "/robots.txt"]

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                asked = Asked((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
                if self.dropping:
                    self.dropping = False
                    break
                await self._answer(asked, writer)
                await writer.drain()
        self.open -= 1
        with contextlib.suppress(Exception):
            writer.close()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        self.asked.append(asked)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        started = time.monotonic()
        try:
            path = asked.path
            if path == "/robots.txt":
                if not isinstance(self.robots, str):
                    await self._robots(writer)
                    return
                path = self.robots
            name, _, rest = path.strip("/").partition("/")
            asked.query.setdefault("rest", rest)
            await ANSWERS.get(name, _ok)(self, asked, writer)
        finally:
            self._at_once -= 1
            self.spans.append((started, time.monotonic()))

    async def _robots(self, writer: asyncio.StreamWriter) -> None:
        if isinstance(self.robots, int):
            send(writer, b"<html>nothing</html>", status=self.robots)
        elif isinstance(self.robots, bytes):
            send(writer, self.robots, headers={"Content-Type": "text/plain"})


def send(
    writer: asyncio.StreamWriter,
    body: bytes = b"",
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    length: int | None = None,
) -> None:
    lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


async def _ok(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    send(writer, FEED, headers={"Content-Type": "application/rss+xml; charset=utf-8"})


async def _wait(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(float(asked.query["rest"]))
    send(writer, FEED)


async def _silent(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(20)


async def _drip(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    await _one_by_one(writer, b"x" * 400)


async def _drip_headers(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    await _one_by_one(writer, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 400)


async def _one_by_one(writer: asyncio.StreamWriter, text: bytes) -> None:
    for byte in text:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.05)


async def _endless(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")
        await writer.drain()


async def _endless_continue(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        await writer.drain()


async def _declared(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    send(writer, b"x" * 1000, length=10**12)
    await asyncio.sleep(20)


@functools.cache
def packed(encoding: str, megabytes: int) -> bytes:
    """Zero bytes, packed small. Once a process: a server that is busy packing is late with all else."""
    if encoding in ("gzip", "deflate"):
        packer = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
        return b"".join(packer.compress(_MEGABYTE) for _ in range(megabytes)) + packer.flush()
    if encoding == "br":
        brotlier = brotli.Compressor(quality=4)
        return b"".join(brotlier.process(_MEGABYTE) for _ in range(megabytes)) + brotlier.finish()
    zipper = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join(zipper.compress(_MEGABYTE) for _ in range(megabytes)) + zipper.flush()


async def _bomb(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    encoding = asked.query["rest"]
    send(writer, packed(encoding, _BOMB), headers={"Content-Encoding": encoding})


async def _stacked(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    send(writer, gzip.compress(packed("gzip", _BOMB)), headers={"Content-Encoding": "gzip, gzip"})


async def _encoded(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    encoding = asked.query["rest"]
    pack = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": zstandard.compress,
    }
    send(writer, pack[encoding](FEED), headers={"Content-Encoding": encoding})


async def _cut_gzip(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    send(writer, gzip.compress(FEED)[:-12], headers={"Content-Encoding": "gzip"})


async def _not_gzip(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    send(writer, FEED, headers={"Content-Encoding": asked.query["rest"] or "gzip"})


async def _loop(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    send(writer, status=302, headers={"Location": "/loop2" if asked.path == "/loop" else "/loop"})


async def _chain(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    left = int(asked.query["rest"])
    status = int(asked.query.get("status", "302"))
    target = f"/chain/{left - 1}?status={status}" if left else "/ok"
    send(writer, status=status, headers={"Location": target})


async def _to(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    headers = {"Location": asked.query["url"]} if "url" in asked.query else {}
    send(writer, status=int(asked.query.get("status", "302")), headers=headers)


async def _reset(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nxxx")
    await writer.drain()
    await asyncio.sleep(0.05)
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    raise ConnectionResetError


async def _close(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.close()
    raise ConnectionResetError


async def _once(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A whole answer, and then no more on this connection, without a word of it."""
    send(writer, FEED)
    await writer.drain()
    server.dropping = True


async def _short(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    send(writer, FEED, length=len(FEED) + 500)
    await writer.drain()
    await _close(server, asked, writer)


async def _garbage(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x16\x03\x01 this is no HTTP \r\n\r\n" * 10)
    await writer.drain()
    await _close(server, asked, writer)


async def _bad_chunk(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nxx\r\n")
    await writer.drain()
    await _close(server, asked, writer)


async def _huge_header(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Huge: " + b"x" * 300_000 + b"\r\nContent-Length: 0\r\n\r\n")


async def _status(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    headers = {"Retry-After": asked.query["after"]} if "after" in asked.query else {}
    send(
        writer,
        b"no" if asked.query["rest"] not in ("204", "304") else b"",
        status=int(asked.query["rest"]),
        headers=headers,
    )


async def _validated(server: Hostile, asked: Asked, writer: asyncio.StreamWriter) -> None:
    if asked.headers.get("if-none-match") == '"v1"' or "if-modified-since" in asked.headers:
        send(writer, status=304, headers={"ETag": '"v1"'})
    else:
        send(writer, FEED, headers={"ETag": '"v1"', "Last-Modified": "Fri, 08 Dec 2023 04:15:00 GMT"})


for _encoding in ("gzip", "deflate", "br", "zstd"):
    packed(_encoding, _BOMB)

ANSWERS: dict[str, Answer] = {
    "wait": _wait,
    "silent": _silent,
    "drip": _drip,
    "drip-headers": _drip_headers,
    "endless": _endless,
    "endless-continue": _endless_continue,
    "declared": _declared,
    "bomb": _bomb,
    "stacked": _stacked,
    "encoded": _encoded,
    "cut-gzip": _cut_gzip,
    "not-gzip": _not_gzip,
    "loop": _loop,
    "loop2": _loop,
    "chain": _chain,
    "to": _to,
    "reset": _reset,
    "close": _close,
    "once": _once,
    "short": _short,
    "garbage": _garbage,
    "bad-chunk": _bad_chunk,
    "huge-header": _huge_header,
    "status": _status,
    "validated": _validated,
}


@contextlib.asynccontextmanager
async def two() -> AsyncIterator[tuple[Hostile, Hostile]]:
    """A server that may be reached, and one that may not: a trap."""
    async with Hostile() as server, Hostile() as trap:
        yield server, trap
