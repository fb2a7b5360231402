"""What an incident says, by which rule, and what is kept of those who say otherwise."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

import pytest

from extract.dedup import resolve
from extract.errors import InputError
from extract.knowledge import load_knowledge
from extract.merging import read_correction
from extract.records import Incident, MergedValue, Reported
from tests.builders import reported, shorthand


def merged(*lines: str) -> Incident:
    """The one incident that reports on the embassy on 8 December 2023 make."""
    reports = [shorthand(f"a{at}-0 us_embassy_baghdad 2023-12-08 {line}") for at, line in enumerate(lines)]
    (incident,) = resolve(reports, load_knowledge())
    return incident


def note(incident: Incident, field: str) -> MergedValue:
    return next(value for value in incident.merged if value.field == field)


DAY1, DAY2, DAY3 = ("pub=2023-12-08T08:00", "pub=2023-12-09T08:00", "pub=2023-12-10T08:00")

# name, the reports, the field, its value, the rule
VALUES: list[tuple[str, Sequence[str], str, Any, str]] = [
    ("nobody says", ["rocket"], "wounded", None, "not_stated"),
    ("one says", ["rocket w=2", "rocket"], "wounded", 2, "single_report"),
    ("stated as none is not unstated", ["rocket w=0", "rocket"], "wounded", 0, "single_report"),
    (
        "a toll that rises over days",
        [f"w=25 us {DAY1}", f"w=34 us {DAY2}", f"w=47 us {DAY3}"],
        "wounded", 47, "highest_supported",
    ),
    (
        "officials over local papers",
        [f"w=3 us {DAY1}", f"w=9 local {DAY2}", f"w=9 local {DAY2}"],
        "wounded", 3, "highest_supported",
    ),
    (
        "newsrooms over aggregators and the attackers",
        [f"w=1 local {DAY1}", f"w=9 aggregator {DAY2}", f"w=20 claimed=kataib_hezbollah {DAY2}"],
        "wounded", 1, "highest_supported",
    ),
    (
        "a high figure that only one early report has does not stand",
        [f"w=250 local {DAY1}", f"w=25 local {DAY1}", f"w=25 local {DAY2}"],
        "wounded", 25, "highest_supported",
    ),
    (
        "a correction overrides what came before",
        [f"w=8 us {DAY1}", f"w=8 us {DAY1}", f"w=5 correction {DAY2}"],
        "wounded", 5, "newest_correction",
    ),
    (
        "a toll may rise again after a correction",
        [f"w=8 us {DAY1}", f"w=5 correction {DAY2}", f"w=6 us {DAY3}"],
        "wounded", 6, "newest_correction",
    ),
    ("a weapon over none", ["unknown", "unknown", "drone"], "weapon", "drone", "majority_of_voices"),
    ("most voices on the weapon", ["rocket", "rocket", "mortar"], "weapon", "rocket", "majority_of_voices"),
    ("of equals the official one", ["rocket", "mortar us"], "weapon", "mortar", "majority_of_voices"),
    ("mixed only where it is said", ["rocket", "drone", "rocket"], "weapon", "rocket", "majority_of_voices"),
    ("counts widen", ["rocket n=3", "rocket n=14"], "munitions_min", 3, "widened"),
    ("counts widen upwards", ["rocket n=3", "rocket n=14"], "munitions_max", 14, "widened"),
    (
        "another weapon's count does not widen",
        ["rocket n=14", "rocket n=14", "mortar n=7"],
        "munitions_min", 14, "widened",
    ),
    (
        "a corrected count overrides",
        [f"rocket n=30 {DAY1}", f"rocket n=14 correction {DAY2}"],
        "munitions_max", 14, "newest_correction",
    ),
    (
        "the strongest body confirms",
        ["security_source", "us", "host_government"],
        "confirmed_by", "us", "strongest",
    ),
    (
        "who claims most",
        ["claimed=kataib_hezbollah", *["claimed=islamic_resistance_in_iraq"] * 2],
        "claimed_by", "islamic_resistance_in_iraq", "majority_of_voices",
    ),
    ("the hour most say", ["04:15", "04:15", "04:30"], "clock", "04:15", "majority_of_voices"),
    ("the day most say", ["rocket", "rocket"], "date", dt.date(2023, 12, 8), "majority_of_voices"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "field", "value", "rule"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES]
)
def test_a_field_is_merged_by_its_rule(lines: list[str], field: str, value: Any, rule: str) -> None:
    """Value and rule stand side by side; so does the value as JSON."""
    incident = merged(*lines)
    written = note(incident, field)
    assert (getattr(incident, field), written.rule) == (value, rule)
    assert written.value == (None if value is None else json.dumps(str(value) if field == "date" else value))


def test_disagreement_is_kept() -> None:
    """Fourteen rockets for some, seven mortars for another: both can be read, with who says so."""
    incident = merged("rocket n=14", "rocket n=14", "mortar n=7")
    assert note(incident, "weapon").report_ids == ("a0-0", "a1-0")
    assert note(incident, "weapon").others == (('"mortar"', ("a2-0",)),)


def test_the_finest_place_wins_however_many_say_less() -> None:
    """One names the embassy, three the Green Zone."""
    reports = [shorthand(f"g{n}-0 green_zone 2023-12-08 rocket") for n in range(3)]
    (incident,) = resolve([*reports, shorthand("e-0 us_embassy_baghdad 2023-12-08 rocket")], load_knowledge())
    assert (incident.site, incident.country, incident.place_precision) == (
        "US Embassy Baghdad",
        "Iraq",
        "site",
    )
    assert (incident.target_kind, note(incident, "site_id").rule) == ("embassy", "most_precise")


def test_without_a_day_the_ranges_meet() -> None:
    """Two ranges: what both allow."""
    lines = ("a-0 al_tanf 2023-11-08..2023-11-10 drone", "b-0 al_tanf 2023-11-09..2023-11-10 drone")
    (incident,) = resolve([shorthand(line) for line in lines], load_knowledge())
    assert incident.date is None
    assert (incident.date_earliest, incident.date_latest) == (dt.date(2023, 11, 9), dt.date(2023, 11, 10))
    assert incident.date_precision == "range"


# --- status

STATUS: list[tuple[str, Sequence[str], str]] = [
    ("the Americans say so", ["us"], "confirmed"),
    ("the Iraqi government says so", ["host_government", "rocket"], "confirmed"),
    ("a nameless source is no official body", ["security_source"], "single_source"),
    ("two independent publishers", ["rocket", "rocket"], "corroborated"),
    ("one family twice", ["rocket fam=One", "rocket fam=One"], "single_source"),
    ("one text twice", ["rocket text=t", "rocket text=t"], "single_source"),
    (
        "only the attackers, however many print it",
        ["claimed=kataib_hezbollah", "claimed=kataib_hezbollah"],
        "claimed",
    ),
    ("claimed, and somebody saw it", ["claimed=kataib_hezbollah", "security_source"], "corroborated"),
    ("denied", ["rocket", "rocket", "denied=host_government"], "disputed"),
    ("denied by a nameless source", ["rocket", "rocket", "denied=security_source"], "corroborated"),
    ("denied, then confirmed by the same body", [f"denied=us {DAY1}", f"us {DAY2}"], "confirmed"),
    ("confirmed, then denied by the same body", [f"us {DAY1}", f"denied=us {DAY2}"], "disputed"),
    ("the host denies what the Americans confirm", ["us", "denied=host_government"], "confirmed"),
    ("the Americans deny what the host confirms", ["denied=us", "host_government"], "disputed"),
]


@pytest.mark.parametrize(("lines", "status"), [case[1:] for case in STATUS], ids=[case[0] for case in STATUS])
def test_status(lines: list[str], status: str) -> None:
    """Who says so."""
    assert merged(*lines).status == status


# --- flags

FLAGS: list[tuple[str, Sequence[str], str, bool]] = [
    ("tolls that only rise agree", [f"w=2 {DAY1}", f"w=3 {DAY2}"], "casualties_disagree", False),
    ("a lower toll later", [f"w=3 us {DAY1}", f"w=2 local {DAY2}"], "casualties_disagree", True),
    ("a higher toll elsewhere", [f"w=3 us {DAY1}", f"w=9 local {DAY1}"], "casualties_disagree", True),
    ("rockets or mortars", ["rocket", "mortar"], "weapon_disagree", True),
    ("rockets or unknown", ["rocket", "unknown"], "weapon_disagree", False),
    ("in use", ["rocket"], "site_not_in_use", False),
]


@pytest.mark.parametrize(
    ("lines", "flag", "raised"), [case[1:] for case in FLAGS], ids=[case[0] for case in FLAGS]
)
def test_flags(lines: list[str], flag: str, raised: bool) -> None:
    """What a person should look at."""
    assert (flag in merged(*lines).flags) == raised


def test_an_attack_on_a_base_given_up_is_flagged() -> None:
    """The coalition left K-1 in March 2020."""
    (incident,) = resolve([shorthand("a-0 k1 2023-11-01 rocket")], load_knowledge())
    assert "site_not_in_use" in incident.flags


def test_two_dates_of_one_attack_are_flagged() -> None:
    """Late on the 20th, early on the 21st."""
    lines = (
        "a-0 ain_al_asad 2023-11-20 night ballistic_missile w=8 pub=2023-11-21T15:00",
        "b-0 ain_al_asad 2023-11-21 03:30 ballistic_missile w=8 pub=2023-11-21T20:00",
    )
    (incident,) = resolve([shorthand(line) for line in lines], load_knowledge())
    assert "date_disagree" in incident.flags


def low(**changed: Any) -> Reported:
    return reported(confidence=0.4, **changed)


def test_confidence_grows_with_independent_voices_only() -> None:
    """One voice is as sure as its surest report; another takes away less than all the doubt it could."""
    one = resolve([low(report_id="a-0")], load_knowledge())[0]
    same = resolve([low(report_id="a-0", family="F"), low(report_id="b-0", family="F")], load_knowledge())[0]
    two = resolve([low(report_id="a-0"), low(report_id="b-0")], load_knowledge())[0]
    assert (one.confidence, same.confidence) == (0.4, 0.4)
    assert two.confidence == pytest.approx(1 - 0.6 * (1 - 0.5 * 0.4))
    assert ("low_confidence" in one.flags, "low_confidence" in two.flags) == (True, False)


# --- corrections by analysts


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("wounded", "7", 7),
        ("wounded", "null", None),
        ("date", '"2023-12-08"', dt.date(2023, 12, 8)),
        ("weapon", '"mortar"', "mortar"),
        ("site_id", '"union_iii"', "union_iii"),
    ],
)
def test_a_correction_is_read_as_the_fields_type(field: str, value: str, read: Any) -> None:
    """JSON in, the field's own type out."""
    assert read_correction(field, value) == read


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("incident_id", '"x"', "cannot be corrected"),
        ("wounded", "-1", "whole number"),
        ("wounded", "true", "whole number"),
        ("wounded", "seven", "JSON"),
        ("weapon", '"sling"', "none of rocket, drone"),
        ("weapon", "null", "none of rocket, drone"),
        ("date", '"8 December"', "2023-12-08"),
        ("site", "3", "text"),
    ],
)
def test_a_correction_that_cannot_be_says_what_could(field: str, value: str, says: str) -> None:
    """The message names the field and what would do."""
    with pytest.raises(InputError, match=says):
        read_correction(field, value)
