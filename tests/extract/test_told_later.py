"""What later words say of an attack told before: its day, its place, its weapon, and who only spoke of it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.reading_builders import read

FRIDAY, THURSDAY, WEDNESDAY = dt.date(2023, 12, 8), dt.date(2023, 12, 7), dt.date(2023, 12, 6)


def test_a_later_sentence_dates_an_attack_told_without_a_day() -> None:
    text = "Drones attacked the al-Tanf garrison in Syria. The attack was reported early on Friday."
    (report,) = read("Attack in Syria", text).reports
    assert (report.site_id, report.date) == ("al_tanf", FRIDAY)


def test_the_day_of_a_statement_does_not_reach_into_the_next_sentence() -> None:
    text = (
        "Iraqi forces arrested suspects in the attack on the US embassy in Baghdad, a spokesman said on Friday. "
        "On Thursday, the Green Zone came under a missile attack targeting the US embassy."
    )
    (report,) = read("Suspects arrested in attack on US embassy in Baghdad", text).reports
    assert report.date == THURSDAY


@pytest.mark.parametrize(
    "text",
    [
        "The base at Ain al-Asad, which hosts US troops, was hit by rockets on Friday. It was also attacked on Wednesday.",
        "Rockets hit Ain al-Asad air base on Friday. On Wednesday, two drones crashed there.",
        "Rockets hit Ain al-Asad air base on Friday. On Wednesday, militants fired two drones at it.",
    ],
)
def test_a_pronoun_stands_for_the_place_told_before(text: str) -> None:
    reports = read("Rockets hit Ain al-Asad", text).reports
    assert [(report.site_id, report.date) for report in reports] == [
        ("ain_al_asad", FRIDAY),
        ("ain_al_asad", WEDNESDAY),
    ]


def test_a_pronoun_stands_for_the_weapon_told_before() -> None:
    text = (
        "On Wednesday a drone damaged a hangar at Ain al-Asad air base. "
        "On Friday another was aimed at Harir air base."
    )
    reports = read("Drones over Iraq", text).reports
    assert [(report.site_id, report.date, report.weapon) for report in reports] == [
        ("ain_al_asad", WEDNESDAY, "drone"),
        ("harir", FRIDAY, "drone"),
    ]


def test_a_day_after_an_attack_dates_that_attack_the_day_before() -> None:
    text = "This picture of Ain al-Asad air base in Iraq was taken on Friday, a day after rockets were fired at the base."
    (report,) = read("US base in Iraq", text).reports
    assert report.date == THURSDAY


def test_a_day_after_something_else_dates_the_attack_that_followed() -> None:
    text = "US jets bombed a militia on Wednesday. A day after the raids rockets were fired at Ain al-Asad air base in Iraq."
    (report,) = read("Exchange of fire", text).reports
    assert report.date == THURSDAY


def test_menus_and_a_repeated_headline_are_not_the_lede() -> None:
    text = (
        "en ru ua\n\nDrone attack on US base in Syria\n\nPhoto: agency\n\n"
        "In the wake of a drone attack on a US base in Syria on Wednesday, eight soldiers are being treated. "
        "The attack took place at the Rumalyn Landing Zone."
    )
    (report,) = read("Drone attack on US base in Syria", text).reports
    assert (report.site_id, report.date) == ("rumalyn", WEDNESDAY)


@pytest.mark.parametrize(
    ("sentence", "site"),
    [
        ("Five soldiers were wounded by rockets at Ain al-Asad air base on Friday.", "ain_al_asad"),
        ("At Ain al-Asad air base, two rockets came in on Friday.", "ain_al_asad"),
        ("Attackers fired on Ain al-Asad air base on Friday.", "ain_al_asad"),
        ("The US embassy in Baghdad was fired on with mortars on Friday.", "us_embassy_baghdad"),
        ("Air defences at the base of the US troops at Harir shot down a drone on Friday.", "harir"),
        ("The Green Village in Syria received two rounds of indirect fire on Friday.", "green_village"),
        ("A drone meant for the US consulate in Erbil was seen on Friday.", "us_consulate_erbil"),
        ("Rockets struck the air base at Balad on Friday, wounding American contractors.", "balad_air_base"),
        ("The US-led coalition was targeted on Friday by a roadside bomb in Dhi Qar, Iraq.", "dhi_qar"),
    ],
)
def test_an_attack_is_found_in_rarer_words(sentence: str, site: str) -> None:
    reports = read("News from Iraq and Syria", sentence).reports
    assert [report.site_id or "dhi_qar" for report in reports] == [site]
    assert reports[0].date == FRIDAY


@pytest.mark.parametrize(
    "sentence",
    [
        "Iraqis still speak of the US assassination of a general in a drone strike at Baghdad airport in January.",
        "Shelling near the US embassy in Baghdad is not uncommon.",
        "US soldiers were sent to a base in Syria on Friday after a drone fell in Turkey.",
    ],
)
def test_rarer_words_make_no_attack_of_what_is_none(sentence: str) -> None:
    assert not read("News from Iraq", sentence).relevant


def test_forces_that_stop_drones_in_the_theatre_were_attacked() -> None:
    (report,) = read("US forces in Iraq", "US forces shot down two drones in Iraq on Friday.").reports
    assert (report.country, report.date, report.munitions_min) == ("Iraq", FRIDAY, 2)


def test_a_list_of_attacks_without_verbs_is_read_item_by_item() -> None:
    text = (
        "Attacks on US positions went on, the command said.\n\nThursday 7 Dec.\n\n"
        "Rumalyn Landing Zone, Hasakah: two drones, one of which was lost.\n\n"
        "A drone at Green Village.\n\nFriday 8 Dec.\n\nConoco / MSS Euphrates: ten rockets, all of which missed."
    )
    reports = read("Attacks on US troops in Syria", text).reports
    assert [(report.site_id, report.date, report.weapon) for report in reports] == [
        ("rumalyn", THURSDAY, "drone"),
        ("green_village", THURSDAY, "drone"),
        ("mss_euphrates", FRIDAY, "rocket"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Seven attacks on al-Omar oil field base have been documented in Syria.",
        "A rumour that the US base at Ain al-Asad in Iraq had been fired on with rockets proved false.",
    ],
)
def test_counts_and_false_rumours_are_no_attack(sentence: str) -> None:
    assert not read("News from Iraq and Syria", sentence).reports


def test_a_place_named_to_say_where_another_lies_was_not_attacked() -> None:
    text = "Drones struck the US base at al-Tanf, near the Rukban camp, in Syria on Friday."
    assert [report.site_id for report in read("Drones in Syria", text).reports] == ["al_tanf"]


def test_a_drone_brought_down_on_the_way_is_an_attack() -> None:
    (report,) = read("US downs drone a few km from Ain al-Asad base in Iraq").reports
    assert (report.site_id, report.intercepted) == ("ain_al_asad", "all")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Two drones were launched at Harir; one was shot down and the other hit a tent.", "some"),
        ("Four rockets were fired at Harir. Three were shot down; the fourth hit a house.", "some"),
        ("Rockets were fired at Harir. Air defences brought down most of them.", "some"),
        ("A drone was sent against Harir. It was shot down and fell in a field.", "all"),
    ],
)
def test_what_got_through_is_told_beside_what_was_shot_down(text: str, answer: str) -> None:
    (report,) = read("Attack on US base in Iraq", text).reports
    assert report.intercepted == answer


def test_who_is_spoken_of_is_not_who_speaks() -> None:
    text = "Rockets landed in Baghdad's Green Zone on Friday. Security officials said the US embassy was the target."
    (report,) = read("Rockets target US embassy in Baghdad", text).reports
    assert report.confirmed_by == "security_source"


def test_a_reason_given_for_a_strike_confirms_no_attack() -> None:
    text = (
        "US jets struck militias in Syria. The Pentagon said the strikes were retaliation for a rocket attack on "
        "Ain al-Asad air base in Iraq last week that wounded a soldier."
    )
    (report,) = read("US strikes militias in Syria", text).reports
    assert (report.current, report.confirmed_by) == (False, "none")


@pytest.mark.parametrize("year", [1, 9999])
def test_an_impossible_time_of_publication_is_none(year: int) -> None:
    published = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    (report,) = read("Rockets hit Ain al-Asad air base", "Rockets hit the base.", published).reports
    assert report.date_precision == "unknown"


def test_a_place_that_only_says_where_others_were_hit_was_not_attacked() -> None:
    text = "Three members of the Internal Security Forces were killed when gunmen shot at their car south of al-Shaddadi."
    assert not read("Attack in Syria", text).reports


def test_there_is_the_place_told_before_whatever_comes_after() -> None:
    text = (
        "The army took over Ain al-Asad air base in Iraq on Friday. On Jan. 8, 2020, Iran fired eleven ballistic "
        "missiles into it, five days after a US drone had killed a general in Baghdad."
    )
    (report,) = read("Handover of a base", text).reports
    assert (report.site_id, report.date, report.current) == ("ain_al_asad", dt.date(2020, 1, 8), False)
