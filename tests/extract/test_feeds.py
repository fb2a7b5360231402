"""Feeds as they come: every format, wrong charsets, wrong dates, wrong links, and traps."""

import datetime as dt
import gzip
import json
import time

import pytest

from extract.feeds import ParsedFeed, parse_feed, plain_text
from extract.moments import read_moment
from extract.urls import is_aggregator_wrapper

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
URL = "https://news.example.org/world/rss.xml"


def parsed(body: bytes | str, content_type: str = "application/xml", url: str = URL) -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, content_type=content_type, url=url, source_id="example-world", now=NOW)


def rss(*items: str, head: str = "") -> str:
    joined = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title>'
        f"<language>ar-iq</language>{head}{joined}</channel></rss>"
    )


def item(title: str = "Rockets hit base", link: str = "https://news.example.org/1", more: str = "") -> str:
    return f"<title>{title}</title><link>{link}</link>{more}"


FORMATS = {
    "rss 2.0": rss(item(more="<guid>g1</guid><pubDate>Fri, 08 Dec 2023 04:15:00 +0300</pubDate>")),
    "rss 0.91": '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://example.org/x.dtd">'
    f'<rss version="0.91"><channel><title>E</title><item>{item()}</item></channel></rss>',
    "rss 0.92": f'<rss version="0.92"><channel><title>E</title><item>{item()}</item></channel></rss>',
    "rss 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>E</title></channel>'
    f'<item rdf:about="y">{item()}<dc:date>2023-12-08T04:15:00+03:00</dc:date></item></rdf:RDF>',
    "atom 1.0": '<feed xmlns="http://www.w3.org/2005/Atom"><title>E</title><entry><id>urn:1</id>'
    '<title>Rockets hit base</title><link href="/1"/><published>2023-12-08T04:15:00+03:00</published>'
    "<updated>2023-12-09T00:00:00Z</updated></entry></feed>",
    "json feed": json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "E", "items": [
            {"id": 7, "url": "https://news.example.org/1", "title": "Rockets hit base",
             "date_published": "2023-12-08T04:15:00+03:00"}]}),
    "news sitemap": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example.org/1</loc>'
    "<news:news><news:publication_date>2023-12-08T04:15:00+03:00</news:publication_date>"
    "<news:title>Rockets hit base</news:title></news:news></url></urlset>",
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_its_entry(kind: str) -> None:
    feed = parsed(FORMATS[kind])
    assert feed.failure is None
    assert feed.defect is None
    (entry,) = feed.entries
    assert (entry.title, entry.url) == ("Rockets hit base", "https://news.example.org/1")
    assert entry.seen_at == NOW
    if kind not in ("rss 0.91", "rss 0.92"):
        assert entry.published_at == dt.datetime(2023, 12, 8, 1, 15, tzinfo=dt.UTC)
        assert entry.published_status == "found"


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_may_come_as_a_gzip_file(kind: str) -> None:
    assert parsed(gzip.compress(FORMATS[kind].encode())).entries == parsed(FORMATS[kind]).entries


def test_the_feed_says_its_title_and_language() -> None:
    feed = parsed(rss(item()))
    assert (feed.title, feed.language) == ("Example", "ar")


