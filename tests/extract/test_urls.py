"""One page, one address."""

import base64
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.urls import article_id, canonical_url, is_aggregator_wrapper, stable_id, url_key

BASE = "https://news.example.org/world/rss.xml"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://News.Example.ORG:443/a", "https://news.example.org/a"),
        ("http://news.example.org", "http://news.example.org/"),
        ("/a/../b/./c", "https://news.example.org/b/c"),
        ("//other.example/x", "https://other.example/x"),
        ("https://news.example.org/a?utm_source=rss&id=7&UTM_Medium=x#top",
        "https://news.example.org/a?id=7"),
        ("https://news.example.org/a?fbclid=1&gclid=2", "https://news.example.org/a"),
        ("https://news.example.org/a?b=%7e%2f&c=%c3%a9", "https://news.example.org/a?b=~%2F&c=%C3%A9"),
        ("https://news.example.org/خبر", "https://news.example.org/%D8%AE%D8%A8%D8%B1"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://news.example.org/a b", "https://news.example.org/a%20b"),
        (" https://news.example.org/a\n", "https://news.example.org/a"),
        ("https://news.example.org/long-\n  title", "https://news.example.org/long-title"),
        ("https://news.example.org/2024/story/amp/", "https://news.example.org/2024/story"),
        ("https://news.example.org/story.amp", "https://news.example.org/story"),
        ("https://news.example.org/story?amp=1", "https://news.example.org/story"),
        ("https://www.google.com/amp/s/news.example.org/story", "https://news.example.org/story"),
        ("https://news-example-org.cdn.ampproject.org/c/s/news.example.org/story?amp_js_v=1",
         "https://news.example.org/story"),
        ("https://www.google.com/url?q=https%3A%2F%2Fnews.example.org%2Fa%3Futm_source%3Dx&sa=U",
         "https://news.example.org/a"),
        ("https://news.example.org/a?x=1&&y", "https://news.example.org/a?x=1&y"),
    ],
)  # fmt: skip
def test_spellings_of_one_address_become_one(url: str, expected: str) -> None:
    assert canonical_url(url, BASE) == expected


@pytest.mark.parametrize(
    "url",
    ["", "#", "javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/x", "data:text/html,x",
        "mailto:a@b.c",
     "http://user:secret@example.org/", "http://", "http://exa mple.org/",
     "https://example.org:99999/", "http://[::1",
     "https://example.org\\@evil.example/", "https://example.org/" + "a" * 5000, "gopher://example.org/"],
)  # fmt: skip
def test_what_is_no_web_page_has_no_address(url: str) -> None:
    assert canonical_url(url) is None


@pytest.mark.parametrize("host", ["mod", "oc"])
def test_a_parameter_that_is_noise_on_one_host_is_kept_on_others(host: str) -> None:
    assert canonical_url(f"https://news.example.org/a?{host}=1") == f"https://news.example.org/a?{host}=1"


def test_an_old_google_news_link_holds_the_address_itself() -> None:
    target = b"https://news.example.org/world/attack-on-base"
    token = base64.urlsafe_b64encode(
        b"\x08\x13\x22" + bytes([len(target)]) + target + b"\xd2\x01\x00"
    ).decode()
    link = f"https://news.google.com/rss/articles/{token.rstrip('=')}?oc=5"
    assert canonical_url(link) == target.decode()


def test_a_new_google_news_link_is_told_as_a_wrapper() -> None:
    token = (
        base64.urlsafe_b64encode(b"\x08\x13\x22\x40AU_yqLNabcdefghijklmnopqrstuvwxyz").decode().rstrip("=")
    )
    link = canonical_url(f"https://news.google.com/rss/articles/{token}?oc=5")
    assert link is not None
    assert is_aggregator_wrapper(link)
    assert not is_aggregator_wrapper("https://news.google.com/topics/xyz")


def test_wrappers_around_wrappers_end() -> None:
    url = "https://news.example.org/a"
    for _ in range(10):
        url = "https://www.google.com/url?q=" + url.replace("?", "%3F").replace("&", "%26").replace(
            "=", "%3D"
        )
    assert canonical_url(url) is None or "example" in (canonical_url(url) or "")


@pytest.mark.parametrize(
    "other",
    ["http://www.example.org/a/b", "https://m.example.org/a/b/", "https://example.org/amp/a/b",
        "https://amp.example.org/a/b"],
)  # fmt: skip
def test_copies_of_a_page_share_an_article_id(other: str) -> None:
    assert article_id(other) == article_id("https://example.org/a/b")


def test_different_pages_have_different_keys() -> None:
    assert url_key("https://example.org/a?id=1") != url_key("https://example.org/a?id=2")


def test_ids_depend_on_where_the_parts_end() -> None:
    assert stable_id("ab", "c") != stable_id("a", "bc")
    assert len(stable_id("a")) == 16


@given(st.text(max_size=200))
def test_any_text_gives_an_address_or_none_and_twice_is_once(text: str) -> None:
    for url in (text, "https://example.org/" + text, "https://" + text):
        first = canonical_url(url)
        if first is not None:
            assert canonical_url(first) == first
            assert urlsplit(first).scheme in ("http", "https")
