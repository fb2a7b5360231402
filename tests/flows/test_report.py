"""The page as files: what it says, what it lets in, what it writes again."""

from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import etree as XML

from extract.knowledge import load_knowledge
from flows.report import charts, words
from flows.report.build import needs_writing, write_report
from flows.report.map import projection
from flows.report.writer import FolderWriter
from tests.flows import attacks
from warehouse.connection import open_writer
from warehouse.paths import Paths
from warehouse.publish import publish_if_changed
from warehouse.seeding import load_seeds

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return attacks.small_campaign(tmp_path_factory.mktemp("campaign"))


@pytest.fixture(scope="module")
def page(campaign: Paths, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    write_report(campaign, folder)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_report(attacks.hostile_campaign(folder / "db"), folder / "page", notice="<b>a notice</b>")
    return folder / "page"


class Document(HTMLParser):
    """Elements with their attributes, and the text outside of scripts."""

    def __init__(self, file: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._silent = False
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))
        self._silent = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def attributes(self, name: str) -> list[str]:
        return [a[name] for _, a in self.elements if name in a]


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_the_first_page_tells_confirmed_reported_and_claimed_apart(page: Path) -> None:
    """Five count in Iraq and Syria, four of them confirmed; the claim and Jordan stand apart."""
    text = Document(page / "index.html").text
    assert "5 attacks on US facilities in Iraq and Syria reported since 18 October 2023" in text
    assert re.search(r"Confirmed 4 an official", text), text
    assert re.search(r"Reported 5 confirmed, or told", text)
    assert re.search(r"Claimed only 1 said by the attackers", text)
    assert "Jordan outside the tally 1 1 0" in text


def test_the_officials_own_count_stands_beside_with_the_gap(page: Path) -> None:
    """The newest stated count, its days, and ours over the same."""
    text = Document(page / "index.html").text
    assert "78 (39 in Iraq, 39 in Syria) from 17 October 2023 to 8 December 2023. Stated by: Pentagon" in text
    assert "Counted here over the same days: 4 , 74 fewer" in text


def test_an_incident_shows_each_value_with_rule_words_and_disagreement(page: Path, campaign: Paths) -> None:
    """Two articles of one attack: both quoted and linked, the marked words, the other toll."""
    (file,) = [f for f in page.glob("incidents/*.html") if "Ain al-Asad" in f.read_text(encoding="utf-8")]
    html = file.read_text(encoding="utf-8")
    document = Document(file)
    assert "Drone attack (2 drones) on Ain al-Asad Air Base, Iraq" in document.text
    assert '<mark title="weapon">drones</mark>' in html
    assert 'href="https://news.example.org/asad" rel="noopener noreferrer nofollow"' in html
    assert "Others say: 2 (1 report)" in document.text or "Others say: 3 (1 report)" in document.text
    assert '<p class="ar title" lang="ar" dir="rtl">' in html
    assert "first recorded" in document.text


def test_none_is_said_where_a_text_says_none_and_nothing_where_it_does_not(page: Path) -> None:
    """Damage 'none' and interception 'none' are statements; a missing toll is not a nought."""
    (file,) = [f for f in page.glob("incidents/*.html") if "US Embassy" in f.read_text(encoding="utf-8")]
    text = Document(file).text
    assert "Damage none" in text
    assert "Intercepted none" in text
    (other,) = [f for f in page.glob("incidents/*.html") if "Al-Tanf" in f.read_text(encoding="utf-8")]
    assert re.search(r"No report states: [^.]*killed, wounded", Document(other).text)


