"""Counts and days in Arabic. Published on Friday, 8 December 2023, at noon UTC."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.languages.ar import find_dates, find_numbers
from extract.languages.arabic import plain

PUBLISHED = dt.datetime(2023, 12, 8, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("أربعة عشر صاروخاً", [(14, 14)]),
        ("باثني عشر صاروخاً", [(12, 12)]),
        ("ثلاث طائرات مسيّرة", [(3, 3)]),
        ("سبعة وثلاثين هجوماً", [(37, 37)]),
        ("مئة وخمسة وأربعون هجوما", [(145, 145)]),
        ("ما لا يقل عن ٧٨ هجوماً", [(78, None)]),
        ("نحو عشرين صاروخاً", [(20, 20)]),
        ("خمسة جرحى على الأقل", [(5, None)]),
        ("صاروخان أو ثلاثة أو أربعة", [(3, 4)]),
        ("37 في العراق و41 في سوريا", [(37, 37), (41, 41)]),
        ("عدة صواريخ", [(None, None)]),
        ("من عيار 107 ملم", []),
        ("في عام 2020", []),
        ("الساعة 4:15", []),
    ],
)
def test_counts(text: str, counts: list[tuple[int | None, int | None]]) -> None:
    assert [(number.low, number.high) for number in find_numbers(plain(text).text)] == counts


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("فجر اليوم الجمعة", "2023-12-08", "2023-12-08", id="dawn today"),
        pytest.param("مساء أمس", "2023-12-07", "2023-12-07", id="yesterday evening"),
        pytest.param("أول أمس", "2023-12-06", "2023-12-06", id="the day before yesterday"),
        pytest.param("الليلة الماضية", "2023-12-07", "2023-12-08", id="last night is a range"),
        pytest.param("ليل الأربعاء - الخميس", "2023-12-06", "2023-12-07", id="a night between two days"),
        pytest.param("قبل يومين", "2023-12-06", "2023-12-06", id="a dual of days"),
        pytest.param("الأسبوع الماضي", "2023-11-27", "2023-12-03", id="last week, Monday to Sunday"),
        pytest.param("يوم الخميس الماضي", "2023-12-07", "2023-12-07", id="last Thursday"),
        pytest.param("8 كانون الأول 2023", "2023-12-08", "2023-12-08", id="months of Iraq and the Levant"),
        pytest.param("17 أكتوبر", "2023-10-17", "2023-10-17", id="months of Egypt and the Gulf"),
        pytest.param(
            "السابع عشر من تشرين الأول/أكتوبر", "2023-10-17", "2023-10-17", id="both, and the day in words"
        ),
        pytest.param("الثالث من الشهر الجاري", "2023-12-03", "2023-12-03", id="of this month"),
        pytest.param("20 كانون الثاني", "2023-01-20", "2023-01-20", id="the last such day"),
        pytest.param("في تشرين الثاني الماضي", "2023-11-01", "2023-11-30", id="a month"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    (mention,) = find_dates(plain(text).text, PUBLISHED)
    assert (str(mention.earliest), str(mention.latest)) == (first, last)


@pytest.mark.parametrize(
    ("text", "clock", "part"),
    [
        ("عند الساعة الرابعة والربع فجراً", "04:15", "dawn"),
        ("الساعة 7:35 مساء", "19:35", "evening"),
        ("الساعة الثانية عشرة والنصف ظهراً", "12:30", "noon"),
    ],
)
def test_clocks(text: str, clock: str, part: str) -> None:
    (mention,) = find_dates(plain(text).text, PUBLISHED)
    assert (mention.clock, mention.day_part) == (clock, part)


@pytest.mark.parametrize("text", ["12 ربيع الأول 1445 هـ", "يوم الاثنين المقبل", "15 رمضان 1444 هـ"])
def test_hijri_and_coming_days_are_no_dates(text: str) -> None:
    assert find_dates(plain(text).text, PUBLISHED) == ()


def test_since_is_a_window() -> None:
    (mention,) = find_dates(plain("منذ 17 تشرين الأول الماضي").text, PUBLISHED)
    assert (mention.kind, str(mention.earliest)) == ("window", "2023-10-17")


def test_without_a_publication_time_only_calendar_dates_are_known() -> None:
    found = find_dates(plain("أمس، وفي 3 آذار 2021").text, None)
    assert [str(mention.earliest) for mention in found if mention.earliest] == ["2021-03-03"]
