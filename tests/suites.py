"""Run a folder of feeds through `parse_feed` and through feedparser alone, and tell where ours is worse.

    python tests/suites.py FOLDER [FOLDER ...] [--seconds 20] [--verbose]

Meant for the public fixtures of feed readers (feedparser, gofeed, feed-rs, miniflux, reader), which are not
ours to keep. A file is worse where feedparser finds more entries or more plausible dates, or where
`parse_feed` raises or takes longer than the limit. Exit status 1 where any file is. Dates that differ are
shown for a look: feedparser passes over AM and PM, for one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import feedparser

from extract.feeds import ParsedFeed, parse_feed

SUFFIXES = {".xml", ".rss", ".atom", ".rdf", ".json", ".feed", ".html", ""}
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@dataclass
class Totals:
    files: int = 0
    seconds: float = 0.0
    entries: Counter[str] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    worse: list[str] = field(default_factory=list)


def feed_files(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(
            path
            for path in folder.rglob("*")
            if path.is_file() and path.suffix.lower() in SUFFIXES and path.stat().st_size < 20_000_000
        )


def their_date(entry: Any) -> dt.datetime | None:
    """feedparser's publication date, or update, where plausible."""
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        value = dict.get(entry, key)
        if value is None:
            continue
        try:
            moment = dt.datetime(*value[:5], min(value[5], 59), tzinfo=dt.UTC)
        except ValueError:
            continue
        if dt.datetime(1990, 1, 1, tzinfo=dt.UTC) <= moment <= NOW + dt.timedelta(days=1):
            return moment
    return None


def distinct(entries: list[Any]) -> int:
    """Entries that are not the same thing twice."""
    keys = {
        (dict.get(e, "id"), dict.get(e, "link"))
        if dict.get(e, "id") or dict.get(e, "link")
        else (dict.get(e, "title"), dict.get(e, "summary"), dict.get(e, "published"))
        for e in entries
    }
    return len(keys)


def judge(path: Path, totals: Totals, limit: float, verbose: bool) -> None:
    body = path.read_bytes()
    started = time.perf_counter()
    try:
        ours = parse_feed(body, content_type="", url="https://example.org/feed", source_id="suite", now=NOW)
    except Exception as exc:
        totals.worse.append(f"{path}: raised {type(exc).__name__}: {exc}")
        return
    took = time.perf_counter() - started
    totals.files += 1
    totals.seconds += took
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = feedparser.parse(io.BytesIO(body))
    compare(path, ours, theirs, totals)
    if took > limit:
        totals.worse.append(f"{path}: took {took:.1f} s")
    if verbose:
        print(path, len(ours.entries), ours.failure.reason if ours.failure else ours.defect)


def compare(path: Path, ours: ParsedFeed, theirs: Any, totals: Totals) -> None:
    their_dates = [moment for moment in map(their_date, theirs.entries) if moment]
    our_dates = [entry.published_at for entry in ours.entries if entry.published_at]
    wanted = distinct(theirs.entries)
    totals.entries.update(ours=len(ours.entries), feedparser=len(theirs.entries))
    totals.dates.update(ours=len(our_dates), feedparser=len(their_dates))
    totals.outcomes[ours.failure.reason if ours.failure else "degraded" if ours.defect else "ok"] += 1
    if len(ours.entries) < wanted:
        totals.worse.append(f"{path}: {len(ours.entries)} entries, feedparser {wanted} ({ours.defect})")
    elif len(our_dates) < min(len(their_dates), len(ours.entries)):
        totals.worse.append(f"{path}: {len(our_dates)} dates, feedparser {len(their_dates)}")
    else:
        differing = set(their_dates) - set(our_dates)
        if differing and len(ours.entries) == len(theirs.entries):
            shown = (f"{moment:%Y-%m-%dT%H:%M}" for moment in sorted(differing)[:2])
            totals.outcomes["dates that differ"] += 1
            print(f"DIFFERS {path}: feedparser {', '.join(shown)}, ours {our_dates[:2]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=20.0, help="the longest one file may take")
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    totals = Totals()
    for path in feed_files(given.folders):
        judge(path, totals, given.seconds, given.verbose)
    for line in totals.worse:
        print("WORSE", line)
    print(
        f"{totals.files} files, {totals.seconds:.1f} s; entries {dict(totals.entries)}, "
        f"dates {dict(totals.dates)}, outcomes {dict(totals.outcomes)}, worse on {len(totals.worse)}"
    )
    return 1 if totals.worse else 0


if __name__ == "__main__":
    sys.exit(main())
