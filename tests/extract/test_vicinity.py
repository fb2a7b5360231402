"""How two places that reports name stand to each other."""

from __future__ import annotations

from typing import Any

import pytest

from extract.knowledge import load_knowledge
from extract.vicinity import Vicinity
from tests.builders import report, shorthand

CASES = [
    ("a base and itself", "ain_al_asad", "ain_al_asad", "same"),
    ("the embassy in the Green Zone", "us_embassy_baghdad", "green_zone", "inside"),
    ("Kharab al-Jir beside Rumalyn", "kharab_al_jir", "rumalyn", "inside"),
    ("a base in its province", "ain_al_asad", "anbar", "inside"),
    ("a base in the region", "harir", "kurdistan_region", "inside"),
    ("the embassy and Union III", "us_embassy_baghdad", "union_iii", "near"),
    ("a base in the city", "erbil_air_base", "erbil", "inside"),
    ("a base in the province that has the city's name", "harir", "erbil", "in_province"),
    ("a town and a road of one province", "samarra", "samarra_convoy_route", "in_area"),
    ("a road and a base of one province", "camp_speicher", "samarra_convoy_route", "apart"),
    ("a road and its province", "samarra_convoy_route", "salah_al_din", "inside"),
    ("a base and its country", "al_tanf", "Syria", "in_area"),
    ("a base and no place", "al_tanf", "nowhere", "in_area"),
    ("Conoco and Green Village", "mss_euphrates", "green_village", "apart"),
    ("two provinces", "anbar", "salah_al_din", "apart"),
    ("two countries", "al_tanf", "tower_22", "apart"),
    ("a base and another country", "al_tanf", "Iraq", "apart"),
    ("a base and another province", "al_tanf", "hasakah_province", "apart"),
]


@pytest.mark.parametrize(
    ("one", "other", "relation"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_relation(one: str, other: str, relation: str) -> None:
    """The same, whichever is named first."""
    vicinity = Vicinity(load_knowledge())
    a, b = (vicinity.spot(shorthand(f"a-0 {place}").report) for place in (one, other))
    assert vicinity.relation(a, b) == vicinity.relation(b, a) == relation


def unlisted(site: str, **changed: Any) -> Any:
    return Vicinity(load_knowledge()).spot(report(site_id=None, site=site, lat=None, lon=None, **changed))


def test_a_place_that_the_gazetteer_has_not_is_known_by_its_name() -> None:
    """Case and punctuation do not count; another name is another place."""
    vicinity = Vicinity(load_knowledge())
    assert vicinity.relation(unlisted("Camp Nowhere"), unlisted("camp-nowhere")) == "same"
    assert vicinity.relation(unlisted("Camp Nowhere"), unlisted("Camp Elsewhere")) == "apart"


def test_the_countrys_row_is_the_country() -> None:
    """Some readers give the id, some only the country."""
    vicinity = Vicinity(load_knowledge())
    a, b = (vicinity.spot(shorthand(f"a-0 {place}").report) for place in ("iraq", "Iraq"))
    assert vicinity.relation(a, b) == "same"
