"""Rebuild, the daily upkeep and doctor through their functions: a real warehouse after a real run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from flows.cli import cli
from flows.cycle import Cycle, run_cycle
from flows.doctor import examine
from flows.keeping import keep, rebuild
from flows.settings import load_settings
from tests.flows.newsite import ATTACK, MARKET, NOW, Site
from warehouse import queries
from warehouse.connection import open_writer
from warehouse.errors import WarehouseBusy
from warehouse.paths import Paths
from warehouse.publish import publish_if_changed


class Cut:
    """Progress that is cut off after so many steps, as by a kill."""

    def __init__(self, after: int) -> None:
        self.left, self.totals = after, dict[str, int | None]()

    def start(self, stage: str, total: int | None) -> None:
        """Note what is begun."""
        self.totals[stage] = total

    def advance(self) -> None:
        """Cut off, or go on."""
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


@pytest.fixture
def cycle(site: Site) -> Cycle:
    """One attack is known, at a simulated moment."""
    site.publish(ATTACK, MARKET)
    settings = load_settings(site.config(), env={})
    cycle = Cycle(settings=settings, paths=Paths(settings.warehouse.path), clock=lambda: NOW)
    run_cycle(cycle)
    return cycle


def weapons(cycle: Cycle) -> list[Any]:
    """Of the live incidents."""
    return [row["weapon"] for row in queries.incidents(cycle.paths.published).dicts()]


def spoil(cycle: Cycle) -> None:
    """As if rules of before had read another weapon."""
    with open_writer(cycle.paths.live) as con:
        con.execute("UPDATE reports SET weapon = 'mortar'")
        con.execute("UPDATE incidents SET weapon = 'mortar', content_hash = '' WHERE origin = 'live'")
        con.execute("UPDATE articles SET reading_hash = ''")
        con.execute("UPDATE internal.meta SET data_version = data_version + 1")
        publish_if_changed(con, cycle.paths)
    assert weapons(cycle) == ["mortar"]


@pytest.mark.parametrize("pages", [True, False])
def test_a_rebuild_applies_todays_rules_to_what_is_stored(cycle: Cycle, pages: bool) -> None:
    """Once; a second one finds nothing to change. Nobody is asked for a page, nobody is alerted."""
    alerts = queries.alerts(cycle.paths.published).rows
    spoil(cycle)
    done = rebuild(cycle, pages=pages)
    assert (done["changed"], weapons(cycle)) == (1, ["rocket"])
    assert rebuild(cycle, pages=pages)["changed"] == 0
    assert queries.alerts(cycle.paths.published).rows == alerts


def test_a_rebuild_cut_off_anywhere_is_finished_by_the_next(cycle: Cycle) -> None:
    """In the pages, between them and the texts, in the texts."""
    for steps in range(3):
        spoil(cycle)
        cut = Cut(steps)
        try:
            rebuild(replace(cycle, progress=cut))
        except KeyboardInterrupt:
            assert weapons(cycle) != ["rocket"], "nothing half done is published"
            rebuild(cycle)
        assert weapons(cycle) == ["rocket"]
        assert cut.totals["reading pages again"] == 2
    runs = queries.status(cycle.paths.published)["runs"]
    assert "failed" in {run["outcome"] for run in runs}, "a run that was cut off is noted as such"


def test_pages_that_are_gone_are_read_from_their_text(cycle: Cycle) -> None:
    """The archive's files may be moved away; that is told."""
    spoil(cycle)
    for file in cycle.paths.archive.iterdir():
        file.unlink()
    done = rebuild(cycle)
    assert done["pages_gone"] == 2
    assert weapons(cycle) == ["rocket"]


def test_upkeep_saves_checks_and_drops_the_oldest(cycle: Cycle, site: Site) -> None:
    """Three nights, two backups kept; by function and by command."""
    for night in range(3):
        later = NOW + dt.timedelta(days=night)
        done = keep(replace(cycle, clock=lambda later=later: later), keep_backups=2)  # type: ignore[misc]
        assert done.errors == ()
        assert [h.verdict for h in done.feeds] == ["ok"]
    backups = sorted((cycle.paths.live.parent / "backups").iterdir())
    assert [b.name for b in backups] == [
        "basewatch-20231209T120000Z.duckdb",
        "basewatch-20231210T120000Z.duckdb",
    ]
    restored = CliRunner().invoke(cli, ["restore", str(backups[0]), "--config", str(site.config())])
    assert restored.exit_code == 0, restored.output
    assert weapons(cycle) == ["rocket"]
    command = ["upkeep", "--config", str(site.config("[keep]\nbackups = 1"))]
    run = CliRunner().invoke(cli, command)
    assert run.exit_code == 0, run.output
    assert "2 old ones dropped" in run.output


def test_upkeep_says_what_is_wrong_and_keeps_the_good_backups(cycle: Cycle, site: Site) -> None:
    """A quote that is not in its text any more."""
    keep(cycle, keep_backups=1)
    with open_writer(cycle.paths.live) as con:
        con.execute("UPDATE articles SET text = 'Another text'")
    run = CliRunner().invoke(cli, ["upkeep", "--config", str(site.config("[keep]\nbackups = 1"))])
    assert run.exit_code == 1
    assert "evidence" in run.output
    assert len(list((cycle.paths.live.parent / "backups").iterdir())) == 2


def test_the_upkeep_flow_waits_for_a_run_and_takes_no_other_trouble_for_one(cycle: Cycle) -> None:
    """Two tries are in the way of a run, the third is not; bad data are not tried again."""
    from flows import jobs

    tried: list[int] = []

    def work() -> int:
        tried.append(len(tried))
        if len(tried) < 3:
            raise WarehouseBusy(cycle.paths.live, 1, "a run is under way")
        return len(tried)

    assert jobs.patiently(work, pause=0) == 3
    with pytest.raises(WarehouseBusy):
        jobs.patiently(lambda: tried.clear() or work(), tries=2, pause=0)  # type: ignore[func-returns-value]
    assert jobs.upkeep.retries in (0, None)


def test_entries_that_came_to_nothing_are_forgotten_in_time(cycle: Cycle) -> None:
    """The market; never the attack."""
    later = NOW + dt.timedelta(days=400)
    done = keep(replace(cycle, clock=lambda: later))
    assert done.forgotten == 1
    assert weapons(cycle) == ["rocket"]


def test_doctor_names_lost_files_a_silent_monitor_and_a_clock_set_back(cycle: Cycle, site: Site) -> None:
    """Each with what to do."""

    def found() -> dict[str, Any]:
        return {a.subject: a for a in examine(site.config(), None)}

    answers = found()
    assert (answers["runs"].state, "2023-12-08" in answers["runs"].finding) == ("note", True)
    assert answers["live file"].state == answers["archive"].state == "ok"
    for file in cycle.paths.archive.iterdir():
        file.unlink()
    run_cycle(replace(cycle, clock=lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=2)))
    answers = found()
    assert (answers["archive"].state, answers["clock"].state) == ("note", "bad")
    assert "NTP" in answers["clock"].advice
    cycle.paths.live.unlink()
    Path(f"{cycle.paths.live}.wal").unlink(missing_ok=True)
    assert "restore" in found()["live file"].advice
