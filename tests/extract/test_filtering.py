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


def test_other_languages_are_not_refused_by_english_words() -> None:
    assert filter_entry(entry("مجلس البلدية يقر الموازنة"), language="ar") is None
