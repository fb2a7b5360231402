"""Upkeep from the command line: reviews, rebuild, checks, backups, sources, doctor."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extract.errors import InputError
from flows.cli import cli
from flows.settings import load_settings
from tests.flows.newsite import ATTACK, MARKET, Run, Site


@pytest.fixture
def loaded(site: Site, basewatch: Run) -> Site:
    """A warehouse with one attack and one rejected story."""
    site.publish(ATTACK, MARKET)
    assert basewatch("run", "--config", site.config()).returncode == 0
    return site


def rows(run: Run, *arguments: str | Path) -> list[dict[str, Any]]:
    """A command's JSON."""
    done = run(*arguments, "--format", "json")
    assert "Traceback" not in done.stderr, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_decision_holds_through_a_rebuild_and_can_be_taken_back(loaded: Site, basewatch: Run) -> None:
    """Dismissed, rebuilt, undone; the tally follows."""
    config = loaded.config()

    def counted() -> int:
        tally = rows(basewatch, "tally", "--config", config)
        return int(next(row["attacks"] for row in tally if row["country"] == "all"))

    (incident,) = rows(basewatch, "incidents", "--config", config)
    key = incident["incident_id"]
    assert counted() == 1
    done = basewatch("review", "dismiss", key, "--reason", "a drill", "--config", config)
    assert done.returncode == 0, done.stderr
    assert counted() == 0
    again = basewatch("rebuild", "--pages", "--config", config)
    assert again.returncode == 0, again.stderr
    assert counted() == 0
    card = json.loads(basewatch("show", key, "--format", "json", "--config", config).stdout)
    (review,) = card["reviews"]
    assert (review["action"], review["reason"]) == ("dismiss", "a drill")
    done = basewatch("review", "undo", review["review_id"], "--reason", "no drill", "--config", config)
    assert done.returncode == 0, done.stderr
    assert counted() == 1


def test_a_correction_is_shown_and_a_wrong_field_is_named(loaded: Site, basewatch: Run) -> None:
    """A value that no report says."""
    config = loaded.config()
    (incident,) = rows(basewatch, "incidents", "--config", config)
    key = incident["incident_id"]
    done = basewatch("review", "correct", key, "wounded", "2", "--reason", "phone call", "--config", config)
    assert done.returncode == 0, done.stderr
    (incident,) = rows(basewatch, "incidents", "--config", config)
    assert incident["wounded"] == 2
    wrong = basewatch("review", "correct", key, "colour", "red", "--reason", "x", "--config", config)
    assert wrong.returncode == 2
    assert "wounded" in wrong.stderr
    missing = basewatch("review", "dismiss", "bw0", "--reason", "x", "--config", config)
    assert missing.returncode == 2
    assert "bw0" in missing.stderr


def test_rebuilding_what_is_read_the_same_changes_nothing(loaded: Site, basewatch: Run) -> None:
    """From the text, and from the pages."""
    before = rows(basewatch, "incidents", "--config", loaded.config())
    for more in ((), ("--pages",)):
        done = basewatch("rebuild", *more, "--config", loaded.config())
        assert done.returncode == 0, done.stderr
        assert "0 read otherwise" in done.stdout
    assert rows(basewatch, "incidents", "--config", loaded.config()) == before


def test_a_backup_is_restored_by_command(loaded: Site, basewatch: Run) -> None:
    """And checked."""
    config, target = loaded.config(), loaded.folder / "saved.duckdb"
    assert basewatch("backup", target, "--config", config).returncode == 0
    loaded.db.write_bytes(b"not a database")
    broken = basewatch("run", "--config", config)
    assert broken.returncode == 2
    assert "restore" in broken.stderr
    done = basewatch("restore", target, "--config", config)
    assert done.returncode == 0, done.stderr
    assert len(rows(basewatch, "incidents", "--config", config)) == 1
    assert basewatch("check", "--config", config).returncode == 0


