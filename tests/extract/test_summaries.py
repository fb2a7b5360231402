"""One line that says what happened and leaves out what is not known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from extract.summaries import summarise
from tests.builders import incident

NAMES = {"islamic_resistance_in_iraq": "Islamic Resistance in Iraq", "kataib_hezbollah": "Kata'ib Hezbollah"}
HEAD = "Drone attack on Ain al-Asad Air Base, Iraq, 2023-10-18"

CASES: list[tuple[str, dict[str, Any], str]] = [
    ("the least", {}, f"{HEAD}; confirmed"),
    ("one drone", {"munitions_min": 1, "munitions_max": 1},
     "Drone attack (1 drone) on Ain al-Asad Air Base, Iraq, 2023-10-18; confirmed"),
    ("counts that differ", {"weapon": "rocket", "munitions_min": 3, "munitions_max": 14},
     "Rocket attack (3 to 14 rockets) on Ain al-Asad Air Base, Iraq, 2023-10-18; confirmed"),
    ("at least", {"weapon": "rocket", "munitions_min": 5},
     "Rocket attack (at least 5 rockets) on Ain al-Asad Air Base, Iraq, 2023-10-18; confirmed"),
    ("with the hour", {"clock": "04:15", "day_part": "dawn"}, f"{HEAD} at 04:15; confirmed"),
    ("with a part of the day", {"day_part": "dawn"}, f"{HEAD} at dawn; confirmed"),
    ("nobody hurt", {"killed": 0, "wounded": 0}, f"{HEAD}; no casualties; confirmed"),
    ("wounded none, dead not stated", {"wounded": 0}, f"{HEAD}; none wounded; confirmed"),
    ("dead and wounded", {"killed": 3, "us_killed": 3, "wounded": 47},
     f"{HEAD}; 3 killed (3 US); 47 wounded; confirmed"),
    ("Americans only", {"us_wounded": 2}, f"{HEAD}; 2 US wounded; confirmed"),
    ("shot down, with damage", {"intercepted": "some", "damage": "minor"},
     f"{HEAD}; partly intercepted, minor damage; confirmed"),
    ("claimed and blamed", {"claimed_by": "islamic_resistance_in_iraq", "attributed_to": "kataib_hezbollah"},
     f"{HEAD}; claimed by Islamic Resistance in Iraq, blamed on Kata'ib Hezbollah; confirmed"),
    ("denied", {"status": "disputed"}, f"{HEAD}; denied by officials"),
    ("a province", {"site": "Anbar", "place_precision": "province"},
     "Drone attack in Anbar, Iraq, 2023-10-18; confirmed"),
    ("a country", {"site": None, "place_precision": "country"},
     "Drone attack in Iraq, 2023-10-18; confirmed"),
    ("nowhere", {"site": None, "country": None, "place_precision": None},
     "Drone attack at an unnamed place, 2023-10-18; confirmed"),
    ("a range", {"date": None, "date_latest": dt.date(2023, 10, 20)},
     "Drone attack on Ain al-Asad Air Base, Iraq, between 2023-10-18 and 2023-10-20; confirmed"),
    ("no date", {"date": None, "date_earliest": None, "date_latest": None},
     "Drone attack on Ain al-Asad Air Base, Iraq, date not stated; confirmed"),
    ("an actor without a name here", {"claimed_by": "somebody"}, f"{HEAD}; claimed by somebody; confirmed"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "line"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_summary(changed: dict[str, Any], line: str) -> None:
    """Word for word."""
    assert summarise(incident(**changed), NAMES) == line
