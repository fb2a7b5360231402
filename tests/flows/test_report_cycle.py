"""The page and the cycle: written after a load that changed something, and never at the cost of the data."""

from __future__ import annotations

import json
from pathlib import Path

from tests.flows.newsite import ATTACK, MARKET, Run, Site


def page_of(site: Site) -> Path:
    return site.db.parent / "report" / "index.html"


def test_a_run_that_loads_something_writes_the_page_and_one_that_does_not_leaves_it(
    site: Site, basewatch: Run
) -> None:
    """Beside the warehouse, without being asked."""
    site.publish(ATTACK, MARKET)
    config = site.config()
    assert basewatch("run", "--config", config).returncode == 0
    page = page_of(site)
    assert "1 attack on US facilities" in page.read_text(encoding="utf-8")
    before = page.stat().st_mtime_ns
    assert basewatch("run", "--config", config).returncode == 0
    assert page.stat().st_mtime_ns == before


def test_a_page_that_cannot_be_written_is_told_and_the_data_are_there(site: Site, basewatch: Run) -> None:
    """Exit status 1; the incident is loaded; the next run makes up for it."""
    site.publish(ATTACK)
    config = site.config()
    page = page_of(site)
    page.parent.parent.mkdir(parents=True, exist_ok=True)
    page.parent.write_text("a file where the folder should be")
    done = basewatch("run", "--config", config)
    assert done.returncode == 1
    assert "report" in done.stderr
    assert len(json.loads(basewatch("incidents", "--format", "json", "--db", site.db).stdout)) == 1
    page.parent.unlink()
    assert basewatch("run", "--config", config).returncode == 0
    assert page.is_file()


def test_the_page_can_be_switched_off_and_put_elsewhere(site: Site, basewatch: Run, tmp_path: Path) -> None:
    """By setting, and by the command's own option."""
    site.publish(ATTACK)
    config = site.config()
    assert basewatch("run", "--config", config, BASEWATCH_REPORT_ENABLED="false").returncode == 0
    assert not page_of(site).exists()
    done = basewatch("report", "--config", config, "--output", tmp_path / "elsewhere")
    assert done.stdout.strip() == str(tmp_path / "elsewhere" / "index.html")
    assert (tmp_path / "elsewhere" / "index.html").is_file()


def test_export_writes_the_relations_that_are_named(site: Site, basewatch: Run, tmp_path: Path) -> None:
    """And names those there are where one is not."""
    site.publish(ATTACK)
    assert basewatch("run", "--config", site.config()).returncode == 0
    done = basewatch("export", "incidents", "--format", "csv", "--output", tmp_path / "out", "--db", site.db)
    assert done.stdout.split() == [str(tmp_path / "out" / "incidents.csv")]
    assert (tmp_path / "out" / "incidents.csv").read_text(encoding="utf-8").count("\n") > 1
    wrong = basewatch("export", "incident", "--db", site.db)
    assert wrong.returncode == 2
    assert "incidents" in wrong.stderr


def test_a_folder_that_cannot_be_written_is_told(site: Site, basewatch: Run, tmp_path: Path) -> None:
    """In one line, without a traceback."""
    site.publish(ATTACK)
    assert basewatch("run", "--config", site.config()).returncode == 0
    (tmp_path / "file").write_text("")
    done = basewatch("report", "--config", site.config(), "--output", tmp_path / "file" / "page")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
