"""Pages as outlets make them: what is the article, and what is no article at all. All texts are invented."""

import datetime as dt
import json
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import KnowledgeError
from extract.page_rules import page_rules, parse_rules
from extract.records import Article, FeedEntry, Rejection, Source
from extract.scraping import article_from_entry, article_from_text, read_page, tidy

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
URL = "https://news.example.org/world/rockets-hit-base"
SOURCE = Source(
    source_id="example-world",
    url="https://news.example.org/rss.xml",
    outlet="Example News",
    family="Example Group",
    language="en",
    kind="regional",
)
ENTRY = FeedEntry(
    entry_id="e1",
    source_id="example-world",
    url=URL,
    guid=None,
    title="Rockets hit base - Example News",
    summary="Two rockets were fired at the base on Friday.",
    published_at=dt.datetime(2023, 12, 8, 1, 15, tzinfo=dt.UTC),
    published_status="found",
    seen_at=NOW - dt.timedelta(hours=1),
)
STORY = (
    "Two rockets were fired at a base that hosts American troops in western Iraq on Friday, the army said.",
    "A security source told reporters that nobody was wounded, and that a search for the launcher was under way.",
    "The embassy called on the government to protect diplomatic missions; no group claimed the attack at first.",
    "It was the third such attack in the province in a week, according to a count kept by the provincial council.",
)


def page(
    *, head: str = "", body: str = "", story: tuple[str, ...] = STORY, title: str = "Rockets hit base"
) -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    return (
        f'<html lang="en-GB"><head><title>{title} | Example News</title>{head}</head><body>'
        f"<nav><a href=/>Home</a><a href=/w>World</a></nav><article><h1>{title}</h1>{paragraphs}</article>{body}</body></html>"
    )


def linked(**values: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def read(
    html: str | bytes,
    *,
    entry: FeedEntry | None = None,
    source: Source | None = SOURCE,
    url: str = URL,
    content_type: str = "text/html; charset=utf-8",
) -> Article | Rejection:
    body = html.encode() if isinstance(html, str) else html
    return read_page(body, content_type=content_type, url=url, entry=entry, source=source, now=NOW)


def article(html: str | bytes, **options: object) -> Article:
    answer = read(html, **options)  # type: ignore[arg-type]
    assert isinstance(answer, Article), answer
    return answer


# --- the body -------------------------------------------------------------------------------------------


def test_the_body_is_the_storys_paragraphs() -> None:
    assert article(page()).text == "\n".join(STORY)


@pytest.mark.parametrize(
    "around",
    [
        "<aside class='related'><h2>Related stories</h2><ul><li><a href=/x>Drone shot down near Erbil airport</a></li></ul></aside>",
        "<figure><img src=x><figcaption>Soldiers stand guard at the gate in a file photo.</figcaption></figure>",
        "<div id='comments'><h3>Comments</h3><p>Reader one: they fired a hundred rockets at us last year alone.</p></div>",
        "<div class='newsletter'><p>Sign up for our newsletter and get the news in your inbox every morning.</p></div>",
        "<div class='cookie-banner'><p>We use cookies to improve your experience on this site.</p></div>",
        "<footer><p>Copyright 2026 Example News. All rights reserved.</p></footer>",
    ],
    ids=["related", "caption", "comments", "newsletter", "cookies", "footer"],
)
def test_what_stands_around_the_story_is_left_out(around: str) -> None:
    assert article(page(body=around)).text == "\n".join(STORY)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Drone shot down near Erbil airport",
        "Sign up for our daily newsletter to get the news in your inbox.",
        "Advertisement",
        "Photo: AFP",
        "Additional reporting by A. Writer in Baghdad; editing by B. Editor",
        "اقرأ أيضا: إسقاط مسيرة قرب مطار أربيل",
    ],
)
def test_lines_of_the_outlet_inside_the_story_are_left_out(line: str) -> None:
    story = (*STORY[:2], line, *STORY[2:])
    assert article(page(story=story)).text == "\n".join(STORY)


