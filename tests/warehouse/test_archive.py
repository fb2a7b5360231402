"""Pages as fetched: what goes in comes out, in files that a kill cannot make unreadable."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from extract.records import Fetched
from warehouse.archive import PageArchive
from warehouse.errors import WarehouseDamaged, WarehousePathError

NOW = dt.datetime(2023, 11, 10, 12, 0, 0, 123456, tzinfo=dt.UTC)


def fetched(number: int = 0, **changed: object) -> Fetched:
    page = Fetched(
        url_asked=f"https://news.example.org/go/{number}",
        url=f"https://news.example.org/هجوم/{number}?a=b",
        status=200,
        body=f"<html>page {number}: {os.urandom(500).hex()}</html>".encode(),
        content_type="text/html; charset=utf-8",
        headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"x"'), ("Set-Cookie", "a=1")),
        etag='"x"',
        last_modified=None,
        not_modified=False,
        moved_to=None,
        fetched_at=NOW,
    )
    return replace(page, **changed)  # type: ignore[arg-type]


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    pages = [fetched(number) for number in range(3)]
    with PageArchive(tmp_path) as archive:
        refs = [archive.write(page) for page in pages]
    for page, ref in zip(pages, refs, strict=True):
        back = PageArchive(tmp_path).read(ref.file, ref.offset)
        assert (back.body, back.status, back.fetched_at) == (page.body, page.status, page.fetched_at)
        assert (back.url_asked, back.content_type, back.etag) == (
            page.url_asked,
            page.content_type,
            page.etag,
        )


@pytest.mark.parametrize("body", [b"", b"\x00\xff" * 1000, b"\r\n\r\nHTTP/1.1 500\r\n\r\n", b"x" * 3_000_000])
def test_any_body_survives(body: bytes, tmp_path: Path) -> None:
    with PageArchive(tmp_path) as archive:
        ref = archive.write(fetched(body=body))
        assert archive.read(ref.file, ref.offset).body == body


def test_other_tools_read_the_files(tmp_path: Path) -> None:
    with PageArchive(tmp_path) as archive:
        ref = archive.write(fetched(1))
        archive.write(fetched(2), "feed")
    with (tmp_path / ref.file).open("rb") as handle:
        kinds = [
            (r.rec_type, r.rec_headers.get_header("WARC-Basewatch-Kind")) for r in ArchiveIterator(handle)
        ]
    assert kinds == [("response", "page"), ("response", "feed")]


def test_all_records_are_gone_through_in_order_with_their_places(tmp_path: Path) -> None:
    with PageArchive(tmp_path, max_file_bytes=1500) as archive:
        refs = [archive.write(fetched(number)) for number in range(5)]
    assert len({ref.file for ref in refs}) > 1
    assert [ref for ref, _, _ in PageArchive(tmp_path).iterate()] == refs


def test_each_day_has_its_own_files(tmp_path: Path) -> None:
    with PageArchive(tmp_path) as archive:
        one = archive.write(fetched(1))
        two = archive.write(fetched(2, fetched_at=NOW + dt.timedelta(days=1)))
    assert (one.file, two.file) == ("pages-20231110-0001.warc.gz", "pages-20231111-0001.warc.gz")


def test_the_next_run_goes_on_in_the_days_file(tmp_path: Path) -> None:
    with PageArchive(tmp_path) as archive:
        one = archive.write(fetched(1))
    with PageArchive(tmp_path) as archive:
        two = archive.write(fetched(2))
    assert (two.file, two.offset) == (one.file, one.length)


def test_two_writers_at_once_take_files_of_their_own(tmp_path: Path) -> None:
    with PageArchive(tmp_path) as one, PageArchive(tmp_path) as two:
        assert one.write(fetched(1)).file != two.write(fetched(2)).file
    assert len(list(PageArchive(tmp_path).iterate())) == 2


@pytest.mark.parametrize("left", [1, 10, 300])
@pytest.mark.parametrize("noted", [True, False])
def test_a_torn_end_is_passed_over_and_cut_off(left: int, noted: bool, tmp_path: Path) -> None:
    with PageArchive(tmp_path) as archive:
        one = archive.write(fetched(1))
    path = tmp_path / one.file
    if not noted:
        next(tmp_path.glob(".*.whole")).unlink()
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:left])
    assert len(list(PageArchive(tmp_path).iterate())) == 1
    with PageArchive(tmp_path) as archive:
        two = archive.write(fetched(2))
    assert two.offset == one.length
    assert len(list(PageArchive(tmp_path).iterate())) == 2
    gzip.decompress(path.read_bytes())  # whole from end to end


def test_a_writer_killed_in_the_middle_leaves_what_it_told_of(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.warehouse.test_archive import fetched\n"
        "from warehouse.archive import PageArchive\n"
        "archive = PageArchive(Path(sys.argv[1]))\n"
        "for n in range(10**6):\n"
        "    ref = archive.write(fetched(n)); print(ref.offset, flush=True)\n"
    )
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(50)]
        child.send_signal(signal.SIGKILL)
    found = [ref.offset for ref, _, _ in PageArchive(tmp_path).iterate()]
    assert found[:50] == told
    with PageArchive(tmp_path) as archive:
        archive.write(fetched(0))
    assert len(list(PageArchive(tmp_path).iterate())) == len(found) + 1


def test_a_place_without_a_record_is_an_error_with_words(tmp_path: Path) -> None:
    with PageArchive(tmp_path) as archive:
        ref = archive.write(fetched(1))
        with pytest.raises(WarehouseDamaged):
            archive.read(ref.file, 7)
        with pytest.raises(WarehouseDamaged):
            archive.read(ref.file, ref.length)
        with pytest.raises(WarehousePathError, match="gone"):
            archive.read("no-such-file.warc.gz", 0)


def test_a_folder_that_cannot_be_made_is_an_error_with_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehousePathError, match="archive"), PageArchive(tmp_path / "file") as archive:
        archive.write(fetched(1))