def test_an_approximate_place_is_drawn_as_one(page: Path) -> None:
    """The attack that is known to have been in Erbil only."""
    html = (page / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<circle class="spot approximate"[^>]*><title>Erbil[^<]*approximate place', html)
    assert "1 attack has no place that can be shown" in Document(page / "index.html").text


def test_every_link_inside_leads_to_a_file_that_is_there(page: Path) -> None:
    """On every page, with what stands behind the hash."""
    for file in pages(page):
        for href in Document(file).attributes("href") + Document(file).attributes("src"):
            if href.startswith(("http://", "https://")):
                continue
            target, _, mark = href.partition("#")
            there = (file.parent / target).resolve() if target else file
            assert there.is_file(), f"{file.name}: {href}"
            if mark:
                assert mark in Document(there).attributes("id"), f"{file.name}: {href}"


def test_ids_are_unique_on_every_page(page: Path) -> None:
    """Labels of drawings and headings go by them."""
    for file in pages(page):
        ids = Document(file).attributes("id")
        assert len(ids) == len(set(ids)), file.name


def test_hostile_texts_add_no_element_no_handler_and_no_address(page: Path, hostile: Path) -> None:
    """Scripts are ours, no attribute begins with on or is a style, links are http(s) and say nofollow."""
    assert len(pages(hostile)) > 10
    for file in pages(hostile):
        document = Document(file)
        scripts = [a for tag, a in document.elements if tag == "script"]
        ours = {"type": "application/json", "id": "data"}, {"src": "assets/incidents.js", "defer": ""}
        assert all(script in ours for script in scripts)
        for tag, attributes in document.elements:
            assert tag not in ("img", "style", "iframe")
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            href = attributes.get("href", "")
            assert not href.lower().startswith(("javascript:", "data:"))
            if href.startswith("http"):
                assert attributes["rel"] == "noopener noreferrer nofollow"


def test_hostile_texts_leave_no_control_character_and_no_override(hostile: Path) -> None:
    """Neither on the pages nor in the feeds."""
    for file in (*pages(hostile), hostile / "feed.atom", hostile / "feed.json"):
        text = file.read_text(encoding="utf-8")
        assert not [c for c in text if words.is_steering(c) and c != "\n"], file


def test_long_words_are_cut_in_quotes(hostile: Path) -> None:
    """An article's text is never repeated at length."""
    for file in hostile.glob("incidents/*.html"):
        assert "x" * (words.QUOTE_CHARACTERS + 1) not in file.read_text(encoding="utf-8")


def test_the_policy_forbids_everything_but_our_own_files(page: Path) -> None:
    """On every page, before anything that it governs."""
    for file in pages(page):
        head = file.read_text(encoding="utf-8")[:600]
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', head)
        assert policy, file
        assert "default-src 'none'" in policy[1]
        assert "unsafe" not in policy[1]
        assert head.index("Content-Security-Policy") < head.index("<link") if "<link" in head else True


def test_the_feeds_hold_the_incidents(page: Path, campaign: Paths) -> None:
    """Well-formed, newest first, an id and a link each."""
    entries = XML.fromstring((page / "feed.atom").read_bytes()).findall(f"{ATOM}entry")
    items = json.loads((page / "feed.json").read_text(encoding="utf-8"))["items"]
    assert len(entries) == len(items) == 7
    for entry, item in zip(entries, items, strict=True):
        assert entry.findtext(f"{ATOM}id") == item["id"]
        assert (page / item["url"]).is_file()
        assert entry.findtext(f"{ATOM}title") == item["title"]


def test_feeds_have_full_addresses_where_the_address_is_known(campaign: Paths, tmp_path: Path) -> None:
    """`base_url` with or without a slash at its end."""
    write_report(campaign, tmp_path, base_url="https://example.org/tally")
    items = json.loads((tmp_path / "feed.json").read_text(encoding="utf-8"))["items"]
    assert all(item["url"].startswith("https://example.org/tally/incidents/bw") for item in items)
    root = XML.fromstring((tmp_path / "feed.atom").read_bytes())
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.org/tally/feed.atom"


def test_the_data_lie_beside_without_articles_texts(page: Path) -> None:
    """Parquet, CSV, GeoJSON; the texts are not ours to pass on."""
    names = {file.name for file in (page / "data").iterdir()}
    assert {"incidents.parquet", "incidents.csv", "incidents.geojson", "tally_by_day.csv"} <= names
    assert not [name for name in names if name.startswith("articles")]


def test_equal_data_give_equal_files_and_nothing_is_written_twice(campaign: Paths, tmp_path: Path) -> None:
    """Two folders alike byte for byte, and a second edition that leaves every file alone."""
    write_report(campaign, tmp_path / "a")
    write_report(campaign, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    before = {f: f.stat().st_mtime_ns for f in (tmp_path / "a").rglob("*") if f.is_file()}
    again = write_report(campaign, tmp_path / "a")
    assert (again.written, again.removed) == (0, 0)
    assert {f: f.stat().st_mtime_ns for f in (tmp_path / "a").rglob("*") if f.is_file()} == before


def contents(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_a_new_incident_leaves_the_pages_of_others_alone(tmp_path: Path) -> None:
    """And a page that has gone is removed; files that are not ours stay."""
    first = attacks.told("asad", attacks.FIRST, "ain_al_asad")
    second = attacks.told("tanf", attacks.FIRST + 5 * attacks.DAY, "al_tanf")
    one = attacks.build(tmp_path / "one", [first])
    both = attacks.build(tmp_path / "both", [first, second])
    folder = tmp_path / "page"
    write_report(both, folder)
    (folder / "CNAME").write_text("example.org")
    assert len(list(folder.glob("incidents/*.html"))) == 2
    write_report(one, folder)
    (left,) = folder.glob("incidents/*.html")
    before = left.stat().st_mtime_ns
    assert not list(folder.glob("sites/al_tanf.html"))
    write_report(both, folder)
    assert left.stat().st_mtime_ns == before
    assert len(list(folder.glob("incidents/*.html"))) == 2
    assert (folder / "CNAME").is_file()
    assert not list(folder.rglob("*.tmp"))


def test_a_folder_is_stale_until_it_was_made_of_what_is_published(tmp_path: Path) -> None:
    """Also where a run was killed between publishing and writing."""
    paths = attacks.build(tmp_path / "db", [attacks.told("asad", attacks.FIRST, "ain_al_asad")])
    folder = tmp_path / "page"
    assert needs_writing(paths, folder)
    write_report(paths, folder)
    assert not needs_writing(paths, folder)
    paths.published.write_bytes(paths.published.read_bytes())
    assert needs_writing(paths, folder)


def test_an_empty_warehouse_gives_a_page_that_says_so(tmp_path: Path) -> None:
    """Before the first attack was read."""
    paths = attacks.build(tmp_path / "db", [])
    with open_writer(paths.live):
        pass
    write_report(paths, tmp_path / "page")
    assert "No attack has been counted yet" in Document(tmp_path / "page" / "index.html").text
    assert Document(tmp_path / "page" / "incidents.html").text


def test_a_damaged_note_of_what_was_made_costs_only_time(campaign: Paths, tmp_path: Path) -> None:
    """Everything is compared again, nothing written."""
    write_report(campaign, tmp_path)
    (tmp_path / ".pages.json").write_text("[not ours")
    assert write_report(campaign, tmp_path).written == 0


def test_nothing_outside_the_folder_is_ever_removed(tmp_path: Path) -> None:
    """A note that names a file above, as somebody may have put it there."""
    (tmp_path / "precious").write_text("kept")
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / ".pages.json").write_text('{"../precious": ["", "4"], "gone.html": ["", "1"]}')
    FolderWriter(folder).close(0)
    assert (tmp_path / "precious").read_text() == "kept"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c&d=e#f", True),
        ("http://[2001:db8::1]/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" https://example.org/", False),
        ("https://example.org/\u202e", False),
        ("data:text/html,x", False),
        ("//example.org/", False),
        ("https:///path", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, kept: bool) -> None:
    """http and https with a host; anything else is text."""
    assert words.weblink(url) == (url if kept else None)


def test_marks_of_overlapping_words_become_one() -> None:
    """Each character is printed once, escaped, in its place."""
    spans = [(12, 18, "place"), (15, 20, "site"), (22, 24, "date"), (0, 5, "elsewhere")]
    made = words.marked("at <Asad> on Monday", 9, spans)
    assert Plain(made).text == "at <Asad> on Monday"
    assert made.count("<mark") == 2
    assert 'title="place, site"' in made


class Plain(Document):
    def __init__(self, html: str) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)
        self.elements, self.words, self._silent = [], [], False
        self.feed(html)

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.mark.parametrize("value", [0, 1, 3, 4, 5, 9, 41, 78, 165, 1234, 99_999])
def test_axes_reach_above_their_greatest_value_in_few_round_steps(value: int) -> None:
    """Three to five lines, so that one can read a value off."""
    top, step = charts.nice_top(value)
    assert top >= value
    assert top % step == 0
    assert top // step <= 4


def test_the_map_is_true_to_direction() -> None:
    """North is up, east is right, and all sites watched lie inside the drawing."""
    view = projection()
    erbil, tanf, basra = view.at(44.0, 36.2), view.at(38.6, 33.5), view.at(47.8, 30.5)
    assert erbil[1] < tanf[1] < basra[1]
    assert tanf[0] < erbil[0] < basra[0]
    for x, y in (erbil, tanf, basra):
        assert 0 < x < view.width
        assert 0 < y < view.height


def test_a_running_sum_is_drawn_up_to_its_total() -> None:
    """The path ends at the height of the sum of its days, whatever their order."""
    first = dt.date(2024, 1, 1)
    frame = charts.Frame(100, 100, first, first + dt.timedelta(days=10), 8)
    path = charts.steps(frame, {first + dt.timedelta(days=4): 5, first + dt.timedelta(days=2): 3})
    heights: list[Any] = re.findall(r"V([\d.]+)", path)
    assert heights == [charts.short(frame.y(3)), charts.short(frame.y(8))]


def test_documented_history_is_shown_apart_and_in_no_figure(tmp_path: Path) -> None:
    """It has pages and stands under its own heading; the newest, the feeds, the tally know nothing of it."""
    paths = attacks.small_campaign(tmp_path / "db")
    with open_writer(paths.live) as con:
        load_seeds(con, load_knowledge().sites, dt.datetime(2023, 12, 20, tzinfo=dt.UTC))
        publish_if_changed(con, paths)
    folder = tmp_path / "page"
    write_report(paths, folder)
    text = Document(folder / "index.html").text
    assert "5 attacks on US facilities" in text
    assert "Documented history" not in text
    assert "Documented history, in no figure" in Document(folder / "sites" / "ain_al_asad.html").text
    assert len(json.loads((folder / "feed.json").read_text(encoding="utf-8"))["items"]) == 7
    texts = [file.read_text(encoding="utf-8") for file in folder.glob("incidents/*.html")]
    assert sum("Documented at" in text for text in texts) > 100


def test_a_count_stated_after_the_data_end_is_not_shown_as_of_now(tmp_path: Path) -> None:
    """As in a simulation of earlier days, or where an article gets its day wrong."""
    paths = attacks.build(
        tmp_path / "db",
        [
            attacks.told("asad", attacks.FIRST, "ain_al_asad"),
            attacks.stated("now", dt.date(2023, 11, 8), 41),
            attacks.stated("later", dt.date(2024, 11, 21), 206),
        ],
    )
    write_report(paths, tmp_path / "page")
    text = Document(tmp_path / "page" / "index.html").text
    assert "41 (20 in Iraq, 21 in Syria)" in text
    assert "206" not in text


def test_counts_of_days_before_the_data_are_not_compared(tmp_path: Path) -> None:
    """A gap there would be our absence, not theirs."""
    paths = attacks.build(
        tmp_path / "db",
        [
            attacks.told("late", dt.date(2023, 12, 15), "ain_al_asad"),
            attacks.stated("early", dt.date(2023, 11, 8), 41),
        ],
    )
    write_report(paths, tmp_path / "page")
    text = Document(tmp_path / "page" / "index.html").text
    assert "These days lie before the data of this page" in text
    assert "Counted here over the same days" not in text
