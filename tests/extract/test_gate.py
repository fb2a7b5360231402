"""The gate stops no page whose article the reader would go on with, and stops general news."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.filtering import refuse_text, written_in
from extract.gate import ARABIC, RULES, Terms, page_may_tell
from extract.languages.arabic import plain
from extract.records import Article
from extract.scraping import article_from_text, read_page
from tests import general_news
from tests.test_architecture import ROOT

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ARTICLES = sorted((ROOT / "tests/golden").glob("*/*/*.toml"))
CHARSETS = {"en": ("utf-8", "utf-16", "windows-1252"), "ar": ("utf-8", "utf-16", "windows-1256")}


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def article_of(told: dict[str, Any], language: str) -> Article:
    return article_from_text(
        url=told["url"], title=told["title"], text=told["text"], published=None, now=NOW, language=language
    )  # fmt: skip


def goes_on(article: Article) -> bool:
    """Whether the reader would go on with the article, past the gate that stands before it."""
    if written_in(article) == "ar":
        letters = plain(article.document).text
        return all(pattern.search(letters) for pattern in ARABIC)
    return refuse_text(article) is None


def pages_of(title: str, text: str, language: str) -> dict[str, tuple[bytes, str]]:
    """One article as several sites would serve it: (bytes, content type) by name."""
    plain = general_news.page(title, text, language=language)
    found = {
        charset: (
            plain.replace("utf-8", charset).encode(charset, "xmlcharrefreplace"),
            f"text/html; charset={charset}",
        )
        for charset in CHARSETS[language]
    }
    decimal = "".join(f"&#{ord(c)};" if ord(c) > 127 or c in "'\"" else c for c in plain_text(plain))
    every = general_news.page(
        "".join(map(entity, title)), "".join(map(entity, text)), language=language, escape=False
    )
    return found | {
        "numeric entities": (decimal.encode(), "text/html"),
        "every letter an entity": (every.encode(), "text/html"),
        "no charset told": (plain.encode(), ""),
        "breaks and hard spaces": (spaced(plain).encode(), "text/html"),
    }  # fmt: skip


def plain_text(page: str) -> str:
    return page


def entity(char: str) -> str:
    return f"&#x{ord(char):X};" if char.isalpha() else char


def spaced(page: str) -> str:
    head, body = page.split("</head>", 1)
    words = body.split(" ")
    return head + "</head>" + "".join(w + ("&nbsp;" if n % 3 == 0 else "\n   ") if "<" not in w and ">" not in w else w + " " for n, w in enumerate(words))  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_is_lost_that_the_reader_would_go_on_with(language: str) -> None:
    """Every article of the corpora that refuse_text lets through, as a page in several encodings."""
    lost = []
    kept = 0
    for path in (p for p in ARTICLES if p.parts[-3] == language):
        told = load(path)
        if not goes_on(article_of(told, language)):
            continue
        kept += 1
        for name, (body, content_type) in pages_of(told["title"], told["text"], language).items():
            if not page_may_tell(body, content_type):
                lost.append((path.stem, name))
    assert lost == []
    assert kept > {"en": 200, "ar": 20}[language]


def test_every_relevant_article_of_the_corpus_passes() -> None:
    """What is labelled relevant in a language read is not stopped by the text's own gate."""
    read = [(p, load(p)) for p in ARTICLES if p.parts[-3] == "en"]
    relevant = [(p, told) for p, told in read if told["expect"]["relevant"]]
    assert [p.stem for p, told in relevant if refuse_text(article_of(told, "en")) is not None] == []


def test_general_news_is_stopped() -> None:
    """Under 2 % of general news comes through."""
    pages = [general_news.general_page(number) for number in range(300)]
    passed = [page for page in pages if page_may_tell(page.encode(), "text/html; charset=utf-8")]
    assert len(passed) < 0.02 * len(pages)


STORY = "Rockets struck the U.S. base at Ain al-Asad in western Iraq"


@pytest.mark.parametrize(
    ("markup", "passes"),
    [
        (f"<p>{STORY}.</p>", True),
        (f"<p>On Monday <a href='/2'>{STORY}</a>, officials said.</p>", True),
        (f"<p><a href='/2'>{STORY}</a>, officials said.</p>", True),
        (f"<h1 class='t'><span><a href='/1'>{STORY}</a></span></h1>", True),
        (f"<script type='application/ld+json'>{{\"headline\": \"{STORY}\"}}</script>", True),
        ("<p>U.S. troops at <a href='/asad'>Ain al-Asad</a> in <a href='/iraq'>Iraq</a> were attacked.</p>", True),
        (f"<ul><li><a href='/2'>{STORY}</a></li></ul>", False),
        (f"<div><a href='/2'><h3>{STORY}</h3><span>World</span></a> </div>", False),
        (f"<script type='application/json'>{{\"headline\": \"{STORY}\"}}</script>", False),
    ],
)  # fmt: skip
def test_another_story_s_headline_does_not_open_the_gate(markup: str, passes: bool) -> None:
    """What a page says in its own text, title and JSON-LD counts; a link that stands alone leads elsewhere."""
    page = f"<html lang='en'><head><title>Roses</title></head><body><p>Roses bloom.</p>{markup}</body></html>"
    assert page_may_tell(page.encode(), "text/html") is passes


WORDS = st.sampled_from(
    [*(w for rules in RULES for group in (rules.gate_countries, rules.gate_towns, rules.gate_attack, rules.gate_us) for w in group),
     "the", "ambassador", "said", "night", "a", "hillside", "\u201c", "(", "\n", "Hall", "x<y", "&"]
)  # fmt: skip
CASES = st.sampled_from([str.lower, str.title, str.upper])


@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.tuples(WORDS, CASES), max_size=25), filler=st.integers(0, 3))
def test_what_the_reader_reads_out_of_any_page_is_behind_the_gate(words: list[Any], filler: int) -> None:
    """For any text: if the article read out of a page passes the text's gate, the page passed the gate."""
    text = " ".join(case(word) for word, case in words)
    body = general_news.page("Report", "\n".join([text, *general_news.paragraphs(filler, 4)])).encode()
    article = read_page(
        body, content_type="text/html", url="https://n.example.org/a", entry=None, source=None, now=NOW
    )
    if isinstance(article, Article) and refuse_text(article) is None:
        assert page_may_tell(body, "text/html")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in iraq,", True),
        ("(iraq)", True),
        ("“iraq", True),
        ('{"articlebody":"\\niraq"}', True),
        ('{"articlebody":"\\u201ciraq"}', True),
        ("the ambassador", False),
        ("wassad", False),
        ("tower 22", True),
        ("tower&nbsp;22", True),
        ("tower <b>22", True),
        ("tower 2", False),
        ("in jordan", True),
        ("michael jordan", False),
        ("berlin jordan", False),
    ],
)
def test_names_count_where_words_begin(text: str, found: bool) -> None:
    """Whole terms begin a word, also behind quotation marks and escapes; terms of several words hold together."""
    assert Terms(["iraq", "assad", "tower 22", "in jordan"], whole=True).in_text(text) is found


def test_a_page_in_a_language_not_read_is_stopped() -> None:
    """As the reader would refuse its article."""
    told = general_news.page("Raketen", "Iraq rocket attack on U.S. troops. " * 10, language="de")
    assert not page_may_tell(told.encode(), "text/html")
