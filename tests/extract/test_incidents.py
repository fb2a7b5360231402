"""Sentences put together: one attack or several, where and when, news or background."""

from __future__ import annotations

import datetime as dt

from tests.extract.reading_builders import only, read

FRIDAY = dt.date(2023, 12, 8)


def test_a_headline_and_its_body_tell_one_attack() -> None:
    report = only("US base in Iraq hit by drone", "A drone hit Harir air base on Friday, a US official said.")
    assert (report.site_id, report.date) == ("harir", FRIDAY)


def test_a_roundup_gives_one_report_per_attack() -> None:
    reading = read(
        "US bases attacked",
        "Rockets hit al-Tanf on Thursday. On Friday a drone targeted Harir air base. "
        "Another drone was shot down over Ain al-Asad air base on Friday.",
    )
    assert [(report.site_id, report.date) for report in reading.reports] == [
        ("al_tanf", dt.date(2023, 12, 7)), ("harir", FRIDAY), ("ain_al_asad", FRIDAY),
    ]  # fmt: skip


def test_later_sentences_join_the_attack_they_speak_of() -> None:
    report = only(
        "Attack on Harir",
        "A drone targeted Harir air base on Friday. The drone was shot down. There were no casualties and the "
        "damage was minor, a US official said.",
    )
    assert (report.intercepted, report.wounded, report.damage) == ("all", 0, "minor")


def test_a_specific_older_attack_is_background() -> None:
    reading = read(
        "Drone hits Harir",
        "A drone hit Harir air base on Friday. In January 2020 Iran fired ballistic missiles at Ain al-Asad.",
    )
    assert [(report.site_id, report.current) for report in reading.reports] == [
        ("harir", True), ("ain_al_asad", False),
    ]  # fmt: skip


def test_an_attack_told_only_as_the_cause_of_strikes_is_background() -> None:
    reading = read(
        "US strikes militia in Iraq",
        "US aircraft bombed three militia sites in Iraq on Friday in response to a drone attack on Harir air base.",
    )
    assert [(report.site_id, report.current) for report in reading.reports] == [("harir", False)]
    assert reading.reason == "attack_background"


def test_a_victim_counted_after_the_word_after_is_the_same_attack() -> None:
    report = only("Deadly drone", "Two Americans were wounded after a drone struck Harir air base on Friday.")
    assert report.current


def test_the_embassy_with_the_base_beside_it_is_one_attack() -> None:
    report = only(
        "Rockets at embassy",
        "Rockets were fired at US and coalition forces near Union III and the US embassy in Baghdad on Friday.",
    )
    assert report.date == FRIDAY


def test_two_bases_in_one_sentence_are_two_attacks_with_their_own_weapons() -> None:
    reading = read(
        "Bases hit",
        "Militants struck Ain al-Asad air base with drones and the Conoco base with rockets on Friday.",
    )
    assert [(report.site_id, report.weapon) for report in reading.reports] == [
        ("ain_al_asad", "drone"), ("mss_euphrates", "rocket"),
    ]  # fmt: skip


def test_a_convoy_is_placed_on_its_route() -> None:
    report = only(
        "Convoy hit",
        "A roadside bomb targeted a supply convoy of the international coalition in Diwaniyah on Friday.",
    )
    assert (report.site_id, report.target_kind, report.place_precision, report.weapon) == (
        "diwaniyah_convoy_route", "convoy", "province", "ied",
    )  # fmt: skip


def test_without_any_time_words_the_day_is_a_range() -> None:
    report = only("Drone hits Harir air base")
    assert (report.date, report.date_earliest, report.date_latest) == (None, dt.date(2023, 12, 7), FRIDAY)


def test_an_attack_that_is_only_denied_is_none() -> None:
    assert (
        read("Army denies attack", "The Iraqi army denied that rockets fell on Camp Victory.").reports == ()
    )


def test_a_blast_that_was_a_drill_is_no_attack() -> None:
    text = "Explosions were heard at the US embassy in Baghdad on Friday. It was a drill, a security source said."
    assert read("Blasts at embassy", text).reports == ()
