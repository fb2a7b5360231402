"""The cheap refusals lose nothing that matters."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.filtering import filter_entry
from extract.records import FeedEntry


def entry(title: str, summary: str = "") -> FeedEntry:
    return FeedEntry(
        entry_id="e", source_id="s", url="https://news.example/e", guid=None, title=title, summary=summary,
        published_at=None, published_status="not_stated", seen_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Rockets fired at base", ""),
        ("Three troops hurt", "The drone struck before dawn."),
        ("What we know about Tower 22", ""),
        ("Explosions heard near embassy", ""),
        ("Iraq: the day in brief", ""),
        ("", ""),
    ],
)
def test_an_entry_that_may_tell_of_an_attack_is_kept(title: str, summary: str) -> None:
    assert filter_entry(entry(title, summary)) is None


def test_an_entry_on_something_else_is_refused_with_its_reason() -> None:
    rejection = filter_entry(entry("Council approves budget for schools", "Parents welcome the plan."))
    assert rejection is not None
    assert (rejection.stage, rejection.reason, rejection.subject) == ("filter", "off_topic", "e")


def test_languages_that_are_not_read_are_not_refused_by_words() -> None:
    assert filter_entry(entry("Belediye bütçeyi onayladı"), language="tr") is None
    assert filter_entry(entry("شورای شهر بودجه را تصویب کرد"), language="ar") is None


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("قصف صاروخي على قاعدة عين الأسد", True),
        ("صاروخ يسقط قرب السفارة", True),
        ("مجلس البلدية يقر الموازنة", False),
    ],
)
def test_arabic_entries_are_refused_by_arabic_words(title: str, kept: bool) -> None:
    assert (filter_entry(entry(title), language="ar") is None) is kept
