"""When something was, against the moment of publication."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import DateMention, find_dates
from extract.text import Document

FRIDAY = dt.datetime(2023, 12, 8, 15, 30, tzinfo=dt.UTC)  # half past six in the evening in Baghdad


def only(text: str, published_at: dt.datetime | None = FRIDAY) -> DateMention:
    """The one mention in a text."""
    (mention,) = find_dates(Document("", text), published_at)
    return mention


def days(mention: DateMention) -> tuple[str, str]:
    """First and last day as text."""
    return str(mention.earliest), str(mention.latest)


SINGLE = {
    "weekday of publication": ("on Friday", "2023-12-08"),
    "a week before": ("last Friday", "2023-12-01"),
    "early": ("early Friday", "2023-12-08"),
    "weekday before": ("late Thursday", "2023-12-07"),
    "two days ago": ("two days ago", "2023-12-06"),
    "yesterday": ("yesterday", "2023-12-07"),
    "month and day": ("Oct. 7 was quiet", "2023-10-07"),
    "day and month": ("on the 17th of October", "2023-10-17"),
    "a month ahead was last year": ("on Dec. 20", "2022-12-20"),
    "with a year": ("20 January 2023", "2023-01-20"),
    "a holiday": ("on Christmas Day", "2022-12-25"),
    "ISO": ("2023-11-21", "2023-11-21"),
    "weekday and date": ("Friday, Dec. 8, 2023, at 4 a.m.", "2023-12-08"),
    "a day in words": ("On the eighth of November two drones came", "2023-11-08"),
    "a day in two words": ("It fell on the twenty-first of October", "2023-10-21"),
    "part of day and date": ("On the morning of Nov. 13", "2023-11-13"),
    "Eastern evening is the next day in Baghdad": ("at 8:30 p.m. Eastern time on Monday", "2023-12-05"),
}


@pytest.mark.parametrize(("text", "day"), SINGLE.values(), ids=SINGLE.keys())
def test_single_days(text: str, day: str) -> None:
    """One day, known to the day."""
    mention = only(text)
    assert (*days(mention), mention.precision) == (day, day, "day")


RANGES = {
    "month": ("in January 2020", "2020-01-01", "2020-01-31", "month", "absolute"),
    "last month": ("last month", "2023-11-01", "2023-11-30", "month", "relative"),
    "overnight": ("overnight", "2023-12-07", "2023-12-08", "range", "relative"),
    "two days": ("on the night of Nov. 12-13", "2023-11-12", "2023-11-13", "range", "absolute"),
    "into": ("late Thursday into early Friday", "2023-12-07", "2023-12-08", "range", "relative"),
    "since": ("since Oct. 17", "2023-10-17", "2023-12-08", "day", "window"),
    "since an event": ("since the war began on Oct. 7", "2023-10-07", "2023-12-08", "day", "window"),
    "between": ("between 17 October and 26 November", "2023-10-17", "2023-11-26", "day", "window"),
    "from, to": ("from October 17 to October 30", "2023-10-17", "2023-10-30", "day", "window"),
    "hours": ("in the past 24 hours", "2023-12-07", "2023-12-08", "range", "window"),
    "weeks": ("over three weeks", "2023-11-17", "2023-12-08", "range", "window"),
}


@pytest.mark.parametrize(("text", "first", "last", "precision", "kind"), RANGES.values(), ids=RANGES.keys())
def test_ranges(text: str, first: str, last: str, precision: str, kind: str) -> None:
    """Months, nights over midnight, and windows."""
    mention = only(text)
    assert (*days(mention), mention.precision, mention.kind) == (first, last, precision, kind)


def test_the_clock_is_local() -> None:
    """Eastern time becomes Baghdad time; a bare or local time stays."""
    assert only("at 8:30 p.m. Eastern time on Monday").clock == "04:30"
    assert only("at about 4:15 a.m. local time on Friday").clock == "04:15"
    assert only("at 0130 GMT on Friday").clock == "04:30"


@pytest.mark.parametrize(
    "text",
    [
        "next week",
        "they will meet on Monday",
        "on Jan. 20, 2024",
        "tomorrow",
        "in the coming weeks",
        "they may march",
    ],
)
def test_what_is_ahead_or_no_date_is_not_found(text: str) -> None:
    """Nothing after publication becomes an event's date."""
    assert find_dates(Document("", text), FRIDAY) == ()


