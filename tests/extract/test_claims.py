"""Claim, blame, confirmation and denial are different things."""

from __future__ import annotations

import pytest

from tests.extract.reading_builders import only, read


@pytest.mark.parametrize(
    ("text", "claimed", "blamed", "confirmed"),
    [
        ("A drone hit Harir air base on Friday. The Islamic Resistance in Iraq claimed responsibility for the attack.",
         "islamic_resistance_in_iraq", None, "none"),
        ("A drone hit Harir air base on Friday, a US defense official said. No group has claimed responsibility.",
         None, None, "us"),
        ("Rockets hit al-Tanf on Friday, a security source said.", None, None, "security_source"),
        ("Rockets hit al-Tanf on Friday, according to U.S. and Iraqi officials.", None, None, "us"),
        ("Rockets hit al-Tanf on Friday. The US embassy has not yet commented on the attack.", None, None, "none"),
        ("Rockets hit Ain al-Asad on Friday. The Pentagon said that Kataib Hezbollah was behind the attack.",
         None, "kataib_hezbollah", "us"),
    ],
)  # fmt: skip
def test_who_says_what(text: str, claimed: str | None, blamed: str | None, confirmed: str) -> None:
    report = only("Attack", text)
    assert (report.claimed_by, report.attributed_to, report.confirmed_by) == (claimed, blamed, confirmed)


def test_a_claim_alone_is_confirmed_by_nobody() -> None:
    report = only(
        "Claim",
        "The Islamic Resistance in Iraq said on Friday that it had attacked the US base at the Conoco field "
        "in Syria with rockets.",
    )
    assert (report.site_id, report.claimed_by, report.confirmed_by) == (
        "mss_euphrates", "islamic_resistance_in_iraq", "none",
    )  # fmt: skip


@pytest.mark.parametrize("denied", ["did not take place", "never happened", "had not in fact occurred"])
def test_an_attack_that_never_was_is_none(denied: str) -> None:
    assert (
        read(
            "Base", f"The reported attack on Ain al-Asad on Friday {denied}, a US defense official said."
        ).reports
        == ()
    )