# --- what is no feed, and what is a broken one ----------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\x00", "empty"),
        (b"<!DOCTYPE html><html><body>Not here</body></html>", "not_a_feed"),
        (b"<!-- hello --><html><head><title>x</title></head></html>", "not_a_feed"),
        (b"/etc/passwd", "not_a_feed"),
        (b"http://127.0.0.1/feed", "not_a_feed"),
        (b"<note><to>you</to></note>", "not_a_feed"),
        (b'{"items": []}', "not_a_feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "parse"),
        (
            b"<sitemapindex><sitemap><loc>https://news.example.org/s.xml</loc></sitemap></sitemapindex>",
            "not_a_feed",
        ),
        (b"<rss version='2.0'><channel><title>cut", "parse"),
        (b"\x1f\x8b\x08broken", "decode"),
        (gzip.compress(bytes(21_000_000)), "too_large"),
        (bytes(range(256)) * 10, "not_a_feed"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, reason: str) -> None:
    feed = parsed(body)
    assert feed.failure is not None
    assert (feed.failure.reason, feed.entries) == (reason, ())
    assert feed.failure.failed_at == NOW


def test_no_entries_is_fine_for_a_well_formed_feed_only() -> None:
    assert parsed(rss()).failure is None
    assert parsed(rss()).defect is None
    assert parsed(rss().replace("</channel>", "")).failure is not None


@pytest.mark.parametrize(
    "body",
    [
        rss(item(), item("Second", "https://news.example.org/2")).replace("</channel></rss>", ""),
        rss(item(), item("Second", "https://news.example.org/2"))[:-30],
        rss(item("A & B &nbsp; C"), item("Second", "https://news.example.org/2")),
        rss(item(), item("Sec\x01ond", "https://news.example.org/2")),
        rss(item(), item("Second", "https://news.example.org/2")) + "<br>trailing",
        rss(item(), item("Second", "https://news.example.org/2", "<media:x/>")),
        "\n\n  " + rss(item(), item("Second", "https://news.example.org/2")),
    ],
)
def test_an_illformed_feed_is_read_as_far_as_it_goes(body: str) -> None:
    feed = parsed(body)
    assert feed.failure is None
    assert len(feed.entries) == 2
    assert feed.entries[0].url == "https://news.example.org/1"


def test_the_defect_of_an_illformed_feed_is_told() -> None:
    assert "ill-formed" in (parsed(rss(item())[:-10]).defect or "")


# --- charsets -------------------------------------------------------------------------------------------

ARABIC = "هجوم صاروخي على قاعدة عين الأسد غربي العراق"


@pytest.mark.parametrize("declared", ["windows-1256", "utf-8", "iso-8859-1", None])
@pytest.mark.parametrize("http", ["text/xml", "text/xml; charset=windows-1256", "text/xml; charset=utf-8"])
@pytest.mark.parametrize("actual", ["utf-8", "cp1256"])
def test_arabic_is_read_whatever_is_declared(declared: str | None, http: str, actual: str) -> None:
    start = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    body = rss(item(ARABIC)).replace('<?xml version="1.0"?>', start).encode(actual)
    assert parsed(body, http).entries[0].title == ARABIC


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [True, False])
def test_utf16_is_read_where_the_declaration_says_utf8(codec: str, mark: bool) -> None:
    text = rss(item(ARABIC)).replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8"?>')
    feed = parsed((("\ufeff" if mark else "") + text).encode(codec), "text/xml; charset=utf-8")
    assert feed.entries[0].title == ARABIC
    assert "charset" in (feed.defect or "")


# --- dates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "status"),
    [
        ("Fri, 08 Dec 2023 04:15:00 +0300", "2023-12-08T01:15", "found"),
        ("Fri, 08 Dec 2023 04:15:00 GMT", "2023-12-08T04:15", "found"),
        ("Fri, 08 Dec 2023 04:15 EST", "2023-12-08T09:15", "found"),
        ("Fri, 08 Dec 2023 04:15:00 AST", "2023-12-08T04:15", "naive"),
        ("Fri, 08 Dec 2023 04:15:00", "2023-12-08T04:15", "naive"),
        ("2023-12-08T04:15:00Z", "2023-12-08T04:15", "found"),
        ("2023-12-08T04:15:00.123+03:00", "2023-12-08T01:15", "found"),
        ("2023-12-08 04:15:00", "2023-12-08T04:15", "naive"),
        ("2023-12-08", "2023-12-08T00:00", "naive"),
        ("20231208T041500Z", "2023-12-08T04:15", "found"),
        ("Fri, 08 Dec 2023 24:00:00 GMT", "2023-12-09T00:00", "found"),
        ("December 8, 2023 4:15 PM", "2023-12-08T16:15", "naive"),
        ("8 December 2023 12:05 am UTC", "2023-12-08T00:05", "found"),
        ("الجمعة، 8 كانون الأول 2023 04:15", "2023-12-08T04:15", "naive"),
        ("٨ ديسمبر ٢٠٢٣ ٠٤:١٥", "2023-12-08T04:15", "naive"),
        ("8 تشرين الثاني 2023", "2023-11-08T00:00", "naive"),
        ("1702008900", "2023-12-08T04:15", "found"),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None, "implausible"),
        ("0001-01-01T00:00:00Z", None, "implausible"),
        ("1970-01-01T00:00:00Z", None, "implausible"),
        ("2099-01-01T00:00:00Z", None, "implausible"),
        ("2023-13-45T00:00:00Z", None, "implausible"),
        ("yesterday", None, "not_stated"),
        ("", None, "not_stated"),
        ("1" * 5000, None, "not_stated"),
    ],
)
def test_a_date_comes_with_its_status(text: str, expected: str | None, status: str) -> None:
    moment = read_moment(text, NOW)
    assert (f"{moment.at:%Y-%m-%dT%H:%M}" if moment.at else None, moment.status) == (expected, status)