def test_today_is_two_days_while_the_day_differs_between_baghdad_and_washington() -> None:
    """An American night is the next morning in Baghdad."""
    night = dt.datetime(2023, 12, 9, 3, 0, tzinfo=dt.UTC)
    assert days(only("today", night)) == ("2023-12-08", "2023-12-09")
    assert only("today", night).precision == "range"
    assert days(only("this evening", night)) == ("2023-12-08", "2023-12-08")


def test_today_is_the_day_that_was_in_the_small_hours() -> None:
    """Soon after midnight in Baghdad both mean the day before."""
    evening = dt.datetime(2023, 12, 8, 23, 0, tzinfo=dt.UTC)
    assert days(only("today", evening)) == ("2023-12-08", "2023-12-08")
    assert days(only("yesterday", evening)) == ("2023-12-07", "2023-12-07")


@pytest.mark.parametrize(
    ("text", "day"),
    [("at 11:30 PM last night", "2023-12-07"), ("at 1:15 am overnight", "2023-12-08")],
)
def test_a_clock_tells_on_which_side_of_midnight_last_night_was(text: str, day: str) -> None:
    """The night before has two days, and the clock says which."""
    assert days(only(text)) == (day, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Rockets fell on Oct. 18. The following Tuesday ...", "2023-10-24"),
        ("Rockets fell on Oct. 18. The previous Friday ...", "2023-10-13"),
        ("Rockets fell on the 3rd of this month", "2023-12-03"),
        ("Rockets fell on the 20th of last month", "2023-11-20"),
        ("The visit on Thursday came two days after rockets fell", "2023-12-05"),
    ],
)
def test_a_day_is_counted_from_another(text: str, day: str) -> None:
    """The last mention, from the day named before it or from the month of publication."""
    assert days(find_dates(Document("", text), FRIDAY)[-1])[0] == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on January 8 last year", "2022-01-08", "2022-01-08"),
        ("on 8 January last year", "2022-01-08", "2022-01-08"),
        ("in December last year", "2022-12-01", "2022-12-31"),
        ("in August this year", "2023-08-01", "2023-08-31"),
    ],
)
def test_a_day_or_month_of_last_year(text: str, first: str, last: str) -> None:
    """The year told in words."""
    assert days(only(text)) == (first, last)


def test_thanksgiving_is_the_fourth_thursday_of_november() -> None:
    """A holiday without a fixed date."""
    assert days(only("on Thanksgiving Day")) == ("2023-11-23", "2023-11-23")


def test_two_days_are_no_stretch() -> None:
    """ "Dec. 5 and 7" are two days; between them there is a stretch."""
    assert find_dates(Document("", "on Dec. 5 and 7"), FRIDAY)[0].two
    assert not find_dates(Document("", "between Dec. 5 and 7"), FRIDAY)[0].two


def test_without_a_publication_moment_only_absolute_dates_are_known() -> None:
    """A weekday says nothing then."""
    assert days(only("on Nov. 23, 2023", None)) == ("2023-11-23", "2023-11-23")
    assert only("on Friday", None).precision == "unknown"


def test_a_day_may_refer_to_the_one_before() -> None:
    """ "A day later" counts from the day last named."""
    _, later = find_dates(Document("", "Drones hit on Tuesday. A day later, rockets hit."), FRIDAY)
    assert days(later) == ("2023-12-06", "2023-12-06")


def test_a_dateline_dates_the_writing() -> None:
    """It is no event's day."""
    filed, event = find_dates(Document("", "BAGHDAD, Dec 8 (Agency) - Rockets fell on Friday"), FRIDAY)
    assert (filed.kind, event.kind) == ("filed", "relative")


@given(st.text(max_size=200), st.none() | st.datetimes(timezones=st.just(dt.UTC)))
def test_any_text(text: str, published_at: dt.datetime | None) -> None:
    """Never raises; spans are in bounds, in order and do not overlap."""
    position = 0
    for mention in find_dates(Document("", text), published_at):
        assert position <= mention.start < mention.end <= len(text) + 2
        position = mention.end


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("NOV. 6 - Two drones are launched at a base.", "absolute"),
        ("Nov. 6, 2023: Two drones are launched at a base.", "absolute"),
        ("Jan. 27 - Two drones were launched at a base.", "filed"),
        ("BAGHDAD, Nov 6 - Two drones were launched at a base.", "filed"),
    ],
)
def test_a_date_long_past_that_opens_a_line_is_an_entry_of_a_timeline(line: str, kind: str) -> None:
    doc = Document("Attacks since the autumn", line)
    (mention,) = find_dates(doc, dt.datetime(2024, 1, 28, 12, tzinfo=dt.UTC))
    assert mention.kind == kind
