"""Each check finds what it is for, and nothing in a warehouse that is as it should be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.warehouse.conftest import House
from tests.warehouse.making import NOW, article, entry, pulled, report, result, source
from warehouse.checks import all_checks, run_checks
from warehouse.state import record_pull, sync_sources

BREAK = {
    "incident_has_reports": "UPDATE reports SET incident_id = NULL",
    "incident_counts_its_reports": "UPDATE incidents SET reports = 7",
    "report_leads_to_an_incident": "UPDATE reports SET incident_id = 'bwgone'",
    "report_is_resolved": "UPDATE reports SET incident_id = NULL",
    "report_has_its_article": "DELETE FROM articles",
    "evidence_is_in_the_text": "UPDATE articles SET title = 'Some rockets'",
    "report_has_evidence": "UPDATE reports SET evidence = []",
    "keys_are_unique": "INSERT INTO articles FROM articles",
    "entry_has_a_known_state": "UPDATE internal.entries SET state = 'lost'",
    "rejected_entry_has_its_reason": "UPDATE internal.entries SET state = 'rejected', reason = 'x'",
    "redirect_leads_to_an_incident": "INSERT INTO incident_redirects VALUES ('bw1', 'bwgone', now())",
    "casualties_add_up": "UPDATE incidents SET us_wounded = 3, wounded = 1",
    "day_is_plausible": "UPDATE incidents SET date = '2030-01-01', date_earliest = '2030-01-01'",
    "range_is_in_order": "UPDATE incidents SET date_earliest = '2024-01-01'",
    "flagged_for_review": "UPDATE incidents SET flags = ['site_not_in_use']",
    "source_fails_for_long": "UPDATE internal.source_state SET failures_in_a_row = 12",
    "alert_is_overdue": "UPDATE alerts SET state = 'failed'",
}


def fill(house: House) -> None:
    sync_sources(house.con, [source()], NOW)
    record_pull(house.con, "run", [pulled(entry("one"), entry("two"))], NOW)
    for name in ("one", "two"):
        text = article(name, title="A drone", text="It hit.")
        house.load(replace(result(name, report(name)), article=text))
    house.resolve()


def test_a_warehouse_as_it_should_be_has_no_findings(house: House) -> None:
    fill(house)
    assert run_checks(house.con) == ()


def test_every_check_has_its_case() -> None:
    assert {check.name for check in all_checks()} == BREAK.keys()


@pytest.mark.parametrize("name", BREAK)
def test_it_finds(name: str, house: House) -> None:
    fill(house)
    house.con.execute(BREAK[name])
    found = [one for one in run_checks(house.con) if one.check == name]
    assert found
    assert all(one.subject and one.finding and one.reason for one in found)
