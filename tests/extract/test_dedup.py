"""Reports become incidents: what joins, what stays apart, and that neither order nor window matters."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dedup import HALO_DAYS, Window, day_bounds, incident_day, judge_pair, resolve, windows
from extract.knowledge import load_knowledge
from extract.records import Incident, Reported
from tests.builders import reported, shorthand

D18, D19, D20 = (dt.date(2023, 10, day) for day in (18, 19, 20))
COUNTRY_ONLY: dict[str, Any] = {"site_id": None, "site": None, "place_precision": "country"}
SYRIA: dict[str, Any] = {"country": "Syria", "site_id": "al_tanf", "site": "Al-Tanf Garrison"}


def at(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)


def clusters(reports: Sequence[Reported]) -> set[tuple[str, ...]]:
    return {incident.report_ids for incident in resolve(reports, load_knowledge())}


def undated(**changed: Any) -> Reported:
    return reported(date=None, date_earliest=None, date_latest=None, date_precision="unknown", **changed)


# name, the reports, the report ids of each incident
CASES: list[tuple[str, list[Reported], set[tuple[str, ...]]]] = [
    (
        "two outlets on one attack",
        [reported(report_id="a-0"), reported(report_id="b-0")],
        {("a-0", "b-0")},
    ),
    (
        "one article tells of two attacks at one site",
        [reported(report_id="a-0"), reported(report_id="a-1")],
        {("a-0",), ("a-1",)},
    ),
    (
        "what one article tells apart a third report does not bring together",
        [reported(report_id="a-0"), reported(report_id="a-1"), reported(report_id="b-0")],
        {("a-0", "b-0"), ("a-1",)},
    ),
    (
        "two articles tell of the same two attacks",
        [reported(report_id=f"{article}-{n}") for article in "ab" for n in (0, 1)],
        {("a-0", "b-0"), ("a-1", "b-1")},
    ),
    (
        "background in an article does not keep its news apart",
        [reported(report_id="a-0"), reported(report_id="a-1", current=False)],
        {("a-0", "a-1")},
    ),
    (
        "fourteen rockets and seven mortars are one attack",
        [
            reported(report_id="a-0", weapon="rocket", munitions_min=14, munitions_max=14),
            reported(report_id="b-0", weapon="mortar", munitions_min=7, munitions_max=7),
        ],
        {("a-0", "b-0")},
    ),
    (
        "rockets or drones is no reason by itself",
        [reported(report_id="a-0", weapon="rocket"), reported(report_id="b-0", weapon="drone")],
        {("a-0", "b-0")},
    ),
    (
        "five rockets and two drones are two attacks",
        [
            reported(report_id="a-0", weapon="rocket", munitions_min=5, munitions_max=5),
            reported(report_id="b-0", weapon="drone", munitions_min=2, munitions_max=2),
        ],
        {("a-0",), ("b-0",)},
    ),
    (
        "at dawn and in the evening",
        [reported(report_id="a-0", day_part="dawn"), reported(report_id="b-0", day_part="evening")],
        {("a-0",), ("b-0",)},
    ),
    (
        "at dawn and in the morning",
        [reported(report_id="a-0", day_part="dawn"), reported(report_id="b-0", day_part="morning")],
        {("a-0", "b-0")},
    ),
    (
        "at 04:15 and at 13:40",
        [reported(report_id="a-0", clock="04:15"), reported(report_id="b-0", clock="13:40")],
        {("a-0",), ("b-0",)},
    ),
    (
        "one clock in local time, one in UTC",
        [reported(report_id="a-0", clock="04:15"), reported(report_id="b-0", clock="01:15")],
        {("a-0", "b-0")},
    ),
    (
        "consecutive days are two attacks",
        [reported(report_id="a-0"), reported(report_id="b-0", date=D19)],
        {("a-0",), ("b-0",)},
    ),
    (
        "late on one day and before dawn of the next are one attack",
        [
            reported(report_id="a-0", day_part="evening", published_at=at("2023-10-18T21:00")),
            reported(report_id="b-0", date=D19, day_part="dawn", published_at=at("2023-10-19T03:00")),
        ],
        {("a-0", "b-0")},
    ),
    (
        "daily attacks do not chain",
        [
            reported(report_id=f"{letter}-0", date=D18 + dt.timedelta(days=n), day_part="night")
            for n, letter in enumerate("abcdef")
        ],
        {(f"{letter}-0",) for letter in "abcdef"},
    ),
    (
        "one outlet has the day wrong at once with the others' news",
        [
            *(reported(report_id=f"{letter}-0", published_at=at("2023-10-18T20:00")) for letter in "abc"),
            reported(report_id="d-0", date=D19, published_at=at("2023-10-18T23:00")),
        ],
        {("a-0", "b-0", "c-0", "d-0")},
    ),
    (
        "a report that names only the country joins the one attack there",
        [reported(report_id="a-0"), reported(report_id="b-0", **COUNTRY_ONLY)],
        {("a-0", "b-0")},
    ),
    (
        "a vague report does not chain two precise ones",
        [
            reported(report_id="a-0"),
            reported(report_id="b-0", site_id="erbil_air_base", site="Erbil Air Base"),
            reported(report_id="c-0", **COUNTRY_ONLY),
        ],
        {("a-0",), ("b-0",), ("c-0",)},
    ),
    (
        "a vague report joins the attack whose details it tells",
        [
            reported(report_id="a-0", wounded=3),
            reported(report_id="b-0", site_id="erbil_air_base", site="Erbil Air Base"),
            reported(report_id="c-0", wounded=3, **COUNTRY_ONLY),
        ],
        {("a-0", "c-0"), ("b-0",)},
    ),
    (
        "the Green Zone is where the embassy is",
        [
            reported(report_id="a-0", site_id="us_embassy_baghdad", weapon="rocket"),
            reported(report_id="b-0", site_id="green_zone", weapon="mortar"),
        ],
        {("a-0", "b-0")},
    ),
    (
        "Union III and the embassy next to it, one salvo",
        [
            reported(report_id="a-0", site_id="us_embassy_baghdad", weapon="rocket"),
            reported(report_id="b-0", site_id="union_iii", weapon="rocket"),
        ],
        {("a-0", "b-0")},
    ),
    (
        "Erbil is rather the base in the city than the one 50 km off",
        [
            reported(report_id="a-0", site_id="harir"),
            reported(report_id="b-0", site_id="erbil_air_base"),
            reported(report_id="c-0", site_id="erbil", place_precision="city"),
        ],
        {("a-0",), ("b-0", "c-0")},
    ),
    (
        "Iraq and Syria are apart",
        [reported(report_id="a-0", **COUNTRY_ONLY), reported(report_id="b-0", **SYRIA)],
        {("a-0",), ("b-0",)},
    ),
    (
        "undated news joins the attack of the day before",
        [reported(report_id="a-0"), undated(report_id="b-0", published_at=at("2023-10-19T08:00"))],
        {("a-0", "b-0")},
    ),
    (
        "background weeks later joins the attack it recalls",
        [
            reported(report_id="a-0"),
            undated(report_id="b-0", current=False, published_at=at("2023-11-10T08:00")),
        ],
        {("a-0", "b-0")},
    ),
    (
        "a claim joins the attack that officials confirm",
        [
            reported(report_id="a-0", confirmed_by="us"),
            reported(report_id="b-0", claimed_by="islamic_resistance_in_iraq"),
        ],
        {("a-0", "b-0")},
    ),
    (
        "a newer version of an article replaces the older",
        [
            reported(report_id="a-0", published_at=at("2023-10-18T08:00")),
            reported(report_id="a-1", published_at=at("2023-10-18T08:00")),
            reported(report_id="a-0", published_at=at("2023-10-18T10:00")),
        ],
        {("a-0",)},
    ),
]


@pytest.mark.parametrize(
    ("reports", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_reports_become_incidents(reports: list[Reported], expected: set[tuple[str, ...]]) -> None:
    """Each case by its sentence."""
    assert clusters(reports) == expected


def test_no_reports_make_no_incidents() -> None:
    """Nothing in, nothing out."""
    assert resolve([], load_knowledge()) == ()


def test_background_alone_is_not_current() -> None:
    """Only background tells of it: kept, never news."""
    assert [incident.current for incident in resolve([reported(current=False)], load_knowledge())] == [False]


def test_an_ambiguous_report_adds_no_attack_to_the_count() -> None:
    """'US forces in Iraq were attacked', when two attacks in Iraq are known: flagged, and not counted."""
    reports = [
        reported(report_id="a-0"),
        reported(report_id="b-0", site_id="erbil_air_base"),
        reported(report_id="c-0", **COUNTRY_ONLY),
    ]
    vague = next(
        incident for incident in resolve(reports, load_knowledge()) if incident.report_ids == ("c-0",)
    )
    assert not vague.current
    assert set(vague.flags) >= {"ambiguous_report", "possible_duplicate"}


def test_the_id_is_that_of_the_report_seen_first() -> None:
    """Later reports do not change an incident's id."""
    first = reported(report_id="z-0", seen_at=at("2023-10-18T05:00"))
    later = [reported(report_id=f"{letter}-0", seen_at=at("2023-10-18T09:00")) for letter in "abc"]
    assert (
        resolve([first], load_knowledge())[0].incident_id
        == resolve([first, *later], load_knowledge())[0].incident_id
    )


