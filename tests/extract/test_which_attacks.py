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


@pytest.mark.parametrize(
    ("sentence", "sites"),
    [
        ("A drone was downed over Erbil airport on Friday, and a second one later at Harir.",
         ["erbil_air_base", "harir"]),
        ("US troops were targeted on Friday, once at Ain al-Asad with a drone and once near Harir with rockets.",
         ["ain_al_asad", "harir"]),
        ("Drones were launched on Friday at four US bases: Ain al-Asad, Harir, al-Tanf and Rumalyn Landing Zone.",
         ["ain_al_asad", "harir", "al_tanf", "rumalyn"]),
        ("Convoys of the coalition were hit by bombs in Diwaniyah, Babylon and Dhi Qar on Friday.",
         ["diwaniyah_convoy_route", "babylon_convoy_route", "dhi_qar_convoy_route"]),
        ("Rockets hit al-Tanf on Friday. So were two drones seen over Harir.", ["al_tanf"]),
        ("Rockets hit al-Tanf on Friday. So was the US base at Shaddadi, according to residents.",
         ["al_tanf", "shaddadi"]),
    ],
)  # fmt: skip
def test_a_sentence_may_tell_of_more_places_than_it_has_verbs(sentence: str, sites: list[str]) -> None:
    reports = read("News from Iraq and Syria", sentence).reports
    assert [(report.site_id, report.date) for report in reports] == [(site, FRIDAY) for site in sites]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bombs hit a convoy between Diwaniyah and Babylon on Friday, the coalition said.",
        "A bomb hit a convoy of the coalition in Diwaniyah, south of Baghdad, on Friday.",
    ],
)
def test_places_that_say_where_a_road_runs_are_no_attacks_of_their_own(sentence: str) -> None:
    assert [report.site_id for report in read("News from Iraq", sentence).reports] == [
        "diwaniyah_convoy_route"
    ]


def test_a_bomb_in_a_province_of_many_roads_is_on_none_of_them() -> None:
    report = only("News from Iraq", "A bomb hit a convoy of the coalition near Basra, Iraq, on Friday.")
    assert (report.place_precision, report.country, report.target_kind) == ("city", "Iraq", "convoy")


def test_an_embassy_that_speaks_was_not_attacked() -> None:
    text = "The US embassy in Baghdad said on Friday that rockets had hit Ain al-Asad air base, Iraq."
    assert [report.site_id for report in read("Rockets in Iraq", text).reports] == ["ain_al_asad"]


def test_the_second_attack_of_a_week_is_the_one_just_told() -> None:
    text = (
        "Drones struck Harir air base in Iraq on Friday. It was the second attack on US forces in Iraq this week. "
        "Nobody was hurt."
    )
    assert only("Drones strike base", text).site_id == "harir"


def test_another_attack_on_the_same_base_is_told_apart() -> None:
    text = (
        "A drone hit Ain al-Asad air base in Iraq on Friday morning. Hours later the base was attacked again, "
        "with rockets."
    )
    assert [(r.site_id, r.date) for r in read("Attacks", text).reports] == [("ain_al_asad", FRIDAY)] * 2


def test_what_is_hit_elsewhere_says_nothing_more_of_the_attack_told_before() -> None:
    text = (
        "Explosions were heard near Erbil airport, Iraq, on Friday. A drone struck an office in Sulaymaniyah, "
        "which US officials had visited."
    )
    assert not read("Explosions in Kurdistan", text).reports


@pytest.mark.parametrize(
    ("sentence", "site"),
    [
        ("Three US soldiers at Tower 22 in Jordan were killed on Friday by a drone.", "tower_22"),
        ("US soldiers were hurt in the Iranian missile strike on Ain al-Asad air base in Iraq on Friday.", "ain_al_asad"),
        ("An attempt was made to attack the US base at Harir in Iraq with rockets on Friday.", "harir"),
        ("A drone hit the coalition's headquarters at the airport in Erbil on Friday.", "erbil_air_base"),
        ("Drones attacked a military base at Baghdad airport that houses US troops on Friday.", "baghdad_airport"),
    ],
)  # fmt: skip
def test_the_patient_is_found_in_the_passive_and_after_a_noun(sentence: str, site: str) -> None:
    report = only("News from Iraq and Jordan", sentence)
    assert (report.site_id, report.date) == (site, FRIDAY)


@pytest.mark.parametrize(
    "sentence",
    [
        "Four US soldiers were wounded during a helicopter raid against a militant in Syria on Friday.",
        "The US embassy in Baghdad released an alert on Friday that warned of attacks on US businesses.",
        "The headquarters of one of the militias in Baghdad was hit by a drone on Friday, not far from US troops.",
        "Since October there were 135 attacks, including 36 attacks on al-Tanf and 40 attacks on the Conoco base in Syria.",
    ],
)
def test_raids_of_our_own_alerts_and_tables_are_no_attacks(sentence: str) -> None:
    assert not read("News from Iraq and Syria", sentence).reports


def test_the_first_attack_since_another_names_the_place_of_the_one_just_told() -> None:
    text = (
        "Rockets hit a base in Kirkuk province, Iraq, where US troops are stationed, on Friday. It was the first attack "
        "on the K1 base in months."
    )
    assert only("Rockets hit base", text).site_id == "k1"


def test_convoys_named_one_by_one_are_attacks_one_by_one() -> None:
    text = (
        "An American convoy in Diwaniyah, another convoy in Anbar province and another convoy in Babil province were "
        "targeted by roadside bombs on Friday."
    )
    reports = read("Bombs in Iraq", text).reports
    assert [report.site_id for report in reports] == ["diwaniyah_convoy_route", None, "babylon_convoy_route"]


@pytest.mark.parametrize(
    "sentence",
    [
        "On Thursday a drone loitering near the Green Village in Syria was zapped by gunners there.",
        "Officials also spoke of the launch of two drones towards the Green Village in Syria on Thursday.",
        "Mortar rounds on Thursday whistled over the Green Village in Syria.",
    ],
)
def test_a_weapon_at_a_site_on_a_day_is_an_attack_whatever_the_verb(sentence: str) -> None:
    reports = read("Attacks", f"Rockets hit Harir air base in Iraq on Friday. {sentence}").reports
    assert [(r.site_id, r.date) for r in reports] == [("harir", FRIDAY), ("green_village", THURSDAY)]


@pytest.mark.parametrize(
    "sentence",
    [
        "On Thursday rockets were found near the Green Village in Syria before they could be fired.",
        "American drones took off near the Green Village in Syria on Thursday.",
        "Patriot missile systems arrived at the Green Village in Syria on Thursday.",
        "No rockets came near the Green Village in Syria on Thursday.",
    ],
)
def test_weapons_found_owned_or_denied_are_no_attack(sentence: str) -> None:
    reports = read("Attacks", f"Rockets hit Harir air base in Iraq on Friday. {sentence}").reports
    assert [r.site_id for r in reports] == ["harir"]


@pytest.mark.parametrize(
    "text",
    [
        "The Harir base in Erbil province did not come under attack on Friday, the service said.",
        "A US air strike killed five members of an armed faction at a drone launch site near Kirkuk on Friday.",
    ],
)
def test_what_did_not_happen_and_what_others_did_is_none(text: str) -> None:
    assert read("News from Iraq", text).reports == ()


def test_a_base_named_to_say_what_another_is_for_was_not_hit() -> None:
    (report,) = read(
        "Tower 22",
        "On Friday a drone hit the quarters of Tower 22 in Jordan, which supports the al-Tanf garrison.",
    ).reports
    assert report.site_id == "tower_22"
