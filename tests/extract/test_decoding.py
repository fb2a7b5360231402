"""Content encodings within limits, and text encodings as they are rather than as declared."""

import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard

from extract.decoding import OversizeError, UndecodableError, decode_body, decode_text, gunzip_if_gzip

TEXT = b"Rockets were fired at the base. " * 5000
RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = RAW.compress(TEXT) + RAW.flush()
ENCODED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "": TEXT,
    "identity": TEXT,
}


def bomb(encoding: str, size: int = 96 << 20) -> bytes:
    """A few kilobytes that decode to `size` zero bytes."""
    piece = bytes(1 << 20)
    if encoding in ("gzip", "deflate"):
        deflater = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
        return b"".join(deflater.compress(piece) for _ in range(size >> 20)) + deflater.flush()
    if encoding == "br":
        packer = brotli.Compressor(quality=5)
        return b"".join(packer.process(piece) for _ in range(size >> 20)) + packer.finish()
    zipper = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join(zipper.compress(piece) for _ in range(size >> 20)) + zipper.flush()


@pytest.mark.parametrize("encoding", ENCODED)
def test_every_encoding_is_undone(encoding: str) -> None:
    assert decode_body(ENCODED[encoding], encoding, 1 << 20) == TEXT


def test_deflate_without_its_wrapper_is_undone() -> None:
    assert decode_body(RAW_DEFLATE, "deflate", 1 << 20) == TEXT


def test_all_members_of_a_gzip_body_are_read() -> None:
    assert decode_body(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0", "GZip", 100) == b"one two"


def test_all_frames_of_a_zstd_body_are_read() -> None:
    assert decode_body(zstandard.compress(b"one ") + zstandard.compress(b"two"), "zstd", 100) == b"one two"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_refused_without_being_unfolded(encoding: str) -> None:
    wire = bomb(encoding)
    tracemalloc.start()
    with pytest.raises(OversizeError):
        decode_body(wire, encoding, 4 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24 << 20


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_the_limit_itself_is_allowed(encoding: str) -> None:
    assert len(decode_body(ENCODED[encoding], encoding, len(TEXT))) == len(TEXT)
    with pytest.raises(OversizeError):
        decode_body(ENCODED[encoding], encoding, len(TEXT) - 1)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_cut_body_is_told(encoding: str) -> None:
    with pytest.raises(UndecodableError):
        decode_body(ENCODED[encoding][:-20], encoding, 1 << 20)


@pytest.mark.parametrize(
    "encoding", ["gzip", "deflate", "br", "zstd", "compress", "gzip, gzip", "br,gzip", "nonsense"]
)
def test_what_is_not_so_encoded_is_told(encoding: str) -> None:
    with pytest.raises(UndecodableError):
        decode_body(b"<rss version='2.0'></rss>", encoding, 1 << 20)


def test_a_stacked_bomb_is_refused_unopened() -> None:
    with pytest.raises(UndecodableError, match="stacked"):
        decode_body(gzip.compress(bomb("gzip", 16 << 20)), "gzip, gzip", 1 << 20)


def test_a_gzip_file_without_an_encoding_is_unpacked_within_the_limit() -> None:
    assert gunzip_if_gzip(gzip.compress(b"<urlset/>"), 100) == b"<urlset/>"
    assert gunzip_if_gzip(b"<urlset/>", 100) == b"<urlset/>"
    with pytest.raises(OversizeError):
        gunzip_if_gzip(gzip.compress(bytes(1000)), 100)


ARABIC = "هجوم بطائرة مسيرة على قاعدة عين الأسد في العراق اليوم الثلاثاء"


@pytest.mark.parametrize(
    ("body", "content_type", "expected", "encoding"),
    [
        (ARABIC.encode("cp1256"), "text/xml; charset=windows-1256", ARABIC, "cp1256"),
        (ARABIC.encode("cp1256"), "text/xml", ARABIC, "cp1256"),
        (ARABIC.encode("cp1256"), "text/xml; charset=iso-8859-1", ARABIC, "cp1256"),
        (ARABIC.encode("cp1256"), "text/xml; charset=utf-8", ARABIC, "cp1256"),
        (ARABIC.encode(), "text/xml; charset=windows-1256", ARABIC, "utf-8"),
        (ARABIC.encode(), "", ARABIC, "utf-8"),
        ("déjà vu à Paris".encode("latin-1"), "text/html; charset=iso-8859-1", "déjà vu à Paris", "cp1252"),
        ("“quoted”".encode("cp1252"), "text/html; charset=iso-8859-1", "“quoted”", "cp1252"),
        (b"\xff\xfe" + "<rss>é</rss>".encode("utf-16-le"), "text/xml; charset=utf-8",
         "<rss>é</rss>", "utf-16-le"),
        ("<rss>é</rss>".encode("utf-16-be"), "", "<rss>é</rss>", "utf-16-be"),
        ("<a>é</a>".encode("utf-32-le"), "", "<a>é</a>", "utf-32-le"),
        (b"\xef\xbb\xbf<a/>", "text/xml; charset=utf-16", "<a/>", "utf-8"),
        (b'<?xml version="1.0" encoding="windows-1251"?>' + "Ракета".encode("cp1251"), "",
         '<?xml version="1.0" encoding="windows-1251"?>Ракета', "cp1251"),
        ("日本".encode("shift_jis"), "text/html; charset=Shift_JIS", "日本", "cp932"),
    ],
)  # fmt: skip
def test_text_is_read_as_it_is_written(body: bytes, content_type: str, expected: str, encoding: str) -> None:
    read = decode_text(body, content_type)
    assert (read.text, read.encoding) == (expected, encoding)


def test_a_wrong_declaration_is_told_and_a_right_one_is_not() -> None:
    assert decode_text(ARABIC.encode(), "text/xml; charset=windows-1256").defect
    assert decode_text(ARABIC.encode(), "text/xml; charset=utf-8").defect is None
    assert decode_text(b"plain", "text/xml; charset=windows-1256").defect is None


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    read = decode_text(("é" * 200).encode() + b"\xff", "text/xml; charset=utf-8")
    assert read.encoding == "utf-8"
    assert read.text.startswith("é" * 200)
    assert read.defect


@pytest.mark.parametrize(
    "name", ["hex", "zip", "rot13", "idna", "undefined", "no-such", "base64", "unicode_escape", "utf-7"]
)
def test_an_encoding_that_is_none_is_not_used(name: str) -> None:
    assert decode_text(b"caf\xc3\xa9", f"text/html; charset={name}").text == "café"