def test_a_feed_without_dates_says_so() -> None:
    (entry,) = parsed(rss(item())).entries
    assert (entry.published_at, entry.published_status) == (None, "not_stated")


def test_an_implausible_publication_date_gives_way_to_the_update() -> None:
    feed = parsed(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>x</title><link href="/1"/>'
        "<published>0001-01-01T00:00:00Z</published><updated>2023-12-09T00:00:00Z</updated></entry></feed>"
    )
    assert feed.entries[0].published_at == dt.datetime(2023, 12, 9, tzinfo=dt.UTC)


# --- links and identity ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/a?utm_source=rss#top", "https://news.example.org/a"),
        ("../b", "https://news.example.org/b"),
        ("\n  https://news.example.org/c\n", "https://news.example.org/c"),
        ("https://news.example.org/d/amp/", "https://news.example.org/d"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("gopher://127.0.0.1/", ""),
        ("https://user:pw@news.example.org/", ""),
    ],
)
def test_links_become_canonical_or_nothing(link: str, expected: str) -> None:
    feed = parsed(rss(item(link=link)))
    assert [entry.url for entry in feed.entries] == [expected]
    assert ("without a web address" in (feed.defect or "")) is (expected == "")


def test_a_changing_link_with_one_guid_is_one_entry() -> None:
    one = parsed(
        rss(item(link="https://news.example.org/old-slug", more="<guid isPermaLink='false'>7</guid>"))
    )
    other = parsed(
        rss(item(link="https://news.example.org/new-slug", more="<guid isPermaLink='false'>7</guid>"))
    )
    assert one.entries[0].entry_id == other.entries[0].entry_id


def test_a_guid_that_changes_only_in_tracking_is_one_entry() -> None:
    guids = [f"<guid>https://news.example.org/1?utm_source={n}</guid>" for n in range(2)]
    one, other = (parsed(rss(item(more=guid))).entries[0].entry_id for guid in guids)
    assert one == other


def test_a_guid_that_all_items_share_is_no_identity() -> None:
    guid = "<guid isPermaLink='false'>https://news.example.org/</guid>"
    feed = parsed(rss(item(more=guid), item("Second", "https://news.example.org/2", guid)))
    assert len({entry.entry_id for entry in feed.entries}) == 2


def test_an_item_given_twice_counts_once_and_the_first_wins() -> None:
    guid = "<guid isPermaLink='false'>7</guid>"
    feed = parsed(rss(item("First", more=guid), item("Again", more=guid)))
    assert [entry.title for entry in feed.entries] == ["First"]


def test_an_id_depends_on_the_source_and_not_on_the_poll() -> None:
    body = rss(item()).encode()
    first, second = (
        parse_feed(body, content_type="", url=URL, source_id=source, now=now).entries[0].entry_id
        for source, now in (("a", NOW), ("a", NOW + dt.timedelta(days=1)))
    )
    other = parse_feed(body, content_type="", url=URL, source_id="b", now=NOW).entries[0].entry_id
    assert first == second != other


