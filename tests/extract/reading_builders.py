"""Articles as short as a test needs them, read."""

from __future__ import annotations

import datetime as dt

from extract.knowledge import load_knowledge
from extract.reading import read_article
from extract.records import Article, Reading, Report
from extract.rules import REASONS

PUBLISHED = dt.datetime(2023, 12, 8, 12, 0, tzinfo=dt.UTC)  # a Friday


def article(
    title: str, text: str = "", published: dt.datetime | None = PUBLISHED, language: str | None = "en"
) -> Article:
    return Article(
        article_id="a", url="https://news.example/a", title=title, text=text, language=language,
        outlet="News", family="News", kind=None, published_at=published,
        published_status="found" if published else "not_stated", modified_at=None, seen_at=None,
        text_hash="", fingerprint="", extractor="test",
    )  # fmt: skip


def read(title: str, text: str = "", published: dt.datetime | None = PUBLISHED) -> Reading:
    """The reading, after checking what holds for every reading."""
    reading = read_article(article(title, text, published), load_knowledge())
    document = f"{title}\n\n{text}"
    for report in reading.reports:
        assert report.evidence
        assert 0 <= report.confidence <= 1
        for evidence in report.evidence:
            assert document[evidence.start : evidence.end] == evidence.quote
    assert reading.reason in REASONS
    return reading


def only(title: str, text: str = "", published: dt.datetime | None = PUBLISHED) -> Report:
    """The one report that the article gives."""
    (report,) = read(title, text, published).reports
    return report
