"""Bytes as sent -> bytes -> text, within limits. Pure.

Content encodings are undone here and not by the HTTP library because a decoder without an output limit
turns a few hundred bytes into as much memory as there is. Text encodings are decided here because what
servers and documents declare is often wrong.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli
import charset_normalizer
import zstandard

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
_STEP = 1 << 18
_ZSTD_SLICE = 256  # one byte of input may hold a block of 128 KiB: small slices keep each step small
_ZSTD_WINDOW = 1 << 23  # RFC 8878: what a receiver on the web must support, and need not exceed
_MAX_MEMBERS = 1000  # of one body; each costs a new decoder
_GZIP_MAGIC = b"\x1f\x8b"


class UndecodableError(Exception):
    """The body is not what its Content-Encoding says."""


class OversizeError(Exception):
    """The body grows past the limit."""


def decode_body(wire: bytes, content_encoding: str, limit: int) -> bytes:
    """Undo a response's Content-Encoding.

    `limit` is in bytes, after decoding. Raises OversizeError past it, UndecodableError for a broken or cut
    body, an unknown encoding, or more than one encoding in a row (no honest server stacks them).
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in names if name not in ("", "identity")]
    if len(codings) > 1:
        raise UndecodableError(f"stacked encodings: {content_encoding[:80]}")
    if not codings or not wire:
        if len(wire) > limit:
            raise OversizeError(f"more than {limit} bytes")
        return wire
    decoder = _DECODERS.get(codings[0])
    if decoder is None:
        raise UndecodableError(f"unknown encoding: {codings[0][:40]}")
    return decoder(wire, limit)


def gunzip_if_gzip(body: bytes, limit: int) -> bytes:
    """A body that is a gzip file in itself (`sitemap.xml.gz`), unpacked; any other body as it is."""
    return _gunzip(body, limit) if body.startswith(_GZIP_MAGIC) else body


def _gunzip(wire: bytes, limit: int) -> bytes:
    """All members of a gzip body. Zero bytes after the last are padding; other bytes are ignored."""
    out = _Sink(limit)
    rest = wire
    members = 0
    while rest.startswith(_GZIP_MAGIC):
        members += 1
        if members > _MAX_MEMBERS:
            raise UndecodableError("too many gzip members")
        rest = _inflate_into(out, rest, zlib.MAX_WBITS | 16)
    if not members:
        raise UndecodableError("not gzip")
    return out.value()


def _inflate(wire: bytes, limit: int) -> bytes:
    """`deflate` is zlib by the book and a bare stream from many servers."""
    out = _Sink(limit)
    try:
        _inflate_into(out, wire, zlib.MAX_WBITS)
    except UndecodableError:
        out = _Sink(limit)
        _inflate_into(out, wire, -zlib.MAX_WBITS)
    return out.value()


def _inflate_into(out: _Sink, wire: bytes, wbits: int) -> bytes:
    """One zlib stream into the sink; what follows it is returned."""
    decoder = zlib.decompressobj(wbits)
    data = wire
    try:
        while not decoder.eof:
            piece = decoder.decompress(data, _STEP)
            out.add(piece)
            data = decoder.unconsumed_tail
            if not piece and not data and not decoder.eof:
                raise UndecodableError("compressed body is cut short")
    except zlib.error as exc:
        raise UndecodableError(str(exc)) from exc
    return decoder.unused_data


def _unbrotli(wire: bytes, limit: int) -> bytes:
    out = _Sink(limit)
    decoder = brotli.Decompressor()
    data = wire
    try:
        while not decoder.is_finished():
            piece = decoder.process(data, output_buffer_limit=_STEP)
            data = b""
            out.add(piece)
            if not piece and decoder.can_accept_more_data():
                raise UndecodableError("compressed body is cut short")
    except brotli.error as exc:
        raise UndecodableError("not brotli") from exc
    return out.value()


def _unzstd(wire: bytes, limit: int) -> bytes:
    out = _Sink(limit)
    factory = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    decoder = factory.decompressobj()
    at = frames = 0
    try:
        while at < len(wire):
            if decoder.eof:
                decoder = factory.decompressobj()
                frames += 1
            if frames > _MAX_MEMBERS:
                raise UndecodableError("too many zstd frames")
            piece = wire[at : at + _ZSTD_SLICE]
            out.add(decoder.decompress(piece))
            at += len(piece) - len(decoder.unused_data)
    except zstandard.ZstdError as exc:
        raise UndecodableError(f"not zstd: {exc}") from exc
    if not decoder.eof:
        raise UndecodableError("compressed body is cut short")
    return out.value()


class _Sink:
    """Collects pieces up to the limit."""

    def __init__(self, limit: int) -> None:
        self._pieces: list[bytes] = []
        self._room = limit
        self._limit = limit

    def add(self, piece: bytes) -> None:
        self._room -= len(piece)
        if self._room < 0:
            raise OversizeError(f"more than {self._limit} bytes when decoded")
        self._pieces.append(piece)

    def value(self) -> bytes:
        return b"".join(self._pieces)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}