@pytest.mark.parametrize(
    "line", ["Reading the statement, the spokesman said that " + "many rockets were fired " * 20]
)
def test_a_long_paragraph_that_begins_alike_is_kept(line: str) -> None:
    assert " ".join(line.split()) in article(page(story=(*STORY, line))).text


def test_text_that_only_the_linked_data_has_is_read_from_there() -> None:
    body = "\n".join((*STORY, *STORY))
    html = (
        f"<html><head><title>T</title>{linked(articleBody=body)}</head><body><div id=app></div></body></html>"
    )
    assert article(html).text == body


def test_evidence_offsets_hold_in_a_settled_text() -> None:
    messy = page(
        story=tuple(part.replace(" ", " \u00a0\t", 3).replace("base", "ba\u00adse") for part in STORY)
    )
    read_once = article(messy)
    assert read_once.text == "\n".join(STORY)
    assert tidy(read_once.text) == read_once.text
    assert read_once.document == f"{read_once.title}\n\n{read_once.text}"


@given(st.text(max_size=300))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_a_page_that_calls_itself_xml_is_read() -> None:
    assert article('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>' + page()).text == "\n".join(
        STORY
    )


def test_the_same_page_gives_the_same_article() -> None:
    assert article(page()) == article(page())


# --- title, moments, language, address ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "title", "expected"),
    [
        ("", "Rockets hit base", "Rockets hit base"),
        ('<meta property="og:title" content="Rockets hit base - Example News">', "x", "Rockets hit base"),
        ('<meta property="og:title" content="Rockets hit base | News.Example.org">', "x", "Rockets hit base"),
        ('<meta property="og:title" content="Iraq - Syria border crossing hit">', "x", "Iraq - Syria border crossing hit"),
        ('<meta property="og:title" content="US base &quot;hit&quot; &amp; burning">', "x", 'US base "hit" & burning'),
        ('<meta property="og:title" content="Example News">', "Rockets hit base", "Rockets hit base"),
        ('<meta property="og:title" content="Rockets hit base - Example">', "x", "Rockets hit base"),
        ('<meta property="og:title" content="Rockets hit base：Example News">', "x", "Rockets hit base"),
        (linked(headline="Rockets hit base"), "x", "Rockets hit base"),
    ],
)  # fmt: skip
def test_the_title_comes_without_the_outlets_name(head: str, title: str, expected: str) -> None:
    assert article(page(head=head, title=title)).title == expected


@pytest.mark.parametrize(
    ("head", "expected", "status", "found_in"),
    [
        (linked(datePublished="2023-12-08T04:15:00+03:00"), "2023-12-08T01:15", "found", "jsonld"),
        ('<meta property="article:published_time" content="2023-12-08T04:15:00Z">', "2023-12-08T04:15", "found",
         "meta:articlepublishedtime"),
        ('<meta name="article:published:time" content="2023-12-08T04:15:00Z">', "2023-12-08T04:15", "found",
         "meta:articlepublishedtime"),
        (linked(datePublished="2023-12-08T04:15:00"), "2023-12-08T04:15", "naive", "jsonld"),
        (linked(datePublished="2023-12-08") + '<meta name="pubdate" content="2023-12-08T04:15:00+03:00">',
         "2023-12-08T01:15", "found", "meta:pubdate"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-12-08T04:15:00Z",}</script>',
         "2023-12-08T04:15", "found", "jsonld"),
        (linked(datePublished="0001-01-01T00:00:00Z"), None, "not_stated", "none"),
        (linked(datePublished="2099-01-01T00:00:00Z"), None, "not_stated", "none"),
        ("", None, "not_stated", "none"),
    ],
)  # fmt: skip
def test_the_publication_moment_comes_with_its_status_and_source(
    head: str, expected: str | None, status: str, found_in: str
) -> None:
    found = article(page(head=head))
    assert (f"{found.published_at:%Y-%m-%dT%H:%M}" if found.published_at else None) == expected
    assert found.published_status == status
    assert f"published={found_in} " in found.extractor + " "