def test_doctor_says_what_to_do(loaded: Site, basewatch: Run) -> None:
    """A channel that cannot work is bad; a user agent without a contact is worth a note."""
    found = {r["subject"]: r for r in rows(basewatch, "doctor", "--config", loaded.config())}
    assert found["warehouse"]["state"] == "ok"
    assert found["user agent"]["state"] == "note"
    assert found["channels"]["state"] == "note"
    wrong = basewatch(
        "doctor", "--format", "json", "--config", loaded.config(), BASEWATCH_ALERTS_URLS="nosuch://s3cr3t/x"
    )
    assert wrong.returncode == 1
    assert "s3cr3t" not in wrong.stdout + wrong.stderr
    assert any(r["state"] == "bad" for r in json.loads(wrong.stdout))


def test_alerts_are_tested_listed_and_told_by_run(site: Site, basewatch: Run) -> None:
    """The receiver is a real one."""
    told: list[dict[str, Any]] = []

    def answer(request: Any) -> Any:
        from werkzeug import Response

        told.append(json.loads(request.data))
        return Response("")

    site.server.expect_request("/hook").respond_with_handler(answer)
    url = f"json://{site.server.host}:{site.server.port}/hook"
    site.now = dt.datetime.now(dt.UTC) - dt.timedelta(hours=3)
    site.publish(ATTACK)
    config = site.config()
    assert basewatch("alerts", "test", "--config", config).returncode == 1
    assert basewatch("alerts", "test", "--config", config, BASEWATCH_ALERTS_URLS=url).returncode == 0
    assert "TEST" in told.pop()["title"]
    assert basewatch("run", "--config", config, BASEWATCH_ALERTS_URLS=url).returncode == 0
    (alert,) = told
    assert "US Embassy" in alert["title"]
    assert "“" in alert["message"], "the words it stands on"
    (row,) = rows(basewatch, "alerts", "list", "--config", config)
    assert row["state"] == "sent"
    status = json.loads(basewatch("status", "--format", "json", "--config", config).stdout)
    assert [c["failures"] for c in status["channels"]] == [0]


def test_a_feed_is_found_tried_and_written(site: Site, basewatch: Run) -> None:
    """From the address of a page that names it."""
    site.now = dt.datetime.now(dt.UTC) - dt.timedelta(hours=3)
    site.publish(ATTACK)
    page = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/other/feed.xml"></head></html>'
    )
    site.server.expect_request("/other/feed.xml").respond_with_handler(site.answer)
    site.server.expect_request("/front").respond_with_data(page, content_type="text/html")
    config = site.config()
    found = basewatch("sources", "add", site.server.url_for("/front"), "--id", "new-one", "--config", config)
    assert found.returncode == 0, found.stderr
    assert f'url = "{site.server.url_for("/other/feed.xml")}"' in found.stdout
    assert "1 entries, 1 of which a run would fetch" in found.stderr
    assert ATTACK[0] in found.stderr
    nothing = basewatch("sources", "add", site.server.url_for("/story/0"), "--config", config)
    assert nothing.returncode == 2
    assert "feed" in nothing.stderr
    watched = basewatch("sources", "add", site.server.url_for("/feed.xml"), "--config", config)
    assert (watched.returncode, "watched already, as site" in watched.stderr) == (2, True)
    assert basewatch("run", "--config", config).returncode == 0
    assert basewatch("sources", "check", "--config", config).returncode == 0
    (probe,) = rows(basewatch, "sources", "check", "--now", "--config", config)
    assert (probe["answer"], probe["entries"]) == ("ok", 1)
    assert [r["id"] for r in rows(basewatch, "sources", "list", "--config", config)] == ["site"]


def test_a_feed_that_no_page_names_is_found_where_sites_keep_one_and_written(site: Site) -> None:
    """Tried, and appended to the configuration file, which still reads."""
    site.server.expect_request("/front").respond_with_data("<html><body>News</body></html>")
    site.server.expect_request("/rss.xml").respond_with_data(site.feed(), content_type="application/rss+xml")
    config = site.config()
    command = ["sources", "add", site.server.url_for("/front"), "--config", str(config), "--write"]
    clash = CliRunner().invoke(cli, [*command, "--id", "site"])
    assert isinstance(clash.exception, InputError) and "--id" in str(clash.exception)
    done = CliRunner().invoke(cli, [*command, "--id", "found"])
    assert done.exit_code == 0, done.output
    assert [s.source_id for s in load_settings(config, env={}).source] == ["site", "found"]