def test_a_verdict_names_its_reasons() -> None:
    """A person can read why two reports are one attack."""
    verdict = judge_pair(
        reported(report_id="a-0"), reported(report_id="b-0", weapon="rocket"), load_knowledge()
    )
    assert str(verdict) == "same (+1: same_site +2, weapon_apart -1)"


# --- properties

_SITES = ["ain_al_asad", "erbil_air_base", "harir", "us_embassy_baghdad", "union_iii", "green_zone",
          "erbil", "baghdad", "anbar", None]  # fmt: skip


@st.composite
def noisy_reports(draw: st.DrawFn, days: int = 8, most: int = 14) -> list[Reported]:
    """Reports as an imperfect reader gives them: vague, misdated, several to an article."""
    reports = []
    for article in range(draw(st.integers(1, most))):
        published = at("2023-10-18T00:00") + dt.timedelta(hours=draw(st.integers(0, 24 * days)))
        for number in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
            reports.append(draw(_noisy_report(f"a{article}-{number}", published)))
    return reports


@st.composite
def _noisy_report(draw: st.DrawFn, report_id: str, published: dt.datetime) -> Reported:
    site = draw(st.sampled_from(_SITES))
    day = published.date() - dt.timedelta(days=draw(st.integers(0, 3)))
    width = draw(st.sampled_from([0, 0, 0, 0, 1, 2, 5, 30, None]))
    dates: dict[str, Any] = {"date": day}
    if width is None:
        dates = {"date": None, "date_precision": "unknown"}
    elif width:
        dates = {"date": None, "date_precision": "range", "date_latest": day,
                 "date_earliest": day - dt.timedelta(days=width)}  # fmt: skip
    return reported(
        report_id=report_id,
        published_at=published,
        site_id=site,
        site=site,
        place_precision="site" if site else "country",
        day_part=draw(st.sampled_from([None, None, "night", "dawn", "evening"])),
        weapon=draw(st.sampled_from(["drone", "rocket", "unknown"])),
        munitions_min=(count := draw(st.sampled_from([None, None, 2, 5]))),
        munitions_max=count,
        wounded=draw(st.sampled_from([None, None, 0, 3])),
        current=draw(st.sampled_from([True, True, True, False])),
        claimed_by=draw(st.sampled_from([None, None, "islamic_resistance_in_iraq"])),
        confirmed_by=draw(st.sampled_from(["none", "none", "us"])),
        **dates,
    )


