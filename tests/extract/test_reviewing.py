"""An analyst's decisions win, last, survive whatever is resolved again, and can be taken back."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dedup import resolve
from extract.knowledge import load_knowledge
from extract.records import Incident, Review
from tests.builders import reported, review

D18, D25 = dt.date(2023, 10, 18), dt.date(2023, 10, 25)
REPORTS = [
    reported(report_id="a-0"),
    reported(report_id="b-0"),
    reported(report_id="c-0", date=D25),
    reported(report_id="d-0", date=D25, wounded=2),
]


def on(day: int) -> dt.datetime:
    return dt.datetime(2024, 1, day, tzinfo=dt.UTC)


def resolved(*reviews: Review) -> tuple[Incident, ...]:
    return resolve(REPORTS, load_knowledge(), reviews)


def clusters(*reviews: Review) -> set[tuple[str, ...]]:
    return {incident.report_ids for incident in resolved(*reviews)}


def statuses(*reviews: Review) -> list[str]:
    return [incident.status for incident in resolved(*reviews)]


DISMISS = review(review_id="r1", report_ids=("a-0", "b-0"), made_at=on(1))
MERGE = review(
    review_id="r2", action="merge", report_ids=("a-0", "b-0"), other_report_ids=("c-0", "d-0"), made_at=on(2)
)
SPLIT = review(review_id="r3", action="split", report_ids=("d-0",), made_at=on(3))


def test_without_reviews() -> None:
    """What there is to decide on."""
    assert clusters() == {("a-0", "b-0"), ("c-0", "d-0")}
    assert statuses() == ["corroborated", "corroborated"]


def test_dismissed() -> None:
    """Kept, with a status that no tally counts."""
    assert statuses(DISMISS) == ["dismissed", "corroborated"]


def test_confirmed_by_an_analyst() -> None:
    """The last word on one incident is the newest."""
    confirm = review(review_id="r9", action="confirm", report_ids=("a-0",), made_at=on(9))
    assert statuses(DISMISS, confirm) == ["confirmed", "corroborated"]
    assert statuses(confirm, DISMISS) == ["confirmed", "corroborated"]


def test_merged() -> None:
    """Two incidents become one."""
    assert clusters(MERGE) == {("a-0", "b-0", "c-0", "d-0")}


def test_a_merge_takes_the_named_reports_wherever_they_are() -> None:
    """Later reports have moved one of them elsewhere: it is brought back, its new company stays."""
    merge = review(action="merge", report_ids=("a-0", "b-0"), other_report_ids=("c-0",))
    moved = [
        *REPORTS,
        reported(report_id="e-0", date=D25),
        reported(report_id="f-0", date=dt.date(2023, 12, 1)),
    ]
    apart = {incident.report_ids for incident in resolve(moved, load_knowledge(), [merge])}
    assert apart == {("a-0", "b-0", "c-0", "d-0", "e-0"), ("f-0",)}


def test_split() -> None:
    """The named report stands alone; the rest keeps its own."""
    assert clusters(SPLIT) == {("a-0", "b-0"), ("c-0",), ("d-0",)}


def test_corrected() -> None:
    """The value is the analyst's, the rule says so, and what it was is kept."""
    correct = review(action="correct", report_ids=("c-0", "d-0"), field="wounded", value="3")
    incident = resolved(correct)[1]
    note = next(value for value in incident.merged if value.field == "wounded")
    assert (incident.wounded, note.rule, note.others) == (3, "analyst", (("2", ()),))


def test_a_corrected_site_brings_its_country_and_coordinates() -> None:
    """What follows from the site follows."""
    correct = review(action="correct", report_ids=("a-0",), field="site_id", value='"al_tanf"')
    incident = resolved(correct)[0]
    assert (incident.country, incident.site, incident.lat) == ("Syria", "Al-Tanf Garrison", 33.4983)


def test_a_corrected_date_moves_the_range() -> None:
    """The tally counts by day."""
    correct = review(action="correct", report_ids=("a-0",), field="date", value='"2023-10-17"')
    incident = resolved(correct)[0]
    assert incident.date == incident.date_earliest == incident.date_latest == dt.date(2023, 10, 17)


def test_undone() -> None:
    """As if never made."""
    undo = review(review_id="u1", action="undo", undoes="r1", report_ids=(), made_at=on(5))
    assert resolved(DISMISS, undo) == resolved()


def test_an_undo_undone() -> None:
    """The first decision stands again."""
    undo = review(review_id="u1", action="undo", undoes="r1", report_ids=(), made_at=on(5))
    again = review(review_id="u2", action="undo", undoes="u1", report_ids=(), made_at=on(6))
    assert resolved(DISMISS, undo, again) == resolved(DISMISS)


def test_an_undo_takes_back_only_what_was_there() -> None:
    """Made before the decision it names, it does nothing."""
    early = review(
        review_id="u1",
        action="undo",
        undoes="r1",
        report_ids=(),
        made_at=dt.datetime.min.replace(tzinfo=dt.UTC),
    )
    assert statuses(early, DISMISS) == ["dismissed", "corroborated"]


def test_reports_that_are_gone_are_no_error() -> None:
    """A rebuild may read an article as irrelevant: its reviews wait."""
    gone = [review(review_id=f"g{at}", action=action, report_ids=("zz-0",), other_report_ids=("zz-1",),
                   field="wounded", value="1")
            for at, action in enumerate(("confirm", "dismiss", "merge", "split", "correct"))]  # fmt: skip
    assert resolved(*gone) == resolved()


def test_a_dismissal_survives_another_report() -> None:
    """Keyed by reports, not by the id that the incident had."""
    more = [*REPORTS, reported(report_id="e-0", seen_at=on(1).replace(year=2020))]
    (incident, _) = resolve(more, load_knowledge(), [DISMISS])
    assert (incident.report_ids, incident.status) == (("a-0", "b-0", "e-0"), "dismissed")


@given(st.permutations([DISMISS, MERGE, SPLIT]), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_arrival_does_not_matter(reviews: list[Review], shuffled: random.Random) -> None:
    """Only when they were made does."""
    reports = list(REPORTS)
    shuffled.shuffle(reports)
    assert resolve(reports, load_knowledge(), reviews) == resolved(DISMISS, MERGE, SPLIT)