def test_a_page_without_a_moment_takes_the_feeds() -> None:
    found = article(page(), entry=ENTRY)
    assert (found.published_at, found.published_status) == (ENTRY.published_at, "found")
    assert "published=feed" in found.extractor


def test_a_moment_without_a_zone_gives_way_to_the_feeds_where_they_are_near() -> None:
    near = article(page(head=linked(datePublished="2023-12-08T04:15:00")), entry=ENTRY)
    far = article(page(head=linked(datePublished="2023-12-01T04:15:00")), entry=ENTRY)
    assert near.published_at == ENTRY.published_at
    assert far.published_at == dt.datetime(2023, 12, 1, 4, 15, tzinfo=dt.UTC)


def test_a_day_in_the_address_is_inferred() -> None:
    found = article(page(), url="https://news.example.org/2023/12/08/rockets-hit-base")
    assert (found.published_at, found.published_status) == (
        dt.datetime(2023, 12, 8, tzinfo=dt.UTC),
        "inferred",
    )


def test_an_update_is_kept_apart() -> None:
    head = linked(datePublished="2023-12-08T04:15:00Z", dateModified="2023-12-08T09:00:00+03:00")
    assert article(page(head=head)).modified_at == dt.datetime(2023, 12, 8, 6, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<link rel="canonical" href="/world/canonical?utm_source=x">',
            "https://news.example.org/world/canonical",
        ),
        (
            '<meta property="og:url" content="https://www.example.org/og-story">',
            "https://www.example.org/og-story",
        ),
        ('<link rel="canonical" href="https://news.example.org/">', URL),
        ('<link rel="canonical" href="https://evil.example/x">', URL),
        ('<link rel="canonical" href="javascript:alert(1)">', URL),
        ("", URL),
    ],
)
def test_the_canonical_address_is_the_pages_own_where_it_can_be(head: str, expected: str) -> None:
    found = article(page(head=head))
    assert found.url == expected


def test_what_the_source_knows_is_carried() -> None:
    found = article(page(), entry=ENTRY)
    assert (found.outlet, found.family, found.kind, found.language) == (
        "Example News",
        "Example Group",
        "regional",
        "en",
    )
    assert found.seen_at == ENTRY.seen_at


def test_without_a_source_the_page_names_its_outlet() -> None:
    found = article(page(head='<meta property="og:site_name" content="Some Outlet">'), source=None)
    assert (found.outlet, found.family, found.kind, found.seen_at) == (
        "Some Outlet",
        "Some Outlet",
        None,
        NOW,
    )
    assert article(page(), source=None).outlet == "news.example.org"


ARABIC = "أعلنت خلية الإعلام الأمني سقوط صاروخين قرب قاعدة عين الأسد غربي العراق دون وقوع إصابات بين الجنود."


@pytest.mark.parametrize(
    ("codec", "declared"), [("utf-8", "windows-1256"), ("cp1256", "windows-1256"), ("cp1256", "utf-8")]
)
def test_arabic_pages_are_read_whatever_is_declared(codec: str, declared: str) -> None:
    html = f'<html lang="ar" dir="rtl"><head><meta charset="{declared}"><title>خبر</title></head><body>'
    html += f"<article><h1>صاروخان قرب عين الأسد</h1><p>{ARABIC}</p><p>{ARABIC[:-10]} أمس.</p></article></body></html>"
    found = article(html.encode(codec), content_type="text/html")
    assert found.title == "صاروخان قرب عين الأسد" or found.title == "خبر"
    assert ARABIC in found.text
    assert found.language == "ar"


# --- what is no article ---------------------------------------------------------------------------------