@given(noisy_reports(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_does_not_matter(reports: list[Reported], shuffled: random.Random) -> None:
    """The same incidents, byte for byte, for any order; and a report given twice counts once."""
    expected = repr(resolve(reports, load_knowledge()))
    again = [*reports, *reports[::2]]
    shuffled.shuffle(again)
    assert repr(resolve(again, load_knowledge())) == expected


@given(noisy_reports())
@settings(max_examples=60, deadline=None)
def test_every_report_is_in_one_incident(reports: list[Reported]) -> None:
    """None lost, none twice; and two current reports of one article are never one incident."""
    incidents = resolve(reports, load_knowledge())
    assert sorted(report_id for incident in incidents for report_id in incident.report_ids) == sorted(
        item.report.report_id for item in reports
    )
    current = {item.report.report_id: item.report.article_id for item in reports if item.report.current}
    for incident in incidents:
        articles = [current[report_id] for report_id in incident.report_ids if report_id in current]
        assert len(articles) == len(set(articles))


def by_id(incidents: Sequence[Incident]) -> dict[str, Incident]:
    return {incident.incident_id: incident for incident in incidents}


@given(noisy_reports(days=400, most=40), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_a_window_gives_what_the_whole_gives(reports: list[Reported], start: int) -> None:
    """Resolving a window with its halo gives the same incidents inside it as resolving everything."""
    day = D18 + dt.timedelta(days=start)
    (window,) = windows([(day, day)])
    whole = [incident for incident in resolve(reports, load_knowledge()) if window.writes(incident)]
    part = resolve([item for item in reports if window.reads(item)], load_knowledge())
    assert [incident for incident in part if window.writes(incident)] == whole


def dense_reports(seed: int) -> list[Reported]:
    """Hundreds of vague, wide and undated reports on a few places, so that everything has neighbours."""
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    reports = []
    for article in range(350):
        day = D18 + dt.timedelta(days=chance.randrange(260))
        published = f"{day + dt.timedelta(days=1)}T{chance.randrange(24):02d}:00"
        for number in range(chance.choice((1, 1, 2))):
            wide = chance.choice((0, 0, 0, 1, 2, 3, 10, 31))
            date = f"{day - dt.timedelta(days=wide)}..{day}" if wide else str(day)
            words = (
                chance.choice(_SITES) or "Iraq",
                chance.choice((date, date, date, "undated")),
                chance.choice(("drone", "rocket", "unknown")),
                chance.choice(("night", "dawn", "evening", "n=2", "n=5", "bg")),
            )
            line = f"a{article}-{number} {' '.join(words)} fam=F{chance.randrange(30)} pub={published}"
            reports.append(shorthand(line))
    return reports


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_few_days_among_dense_neighbours_need_no_more_than_the_halo(seed: int) -> None:
    """The widest reports on every day: the halo alone makes the days inside right."""
    reports, halo = dense_reports(seed), dt.timedelta(days=HALO_DAYS)
    whole = resolve(reports, load_knowledge())
    for start in range(70, 190, 30):
        first, last = D18 + dt.timedelta(days=start), D18 + dt.timedelta(days=start + 3)
        window = Window(first, last, first - halo, last + halo)
        part = resolve([item for item in reports if window.reads(item)], load_knowledge())
        expected = [incident for incident in whole if window.writes(incident)]
        assert expected
        assert [incident for incident in part if window.writes(incident)] == expected


@given(noisy_reports(days=300, most=30), st.data())
@settings(max_examples=40, deadline=None)
def test_a_late_report_changes_its_own_window_only(reports: list[Reported], data: st.DataObject) -> None:
    """Replacing the windows of a late article's reports in what was known gives what a fresh start gives."""
    late = data.draw(st.sampled_from(sorted({item.report.article_id for item in reports})))
    before = resolve([item for item in reports if item.report.article_id != late], load_knowledge())
    dirty = [bounds for item in reports if item.report.article_id == late and (bounds := day_bounds(item))]
    kept = list(before)
    for window in windows(dirty):
        fresh = resolve([item for item in reports if window.reads(item)], load_knowledge())
        kept = [incident for incident in kept if not window.writes(incident)]
        kept += [incident for incident in fresh if window.writes(incident)]
    assert by_id(kept) == by_id(resolve(reports, load_knowledge()))


def test_windows_that_meet_are_one() -> None:
    """So that no incident is written twice."""
    far = D18 + dt.timedelta(days=10 * HALO_DAYS)
    halo = dt.timedelta(days=HALO_DAYS)
    near, other = windows([(far, far), (D19, D20), (D18, D18)])
    assert (near.write_from, near.write_until) == (D18 - halo, D20 + halo)
    assert (near.read_from, other.write_from) == (D18 - 2 * halo, far - halo)


def test_an_incident_without_any_bound_has_no_day() -> None:
    """No date, not published, not seen: nothing says when."""
    (incident,) = resolve([undated(published_at=None, seen_at=None)], load_knowledge())
    assert incident_day(incident) is None
