"""Figures of a run as a Prometheus text file, for the node exporter's textfile collector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HELP = {
    "basewatch_last_run_timestamp_seconds": "When the last run ended.",
    "basewatch_last_run_duration_seconds": "How long the last run took.",
    "basewatch_feeds": "Feeds polled by the last run, by how that went.",
    "basewatch_entries_new": "Entries that the last run saw for the first time.",
    "basewatch_articles": "Articles of the last run, by how they ended.",
    "basewatch_incidents": "Incidents of the last run, by what happened to them.",
    "basewatch_alerts": "Alerts of the last run, by how they ended.",
    "basewatch_failures": "Feeds and pages that the last run could not have.",
    "basewatch_feeds_unwell": "Feeds that are newly in trouble.",
    "basewatch_published": "Whether the last run published a new copy.",
}


def figures(summary: Mapping[str, Any], ended: float, seconds: float) -> Iterator[tuple[str, str, float]]:
    """(metric, labels, value) of a run's summary."""
    yield "basewatch_last_run_timestamp_seconds", "", ended
    yield "basewatch_last_run_duration_seconds", "", seconds
    for status in ("ok", "degraded", "error", "skipped"):
        yield "basewatch_feeds", f'status="{status}"', summary["sources"].get(status, 0)
    yield "basewatch_entries_new", "", summary["pulled"]["new"]
    for end in ("loaded", "rejected", "failed", "given_up"):
        yield "basewatch_articles", f'end="{end}"', summary["loaded"][end]
    for what in ("new", "changed", "merged", "removed"):
        yield "basewatch_incidents", f'what="{what}"', summary["resolved"][what]
    for state in ("sent", "filtered", "failed"):
        yield "basewatch_alerts", f'state="{state}"', summary["alerts"].get(state, 0)
    yield "basewatch_failures", "", len(summary["failures"])
    yield "basewatch_feeds_unwell", "", len(summary["unwell"])
    yield "basewatch_published", "", int(summary["published"])


def text(summary: Mapping[str, Any], ended: float, seconds: float) -> str:
    """The file. All figures are gauges: they are the last run's own."""
    lines, named = [], set()
    for name, labels, value in figures(summary, ended, seconds):
        if name not in named:
            lines += [f"# HELP {name} {HELP[name]}", f"# TYPE {name} gauge"]
            named.add(name)
        lines.append(f"{name}{{{labels}}} {value:g}" if labels else f"{name} {value:.3f}")
    return "\n".join(lines) + "\n"


def write(path: Path, summary: Mapping[str, Any], ended: float, seconds: float) -> None:
    """Put the file in place by one rename, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".tmp")
    fresh.write_text(text(summary, ended, seconds), encoding="utf-8")
    fresh.replace(path)
