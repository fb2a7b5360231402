"""Analysts' decisions : real HTTP, a real warehouse, the real reader."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from click.testing import CliRunner

from extract.errors import InputError
from flows.cli import cli
from flows.cycle import Cycle, run_cycle
from flows.keeping import Decision, decide, rebuild
from flows.settings import load_settings
from tests.flows.newsite import ATTACK, NOW, Site
from warehouse import queries
from warehouse.paths import Paths

TANF = (
    "Drone shot down near US base at al-Tanf in Syria",
    "DAMASCUS - A one-way attack drone was launched at US forces at the al-Tanf garrison in Syria on "
    "Thursday and was shot down, a US defense official said. There were no injuries and no damage.",
)
HARIR = (
    "Two drones target US forces at Harir air base in Iraq",
    "ERBIL - Two drones were launched at US forces at the Harir air base in northern Iraq on Wednesday, a US "
    "defense official said. One of them was shot down. There were no injuries.",
)


class Office:
    """A warehouse after one run, and decisions on it."""

    def __init__(self, site: Site) -> None:
        self.now = NOW + dt.timedelta(hours=1)
        settings = load_settings(site.config())
        self.paths = Paths(settings.warehouse.path)
        self.cycle = Cycle(settings=settings, paths=self.paths, clock=self.tick)

    def tick(self) -> dt.datetime:
        """A clock that moves a little with each look at it."""
        self.now += dt.timedelta(milliseconds=1)
        return self.now

    def decide(self, action: str, incident_id: str = "", **more: Any) -> Any:
        """A decision by one analyst."""
        decision = Decision(
            action=action, incident_id=incident_id, author="ana", reason=f"{action}, says ana", **more
        )
        return decide(self.cycle, decision)

    def incidents(self) -> list[dict[str, Any]]:
        """What is published, by day."""
        wanted = queries.IncidentFilter(current=None)
        return sorted(queries.incidents(self.paths.published, wanted).dicts(), key=lambda row: row["day"])

    def attacks(self) -> int:
        """The tally."""
        (row,) = (r for r in queries.tally(self.paths.published).dicts() if r["country"] == "all")
        return int(row["attacks"])

    def alerts(self) -> list[str]:
        """The kinds of alerts in the outbox, oldest first."""
        return [r["kind"] for r in reversed(queries.alerts(self.paths.published).dicts())]


@pytest.fixture
def office(site: Site) -> Office:
    """Three attacks are known."""
    site.publish(ATTACK, TANF, HARIR)
    office = Office(site)
    run_cycle(office.cycle)
    assert office.attacks() == 3
    return office


def test_a_dismissal_leaves_the_tally_and_is_told_and_an_undo_brings_it_back(office: Office) -> None:
    """And an undo can be undone, but nothing twice."""
    told = office.alerts()
    (harir, *_) = office.incidents()
    assert office.decide("dismiss", harir["incident_id"]).alerts == 1
    assert office.attacks() == 2
    assert office.alerts()[len(told) :] == ["dismissed"]
    (row,) = queries.reviews(office.paths.published).dicts()
    assert (row["action"], row["author"], row["undone_by"]) == ("dismiss", "ana", None)
    office.decide("undo", undoes=row["review_id"])
    assert office.attacks() == 3
    undo, first = queries.reviews(office.paths.published, harir["incident_id"]).dicts()
    assert first["undone_by"] == undo["review_id"]
    with pytest.raises(InputError, match=undo["review_id"]):
        office.decide("undo", undoes=row["review_id"])
    office.decide("undo", undoes=undo["review_id"])
    assert office.attacks() == 2


def test_merge_split_and_correct_hold_through_rebuilds(office: Office) -> None:
    """From the text and from the pages; nobody is alerted by a rebuild."""
    harir, tanf, embassy = office.incidents()
    office.decide("merge", harir["incident_id"], other_id=tanf["incident_id"])
    office.decide("correct", embassy["incident_id"], field="wounded", value="2")
    office.decide("correct", embassy["incident_id"], field="site_id", value="union_iii")
    alerts = office.alerts()

    def state() -> list[tuple[Any, ...]]:
        return [(r["incident_id"], r["reports"], r["wounded"], r["site_id"]) for r in office.incidents()]

    decided = state()
    assert [(reports, wounded) for _, reports, wounded, _ in decided] == [(2, 0), (1, 2)]
    assert decided[1][3] == "union_iii"
    for pages in (False, True):
        rebuild(office.cycle, pages=pages)
        assert state() == decided
    parted = queries.incident_card(office.paths.published, tanf["incident_id"])
    assert parted is not None
    named = next(r["report_id"] for r in parted["reports"] if r["site_id"] == "al_tanf")
    office.decide("split", decided[0][0], report_ids=(named,))
    assert len(office.incidents()) == 3
    rebuild(office.cycle, pages=True)
    assert len(office.incidents()) == 3
    assert len(office.alerts()) >= len(alerts)


@pytest.mark.parametrize(
    ("action", "more", "words"),
    [
        ("correct", {"field": "wounded", "value": "two"}, "whole number"),
        ("correct", {"field": "country", "value": "Irak"}, "Iraq"),
        ("correct", {"field": "site_id", "value": "al_tamf"}, "al_tanf"),
        ("correct", {"field": "date", "value": "8 December"}, "2023-12-08"),
        ("correct", {"field": "colour", "value": "red"}, "wounded"),
        ("split", {"report_ids": ("nonsense",)}, "has the reports"),
        ("undo", {"undoes": "nonsense"}, "review list"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_is_refused_before_it_is_kept(
    office: Office, action: str, more: dict[str, Any], words: str
) -> None:
    """A decision that could not be carried out would stop every run after it."""
    (first, *_) = office.incidents()
    with pytest.raises(InputError, match=words):
        office.decide(action, first["incident_id"], **more)
    assert queries.reviews(office.paths.published).rows == ()
    run_cycle(office.cycle)
    assert office.attacks() == 3


def test_merging_an_incident_with_itself_is_refused(office: Office) -> None:
    """By either of its ids."""
    harir, tanf, _ = (row["incident_id"] for row in office.incidents())
    office.decide("merge", harir, other_id=tanf)
    with pytest.raises(InputError, match="one incident already"):
        office.decide("merge", harir, other_id=tanf)


def test_the_author_is_taken_from_the_environment(office: Office, site: Site) -> None:
    """Two analysts at one machine."""
    (first, *_) = office.incidents()
    command = ["review", "confirm", first["incident_id"], "--reason", "seen", "--config", str(site.config())]
    done = CliRunner(env={"BASEWATCH_AUTHOR": "Bo"}).invoke(cli, command)
    assert done.exit_code == 0, done.output
    (row,) = queries.reviews(office.paths.published).dicts()
    assert (row["author"], row["reason"]) == ("Bo", "seen")


def test_reconcile_lists_stated_tallies_and_the_incidents_behind_one(office: Office, site: Site) -> None:
    """An article states a tally; the gap is shown, then what may close it."""
    site.publish(
        (
            "Pentagon counts attacks on US forces",
            "WASHINGTON - US forces in Iraq and Syria have been attacked 5 times since December 5, 3 times "
            "in Iraq and 2 times in Syria, the Pentagon said on Friday.",
        ),
        (
            "Iraqi group claims attack on US base",
            "BAGHDAD - The Islamic Resistance in Iraq said on Friday that it had attacked the Ain al-Asad "
            "base, which hosts US troops, with a drone on Thursday. There was no comment from US officials.",
        ),
    )
    run_cycle(office.cycle)
    stated = [r for r in queries.reconcile_all(office.paths.published).dicts() if r["origin"] == "article"]
    (row,) = stated
    assert (row["stated_total"], row["counted_total"], row["gap"]) == (5, 3, 2)
    named = queries.reconcile(office.paths.published, row["since"], row["as_of"]).dicts()
    missing = [r for r in named if r["verdict"] == "maybe_missing"]
    assert (len(missing), len(named) - len(missing)) == (row["maybe_missing"], row["maybe_too_many"])
    (claim,) = (r for r in missing if r["origin"] == "live")
    assert claim["because"] == "only the attackers say so"
    (queued,) = (
        r
        for r in queries.review_queue(office.paths.published).dicts()
        if r["incident_id"] == claim["incident_id"]
    )
    assert any("officials counted 2 more" in reason for reason in queued["reasons"])
