"""Reading whole articles: relevance with its reason, the attacks told, and the words they stand on."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.knowledge import load_knowledge
from extract.reading import REASONS, read_article
from extract.records import Article, Reading

PUBLISHED = dt.datetime(2023, 12, 8, 12, 0, tzinfo=dt.UTC)  # a Friday


def article(title: str, text: str = "", published: dt.datetime | None = PUBLISHED) -> Article:
    return Article(
        article_id="a", url="https://news.example/a", title=title, text=text, language="en",
        outlet="News", family="News", kind=None, published_at=published,
        published_status="found" if published else "not_stated", modified_at=None, seen_at=None,
        text_hash="", fingerprint="", extractor="test",
    )  # fmt: skip


def read(title: str, text: str = "", published: dt.datetime | None = PUBLISHED) -> Reading:
    reading = read_article(article(title, text, published), load_knowledge())
    document = f"{title}\n\n{text}"
    for report in reading.reports:
        assert report.evidence
        for evidence in report.evidence:
            assert document[evidence.start : evidence.end] == evidence.quote
    assert reading.reason in REASONS
    return reading


@pytest.mark.parametrize(
    ("sentence", "site"),
    [
        ("Two drones targeted Ain al-Asad air base on Friday.", "ain_al_asad"),
        ("Ain al-Asad air base was targeted by two drones on Friday.", "ain_al_asad"),
        ("Rockets were fired at the US embassy in Baghdad on Friday.", "us_embassy_baghdad"),
        ("A rocket attack on al-Tanf on Friday caused no casualties.", "al_tanf"),
        ("The Green Village base came under rocket fire on Friday.", "green_village"),
        ("Three armed drones were shot down on Friday over Harir air base.", "harir"),
        ("Several rockets landed near the Conoco base on Friday.", "mss_euphrates"),
    ],
)
def test_an_attack_is_found_however_its_direction_is_told(sentence: str, site: str) -> None:
    reading = read("Attack", sentence)
    assert [report.site_id for report in reading.reports] == [site]
    assert reading.reports[0].date == dt.date(2023, 12, 8)
    assert reading.reason == "attack_current"


@pytest.mark.parametrize(
    "sentence",
    [
        "US forces struck three militia sites in Iraq on Friday after weeks of attacks on American troops.",
        "Israeli warplanes struck targets near Damascus, Syria, on Friday.",
        "The Houthis fired missiles at a US destroyer in the Red Sea on Friday, as talks went on in Iraq.",
        "Militias threatened to attack US bases in Iraq if the war goes on.",
        "US bases in Iraq and Syria have been attacked repeatedly since October.",
        "Islamic State gunmen attacked an Iraqi army checkpoint near Kirkuk on Friday.",
    ],
)
def test_what_is_no_attack_on_us_is_not_relevant(sentence: str) -> None:
    assert not read("News", sentence).relevant


@pytest.mark.parametrize("text", ["", "x" * 100_000, "\u202e\x00\ufeff" * 50, "Iraq attack U.S. " * 2000])
def test_no_text_breaks_the_reader(text: str) -> None:
    read("", text)
