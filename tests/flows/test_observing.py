"""Logs and figures: what a machine reads of a run."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

from flows import logs
from tests.flows.newsite import ATTACK, MARKET, Run, Site, source_block


def test_a_log_line_is_json_with_the_ids_of_what_it_is_about() -> None:
    """Where nobody looks on."""
    out = io.StringIO()
    before = {name: (logging.getLogger(name).handlers, logging.getLogger(name).level) for name in logs.OURS}
    token = logs.RUN.set("run1")
    try:
        logs.configure(out)
        logging.getLogger("flows.x").info("feed: %s", "timeout", extra={"source": "a"})
        try:
            raise ValueError("نص")
        except ValueError:
            logging.getLogger("flows.x").exception("cannot")
    finally:
        logs.RUN.reset(token)
        for name, (handlers, level) in before.items():
            log = logging.getLogger(name)
            log.handlers, log.level, log.propagate = handlers, level, True
    first, second = map(json.loads, out.getvalue().splitlines())
    assert {k: first[k] for k in ("level", "message", "run", "source")} == {
        "level": "info", "message": "feed: timeout", "run": "run1", "source": "a",
    }  # fmt: skip
    assert "ValueError: نص" in second["exception"]


def test_a_run_logs_json_and_writes_its_figures(site: Site, basewatch: Run) -> None:
    """The figures are those of `status`."""
    site.publish(ATTACK, MARKET)
    config = site.config(source_block("gone", site.server.url_for("/gone")))
    figures = site.folder / "node" / "basewatch.prom"
    done = basewatch("run", "--config", config, BASEWATCH_SCHEDULE_METRICS_FILE=str(figures))
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert any(line.get("source") == "gone" and "http_5xx" in line["message"] for line in lines)
    assert len({line["run"] for line in lines if "run" in line}) == 1
    text = figures.read_text()
    assert 'basewatch_feeds{status="ok"} 1' in text
    assert 'basewatch_feeds{status="error"} 1' in text
    assert 'basewatch_articles{end="loaded"} 1' in text
    assert 'basewatch_incidents{what="new"} 1' in text
    values = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(len(line.rsplit(" ", 1)) == 2 and float(line.rsplit(" ", 1)[1]) >= 0 for line in values)


def test_figures_that_cannot_be_written_fail_no_run(site: Site, basewatch: Run, tmp_path: Path) -> None:
    """It is told."""
    site.publish(MARKET)
    (tmp_path / "file").write_text("")
    place = str(tmp_path / "file" / "x.prom")
    done = basewatch("run", "--config", site.config(), BASEWATCH_SCHEDULE_METRICS_FILE=place)
    assert done.returncode == 0
    assert "figures cannot be written" in done.stderr