SHORT = ("A line of text.",)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"", "empty"),
        (b"   \n", "empty"),
        (b'{"json": true}', "not_html"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_html"),
        (b"only words, no page", "not_html"),
        (page(story=SHORT).encode(), "too_short"),
        (page(head='<meta http-equiv="refresh" content="0; url=/elsewhere">').encode(), "meta_refresh"),
        (page(title="404 - Page not found", story=SHORT).encode(), "soft_404"),
        (page(title="الصفحة غير موجودة", story=SHORT).encode(), "soft_404"),
        (page(title="Before you continue", story=SHORT).encode(), "consent_wall"),
        (page(title="Just a moment...", story=SHORT).encode(), "challenge"),
        (page(title="x", story=SHORT, head=linked(isAccessibleForFree=False)).encode(), "paywall"),
        (page(title="x", story=(*SHORT, "Subscribe to continue reading.")).encode(), "paywall"),
        (page(title="x", story=("We and our partners store cookies.", "Manage cookies and consent.")).encode(), "consent_wall"),
        (b"<html><body>" + b"<div>x</div>" * 70_000 + b"</body></html>", "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_named(html: bytes, reason: str) -> None:
    answer = read(html)
    assert isinstance(answer, Rejection), answer
    assert (answer.stage, answer.reason, answer.subject) == ("scrape", reason, URL)
    named = read(html, entry=ENTRY)
    assert isinstance(named, Rejection)
    assert named.subject == "e1"


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "video/mp4"])
def test_other_media_are_no_pages(kind: str) -> None:
    assert isinstance(read(page(), content_type=kind), Rejection)


@pytest.mark.parametrize(
    "title", ["404th day of the war", "Access denied to inspectors at base", "Forbidden city of rockets"]
)
def test_a_headline_that_begins_like_an_error_is_still_news(title: str) -> None:
    assert isinstance(read(page(title=title, story=STORY * 4)), Article)


def test_a_story_that_leads_to_the_front_page_is_lost() -> None:
    answer = read(page(), entry=ENTRY, url="https://news.example.org/")
    assert isinstance(answer, Rejection)
    assert answer.reason == "soft_404"


def test_a_page_that_reloads_itself_is_read() -> None:
    assert isinstance(
        read(page(head=f'<meta http-equiv="refresh" content="5; url={URL}?utm_source=r">')), Article
    )
    assert isinstance(read(page(head='<meta http-equiv="refresh" content="300">')), Article)


def test_what_is_readable_of_a_paywalled_page_is_read_and_marked() -> None:
    found = article(page(head=linked(isAccessibleForFree="False")))
    assert found.extractor.endswith("paywall")


def test_a_live_blog_is_read_and_marked() -> None:
    head = linked(**{"@type": "LiveBlogPosting"})
    assert article(page(head=head)).extractor.endswith("live_blog")


# --- bounds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    ["<div>" * 200_000, "<b>" * 300_000, "<table><tr><td>" * 50_000, "<" * 1_000_000, "<!--" * 250_000,
     "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">", "<td colspan=9007199254740991>", "&#" * 300_000,
     "<p>" + "x" * 2_000_000, "\x00" * 100_000],
    ids=["divs", "bolds", "tables", "brackets", "comments", "attributes", "colspan", "references", "one word", "zeros"],
)  # fmt: skip
def test_a_page_made_to_be_slow_ends_in_time(body: str) -> None:
    started = time.process_time()
    assert isinstance(read(page(body=body)), Article | Rejection)
    assert time.process_time() - started < 8


@pytest.mark.parametrize("open_tag", ["<script>", "<script type='text/javascript'>", "<style>"])
def test_scripts_that_look_like_tags_do_not_spoil_a_page(open_tag: str) -> None:
    code = "if (a <b) { " + "x = y + 1 ; " * 2_000 + "}"
    closing = "</style>" if "style" in open_tag else "</script>"
    assert article(page(head=open_tag + code + closing)).text == "\n".join(STORY)


@pytest.mark.parametrize(
    "hidden",
    ["<!-- <script> -->", '<p title="<script>">', "<scripty>", "<!--><script-->", "<script></script>"],
)
def test_attributes_without_end_do_not_hide_behind_scripts(hidden: str) -> None:
    attributes = " ".join(f"a{n}" for n in range(60_000))
    answer = read(page(body=f"{hidden}<p {attributes}>"))
    assert isinstance(answer, Rejection)
    assert answer.reason == "too_large"