def test_a_feed_proxys_link_gives_way_to_the_original() -> None:
    more = "<feedburner:origLink xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>https://news.example.org/o</feedburner:origLink>"
    assert parsed(rss(item(link="https://feeds.example.com/~r/1", more=more))).entries[0].url.endswith("/o")


def test_an_aggregators_wrapper_is_recognised() -> None:
    link = "https://news.google.com/rss/articles/CBMiAUFVX3lxTE5hYmNkZWZn?oc=5"
    assert is_aggregator_wrapper(parsed(rss(item(link=link))).entries[0].url)


# --- text and traps -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("plain  text\n here", "plain text here"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("in<b>si</b>de", "inside"),
        ("A &amp; B &#x627;", "A & B ا"),
        ("before<script>alert(1)</script>after", "before after"),
        ("x<style>p{}</style><!-- no -->y", "x y"),
        ("<img src=x onerror=alert(1)>shown", "shown"),
        ("1 < 2", "1 < 2"),
        ("", ""),
        ("<", "<"),
        ("a\x00b<i>c</i>", "abc"),
    ],
)
def test_markup_becomes_its_words(markup: str, expected: str) -> None:
    assert plain_text(markup) == expected


def test_titles_and_summaries_carry_no_markup() -> None:
    more = "<description>&lt;p&gt;Six &lt;b&gt;rockets&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;</description>"
    (entry,) = parsed(rss(item("Base &lt;i&gt;hit&lt;/i&gt;", more=more))).entries
    assert (entry.title, entry.summary) == ("Base hit", "Six rockets")


def test_entities_and_files_that_a_feed_names_are_not_opened(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    for body in (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss version="2.0"><channel><item><title>&x;</title>'
        "<link>https://news.example.org/1</link></item></channel></rss>",
        f'<!DOCTYPE u [<!ENTITY x SYSTEM "file://{secret}">]><urlset><url><loc>https://news.example.org/&x;</loc></url></urlset>',
        str(secret),
        f"file://{secret}",
    ):
        assert "canary" not in repr(parsed(body))


def test_nested_entities_do_not_unfold() -> None:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    body = f'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{entities}]>' + rss(item("&k;")).split("?>", 1)[1]
    assert len(repr(parsed(body))) < 10_000


@pytest.mark.parametrize(
    "tail",
    ["<a>" * 200_000, "<item>" * 100_000, "<" * 500_000, "&#" * 200_000, "</a>" * 100_000, "<!--" * 100_000,
     "<a " + " ".join(f"a{n}='1'" for n in range(60_000)) + ">", "<title>\x01" * 50_000],
    ids=["nesting", "items", "brackets", "references", "closings", "comments", "attributes", "controls"],
)  # fmt: skip
def test_a_feed_made_to_be_slow_is_read_in_time(tail: str) -> None:
    started = time.process_time()
    feed = parsed('<rss version="2.0"><channel><item>' + item() + "</item>" + tail)
    assert feed.entries[0].url == "https://news.example.org/1"
    assert time.process_time() - started < 8


def test_a_script_in_an_entrys_text_does_not_cut_the_feed() -> None:
    code = "<![CDATA[<script>if (a<b) { " + "x = 'y' ; " * 500 + "}</script>]]>"
    feed = parsed(
        rss(item(more=f"<description>{code}</description>"), item("Second", "https://news.example.org/2"))
    )
    assert [entry.title for entry in feed.entries] == ["Rockets hit base", "Second"]
    assert feed.defect is None


def test_comments_before_a_page_do_not_hide_it_or_take_long() -> None:
    started = time.process_time()
    assert parsed("<!--a-->" * 100_000 + "x").failure is not None
    assert time.process_time() - started < 4


def test_ten_thousand_entries_are_read_and_no_more() -> None:
    items = [item(f"Story {n}", f"https://news.example.org/{n}", f"<guid>{n}</guid>") for n in range(10_001)]
    full = parsed(rss(*items[:10_000]))
    assert (len(full.entries), full.defect) == (10_000, None)
    over = parsed(rss(*items))
    assert len(over.entries) == 10_000
    assert "more than 10000 entries" in (over.defect or "")