# --- text ---------------------------------------------------------------------------------------------

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_HTML_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE
)
_HTTP_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
# What a name means on the web, where it means more than by the book.
_WIDER = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254", "iso-8859-6": "iso-8859-6",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "x-sjis": "cp932", "utf8": "utf-8",
    "windows-874": "cp874", "tis-620": "cp874", "iso-8859-8-i": "iso-8859-8", "iso-8859-11": "cp874",
    "utf-16": "utf-16-le", "unicode": "utf-16-le", "x-user-defined": "cp1252",
}  # fmt: skip
_ARABIC_BYTES = re.compile(rb"[\xc0-\xff]{2,}")


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, the encoding it was read in, and what was wrong with what was declared (or None)."""

    text: str
    encoding: str
    defect: str | None


def decode_text(body: bytes, content_type: str = "") -> Text:
    """Text of an HTML or XML body. Never raises.

    In order: a byte order mark; valid UTF-8 with letters beyond ASCII, whatever was declared (no other
    encoding looks like it by chance); what HTTP declares; what the document declares; UTF-16 by its zero
    bytes; windows-1256 where the bytes look like Arabic words; windows-1252.
    """
    declared = _declared(body, content_type)
    for bom, name in _BOMS:
        if body.startswith(bom):
            defect = _mismatch(declared, name)
            return Text(body[len(bom) :].decode(name, "replace"), name, defect)
    if wide := _zero_byte_encoding(body):
        return Text(body.decode(wide, "replace"), wide, _mismatch(declared, wide))
    if (text := _strictly(body, "utf-8")) is not None:
        ascii_only = text.isascii()
        if not ascii_only or not declared or not _is_stateful(declared[0]):
            return Text(text, "utf-8", None if ascii_only else _mismatch(declared, "utf-8"))
    for name in declared:
        if name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            continue  # would have shown as zero bytes
        if name == "cp1252" and _looks_arabic(body):
            return Text(
                body.decode("cp1256", "replace"), "cp1256", "charset: declared western, reads as Arabic"
            )
        if (text := _strictly(body, name)) is not None:
            return Text(text, name, _mismatch(declared[:1], name))
    return _guessed(body, declared)


def _guessed(body: bytes, declared: list[str]) -> Text:
    """No declaration holds. Mostly right bytes with a few broken ones keep the declared encoding."""
    for name in [*declared[:1], "utf-8"]:
        text = body.decode(name, "replace")
        beyond = sum(1 for byte in body if byte > 127) or 1
        if text.count("�") * 10 < beyond and name not in ("utf-16-le", "utf-16-be"):
            return Text(text, name, f"charset: some bytes are not {name}")
    name = "cp1256" if _looks_arabic(body) else _detected(body)
    return Text(body.decode(name, "replace"), name, f"charset: undeclared or wrong, read as {name}")


def _detected(body: bytes) -> str:
    """By statistics, as the last resort; windows-1252 where they say nothing."""
    best = charset_normalizer.from_bytes(body[:20_000], steps=4, chunk_size=512).best()
    return best.encoding if best is not None and not best.encoding.startswith("utf") else "cp1252"


def _declared(body: bytes, content_type: str) -> list[str]:
    found: list[str] = []
    if match := _HTTP_CHARSET.search(content_type):
        found.append(match[1])
    head = body[:4096]
    for pattern in (_XML_DECLARED, _HTML_DECLARED):
        if inside := pattern.search(head):
            found.append(inside[1].decode("ascii"))
    names = [_known(name) for name in found]
    return [name for name in names if name is not None]


def _known(name: str) -> str | None:
    low = name.lower()
    try:
        codec = codecs.lookup(_WIDER.get(low, low))
    except LookupError:
        return None
    if not getattr(codec, "_is_text_encoding", True):
        return None  # "zip", "hex" and their like are no text encodings
    return _WIDER.get(codec.name, codec.name)


def _mismatch(declared: list[str], used: str) -> str | None:
    if (
        not declared
        or declared[0] == used
        or (declared[0].startswith("utf-16") and used.startswith("utf-16"))
    ):
        return None
    return f"charset: declared {declared[0]}, read as {used}"


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_stateful(name: str) -> bool:
    """Encodings whose text is all ASCII bytes and yet means other letters."""
    return name.startswith(("iso2022", "hz", "utf-7", "cp037", "cp500", "cp1140"))


def _zero_byte_encoding(body: bytes) -> str | None:
    """UTF-16 without a mark: markup starts with `<`, and every second byte of it is zero."""
    start = body[:4]
    if start == b"<\x00\x00\x00":
        return "utf-32-le"
    if start == b"\x00\x00\x00<":
        return "utf-32-be"
    if start[:2] == b"<\x00" and start[3:4] == b"\x00":
        return "utf-16-le"
    if start[:2] == b"\x00<" and start[2:3] == b"\x00":
        return "utf-16-be"
    return None


def _looks_arabic(body: bytes) -> bool:
    """Whether the bytes beyond ASCII come in runs, as Arabic words do, and read as Arabic in windows-1256.

    Western text has its accented letters one at a time between ASCII letters.
    """
    sample = body[:200_000]
    beyond = sum(len(run) for run in re.findall(rb"[\x80-\xff]+", sample))
    in_words = sum(len(run) for run in _ARABIC_BYTES.findall(sample))
    if beyond < 8 or in_words * 10 < beyond * 7:
        return False
    text = sample.decode("cp1256", "replace")
    arabic = sum(1 for char in text if "؀" <= char <= "ۿ")
    alef_lam = text.count("ال")
    return arabic * 10 > beyond * 7 and alef_lam * 60 > arabic
