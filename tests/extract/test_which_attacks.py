"""What is an attack of its own, what is said in general, and what only tells more of one already told."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.reading_builders import only, read

FRIDAY, THURSDAY = dt.date(2023, 12, 8), dt.date(2023, 12, 7)


@pytest.mark.parametrize(
    "sentence",
    [
        "Militias in Iraq vowed to attack US forces until they leave.",
        "The group is under orders to strike American bases in Iraq and Syria.",
        "Armed factions have often targeted US forces in Iraq and Syria.",
        "The US base at Harir in Iraq has been coming under repeated drone attacks.",
        "The US embassy in Baghdad is under fire from auditors over a contract.",
        "Drones hit the headquarters of a Kurdish armed group in Erbil, northern Iraq, on Friday.",
        "Attacks by base in Syria:\n\n14 attacks on al-Tanf garrison.\n\nTwo attacks on Harir base.\n\nOne attack on Qasrak base.",
        "Protesters tried to set fire to the fence of the US embassy in Baghdad on Friday.",
    ],
)
def test_what_is_meant_counted_or_said_in_general_is_no_attack(sentence: str) -> None:
    assert not read("News from Iraq and Syria", sentence).reports


@pytest.mark.parametrize(
    ("sentence", "site"),
    [
        ("Militants tried to hit the US embassy in Baghdad with rockets on Friday.", "us_embassy_baghdad"),
        ("Among these attacks was a drone strike on Harir air base in Iraq on Friday.", "harir"),
        ("A number of rockets targeted coalition positions at the Taji army base in Iraq on Friday.", "camp_taji"),
        ("A base in Syria where US troops train others in a campaign against militants was attacked on Friday.", None),
        ("A drone launched against coalition forces struck al-Tanf Garrison, Syria, on Friday.", "al_tanf"),
        ("A volley of rockets was fired on Friday at the US embassy in Baghdad.", "us_embassy_baghdad"),
        ("Iraqi police said that the Balad airbase, which hosts Americans, had been struck with rockets on Friday.",
         "balad_air_base"),
        ("Drones hit the small base known as Tower 22 in Jordan on Friday.", "tower_22"),
    ],
)  # fmt: skip
def test_one_attack_is_read_however_it_is_wrapped(sentence: str, site: str | None) -> None:
    report = only("News from Iraq and Syria", sentence)
    assert (report.site_id, report.date) == (site, FRIDAY)


def test_another_rocket_of_one_attack_is_not_another_attack() -> None:
    text = (
        "Rockets were fired at the US base in Shaddadi, Syria, on Thursday. One of the rockets struck a fence. "
        "Another one hit the headquarters of the base."
    )
    assert only("Attack in Syria", text).date == THURSDAY


def test_the_second_attack_of_a_lede_is_that_of_the_site_named_before() -> None:
    text = (
        "Two drone attacks were made on Thursday on Ain al-Asad air base and on Harir air base in Iraq. "
        "The first attack targeted Ain al-Asad. The second drone attack targeted Harir."
    )
    assert [report.site_id for report in read("Drones", text).reports] == ["ain_al_asad", "harir"]


def test_a_town_of_syria_may_stand_for_its_province() -> None:
    text = "Rockets were fired on Thursday at a US base in Hasakah, Syria. The rockets landed beside the base in al-Shaddadi."
    assert only("Rockets in Syria", text).site_id == "shaddadi"