@pytest.mark.parametrize(
    "script",
    ["[" * 200_000, '{"@graph":' * 50_000, "null", '"x"', "[[[]]]", '{"@type": 5, "datePublished": []}'],
)
def test_linked_data_of_any_shape_does_no_harm(script: str) -> None:
    assert article(page(head=f'<script type="application/ld+json">{script}</script>')).text == "\n".join(
        STORY
    )


@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_rejection(body: bytes) -> None:
    assert isinstance(read(b"<html><body>" + body), Article | Rejection)


# --- articles that are not pages ------------------------------------------------------------------------


def test_a_feed_item_alone_makes_an_article_that_says_so() -> None:
    found = article_from_entry(ENTRY, SOURCE)
    assert (found.text, found.extractor) == (ENTRY.summary, "feed/1")
    assert found.published_at == ENTRY.published_at
    assert (found.outlet, found.family) == ("Example News", "Example Group")


def test_feed_items_without_an_address_do_not_share_an_article_id() -> None:
    one = article_from_entry(replace(ENTRY, url=""), SOURCE)
    other = article_from_entry(replace(ENTRY, url="", entry_id="e2"), SOURCE)
    assert one.article_id != other.article_id


def test_given_text_is_kept_to_the_letter() -> None:
    text = "One  line.\r\n\r\n Two\u00a0lines. "
    found = article_from_text(url=URL, title=" T ", text=text, published="2023-12-08", now=NOW, language="en")
    assert (found.title, found.text) == (" T ", text)
    assert (found.published_at, found.published_status) == (dt.datetime(2023, 12, 8, tzinfo=dt.UTC), "naive")
    assert found.outlet == "news.example.org"


# --- the rules' file ------------------------------------------------------------------------------------


def test_the_page_rules_are_well_formed() -> None:
    assert page_rules().lines


@pytest.mark.parametrize(
    "text",
    ["[[line]]\npattern = 'x'\nlongest = 5", "[[line]]\nwhy='x'\npattern = '('\nlongest = 5", "[[outlet]]\nwhy='x'",
     "[[outlet]]\nwhy='x'\nhost='h'\nbody=['//[']", "[[outlet]]\nwhy='x'\nhost='h'\nbodies=[]", "not toml ["],
)  # fmt: skip
def test_a_wrong_rule_is_told(text: str) -> None:
    with pytest.raises(KnowledgeError):
        parse_rules(text)


def test_an_outlets_rule_holds_for_its_pages_until_its_day() -> None:
    rules = parse_rules("[[outlet]]\nwhy='x'\nhost='example.org'\nuntil=2024-01-01\nbody=['//div']")
    assert rules.for_page("news.example.org", dt.date(2023, 12, 8))
    assert rules.for_page("news.example.org", dt.date(2024, 1, 2)) is None
    assert rules.for_page("badexample.org", dt.date(2023, 12, 8)) is None


METAS = [
    "article:published_time", "og:article:published_time", "datePublished", "parsely-pub-date", "sailthru.date",
    "cXenseParse:recs:publishtime", "publish-date", "pubdate", "publication_date", "published_at", "DC.date.issued",
    "dcterms.created", "article.original-date", "date", "ptime",
]  # fmt: skip


@pytest.mark.parametrize("name", METAS)
def test_a_moment_is_found_among_metas_that_nobody_asks_for(name: str) -> None:
    """Whatever the outlet's system calls it."""
    others = "".join(
        f'<meta name="theme-{n}" content="#fff"><link rel="icon" href="/{n}.png">' for n in range(9)
    )
    moment = f'<meta content="2023-12-08T04:30:00Z" name="{name}">'
    article = read(page(head=f'<meta property="og:title" content="Base hit">{others}{moment}'), entry=None)
    assert isinstance(article, Article)
    assert (article.title, article.published_at) == (
        "Base hit",
        dt.datetime(2023, 12, 8, 4, 30, tzinfo=dt.UTC),
    )
