"""Whether a feed is well, judged against its own rhythm. Pure: rows of the warehouse in, verdicts out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

Verdict = Literal["ok", "new", "degraded", "dead", "blocked", "gone", "silent", "stale", "moved"]
TROUBLE: frozenset[Verdict] = frozenset({"dead", "blocked", "gone", "silent", "stale"})
REFUSED = frozenset({"auth", "robots", "blocked_address", "blocked_scheme", "rate_limited"})
FAILURES_TOLD = 2  # one failure is a hiccup
# A feed is silent after three times the pause that is long for it, but not within three days (weekends,
# feasts); one whose rhythm is not known yet, after a fortnight.
SILENT_FACTOR, SILENT_AT_LEAST, SILENT_UNKNOWN = 3, timedelta(days=3), timedelta(days=14)
STALE_AFTER = timedelta(days=30)  # its newest entry is older than this, whatever we first saw when
MOVED_FOR = timedelta(days=3)  # a permanent redirect that has held so long is believed


@dataclass(frozen=True, slots=True)
class Health:
    """One feed's state, in a word and a sentence."""

    source_id: str
    verdict: Verdict
    reason: str

    @property
    def well(self) -> bool:
        """Whether nobody need look."""
        return self.verdict not in TROUBLE


def judge(row: Mapping[str, Any], now: datetime) -> Health:
    """The health of one feed, of a row of `source_rhythms`."""
    verdict, reason = verdict_of(row, now)
    return Health(row["source_id"], verdict, reason)


def verdict_of(row: Mapping[str, Any], now: datetime) -> tuple[Verdict, str]:
    """The first thing that is wrong, the worst first."""
    if row["last_attempt_at"] is None:
        return "new", "not polled yet"
    if row["status"] == "error":
        return failing(row)
    if since := silence(row, now):
        return "silent", since
    newest = row["newest_published_at"]
    if newest is not None and now - newest > STALE_AFTER:
        return "stale", f"its newest entry is of {newest:%Y-%m-%d}"
    if row["moved_to"] is not None and now - row["moved_since"] >= MOVED_FOR:
        return "moved", f"polled at {row['moved_to']} since {row['moved_since']:%Y-%m-%d}; change its block"
    if row["status"] == "degraded":
        return "degraded", row["detail"] or "a defect in the feed"
    return "ok", ""


def failing(row: Mapping[str, Any]) -> tuple[Verdict, str]:
    """A feed whose last poll failed."""
    number = row["failures_in_a_row"]
    last = f"{row['last_success_at']:%Y-%m-%d}" if row["last_success_at"] else "never"
    reason = f"{row['error']}, {number} in a row, last good {last}: {row['detail'] or ''}".rstrip(": ")
    if number < FAILURES_TOLD:
        return "degraded", reason
    if row["error"] == "gone":
        return "gone", reason
    return ("blocked" if row["error"] in REFUSED else "dead"), reason


def silence(row: Mapping[str, Any], now: datetime) -> str | None:
    """Why a feed counts as silent; None where it does not."""
    last, usual = row["last_new_entry_at"], row["usual_gap_seconds"]
    if last is None:
        return None  # never had an entry: a well-formed feed without any is well
    limit = SILENT_UNKNOWN
    if usual is not None:
        limit = max(SILENT_AT_LEAST, timedelta(seconds=usual) * SILENT_FACTOR)
    if now - last <= limit:
        return None
    return f"nothing new for {(now - last).days} days; it is silent for {limit.days} at most as a rule"


def with_verdicts(
    health: Iterable[Mapping[str, Any]], rhythms: Iterable[Mapping[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """Rows of source_health with verdict, reason and well beside."""
    judged = {row["source_id"]: judge(row, now) for row in rhythms}
    found = ((row, judged[row["source_id"]]) for row in health)
    return [dict(row) | {"verdict": h.verdict, "reason": h.reason, "well": h.well} for row, h in found]


def troubled(rows: Iterable[Mapping[str, Any]], now: datetime) -> tuple[Health, ...]:
    """The feeds that somebody should look at."""
    return tuple(h for h in (judge(row, now) for row in rows) if not h.well)
