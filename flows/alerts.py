"""The stage that empties the outbox: each channel on its own, each delivery recorded as soon as it is made.

The outbox row is written with the incident in one transaction (warehouse). A crash between a delivery and its
record repeats that one delivery; nothing else is told twice, and nothing is lost. A channel that fails is
tried again, without telling the others twice, and is itself told of through the others.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.channels import Channel, open_channels, send
from flows.health import Health, troubled
from flows.messages import compose, storm
from flows.settings import AlertsSection
from warehouse.connection import Connection
from warehouse.deliveries import (
    DueAlert,
    channel_health,
    digest_facts,
    due_alerts,
    last_digest_at,
    queue_notice,
)
from warehouse.outbox import AlertState, mark_failed, mark_sent, settle
from warehouse.watching import last_source_notice, source_rhythms

Writer = Callable[[], AbstractContextManager[Connection]]
# Waits between attempts; after the last an alert is given up, loudly. An outage of a day loses nothing.
RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240, 480, 960))
DEAD_AFTER = 3  # failed rounds in a row
SKIP_AFTER = 3  # a channel that fails this often in one run is left alone for the rest of it
LOCAL = ZoneInfo("Asia/Baghdad")  # days and the hour of the digest, as in the tally
DIGEST_WINDOW = timedelta(days=30)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outbox:
    """What the steps of a delivery share."""

    writer: Writer
    channels: tuple[Channel, ...]
    settings: AlertsSection
    clock: Callable[[], datetime]


def deliver_due(writer: Writer, settings: AlertsSection, clock: Callable[[], datetime]) -> dict[str, int]:
    """Deliver what is due; the warehouse is closed while a channel is spoken to. How many ended how."""
    box = Outbox(writer, open_channels(settings), settings, clock)
    with writer() as con:
        queue_digest(con, settings, clock())
        due = due_alerts(con, clock())
    counts = deliver_all(box, due)
    if counts["failed"]:
        with writer() as con:
            queued = queue_dead_channels(con, box.channels, clock())
            due = due_alerts(con, clock()) if queued else ()
        counts += deliver_all(box, [d for d in due if d.alert.kind == "notice" and not d.alert.attempts])
    return dict(counts)


def deliver_all(box: Outbox, due: Sequence[DueAlert]) -> Counter[str]:
    """Every due alert to every channel that wants it and does not have it."""
    troubled = Counter[str]()
    for channel in box.channels:
        troubled += tell(box, channel, [d for d in due if is_for(channel, d)])
    if not due:
        return Counter()
    with box.writer() as con:
        return Counter(settle_one(con, box, d, troubled[d.alert.alert_id]) for d in due)


def is_for(channel: Channel, due: DueAlert) -> bool:
    """Whether a channel wants an alert and does not have it. What is said of an incident that it was told of
    always is, so that no news stands uncorrected; a dismissal is only for those who were told."""
    return channel.key not in due.alert.delivered and is_wanted(channel, due)


def is_wanted(channel: Channel, due: DueAlert) -> bool:
    """Whether the channel should have, or have had, this alert."""
    alert, wants = due.alert, channel.wants
    if alert.kind == "digest":
        return wants.digest
    if alert.kind == "notice":
        return wants.notices and alert.payload.get("but") != channel.key
    if alert.kind == "dismissed":
        return channel.key in due.told
    if due.taken_back:
        return False
    return channel.key in due.told or wants.incident(alert.payload["incident"])


def tell(box: Outbox, channel: Channel, due: Sequence[DueAlert]) -> Counter[str]:
    """One channel told what is for it, a storm as one message; the alerts that failed."""
    parts = [due] if len(due) > box.settings.storm else [[d] for d in due]
    failed, in_a_row = Counter[str](), 0
    for part in parts:
        if in_a_row >= SKIP_AFTER:
            trouble: str | None = "not tried: it failed several times a moment ago"
        else:
            messages = [compose(d.alert.kind, d.alert.change, d.alert.payload) for d in part]
            trouble = send(channel, messages[0] if len(messages) == 1 else storm(messages))
        in_a_row = in_a_row + 1 if trouble else 0
        record(box, channel, part, trouble)
        failed.update(d.alert.alert_id for d in part if trouble)
    return failed


def record(box: Outbox, channel: Channel, part: Iterable[DueAlert], trouble: str | None) -> None:
    """Note at once what became of a delivery."""
    if trouble:
        log.warning("channel %s: %s", channel.key, trouble, extra={"channel": channel.key})
    with box.writer() as con:
        for due in part:
            if trouble is None:
                mark_sent(con, due.alert.alert_id, channel.key, box.clock())
            else:
                mark_failed(con, due.alert.alert_id, channel.key, trouble, box.clock())


def settle_one(con: Connection, box: Outbox, due: DueAlert, failures: int) -> AlertState:
    """Note how an alert stands after this round; with no channel for it, it never waits."""
    alert, now = due.alert, box.clock()
    if failures and alert.attempts < len(RETRY_AFTER):
        again = now + RETRY_AFTER[alert.attempts]
        detail = f"{failures} of its channels failed; tried again"
        settle(con, alert.alert_id, "pending", now, next_attempt_at=again, detail=detail)
        return "failed"
    if failures:
        detail = "given up; `basewatch alerts retry` tries again"
        settle(con, alert.alert_id, "failed", now, detail=detail)
        return "failed"
    if alert.delivered or any(is_wanted(channel, due) for channel in box.channels):
        settle(con, alert.alert_id, "sent", now)
        return "sent"
    settle(con, alert.alert_id, "filtered", now, detail=why_nobody(box, due))
    return "filtered"


def why_nobody(box: Outbox, due: DueAlert) -> str:
    """Why an alert goes to nobody."""
    if not box.channels:
        return "no channel is configured"
    return "dismissed before it was told" if due.taken_back else "no channel wants it"


# --- what no incident gives cause for ---


def queue_digest(con: Connection, settings: AlertsSection, now: datetime) -> bool:
    """Queue the day's digest once its hour has come; whether it was queued now."""
    if settings.digest_at is None or now.astimezone(LOCAL).time() < settings.digest_at:
        return False
    return queue_digest_now(con, now)


def queue_digest_now(con: Connection, now: datetime) -> bool:
    """Queue the digest of this (local) day, unless it was; whether it was queued now."""
    day = now.astimezone(LOCAL).date()
    since = last_digest_at(con) or now - timedelta(days=1)
    if since.astimezone(LOCAL).date() == day:
        return False
    windows = (day - DIGEST_WINDOW, day.replace(month=1, day=1))
    facts = digest_facts(con, since, day, windows)
    return queue_notice(con, "digest", "daily", day.isoformat(), facts, now)


def queue_unwell_sources(con: Connection, now: datetime) -> tuple[Health, ...]:
    """Queue a notice where a feed is in trouble that the last notice did not name, a day at most. Those."""
    unwell = troubled(source_rhythms(con), now)
    known = last_source_notice(con)
    new = tuple(h for h in unwell if h.source_id not in known)
    if not new:
        return ()
    payload = {
        "title": f"Feeds in trouble: {', '.join(h.source_id for h in new[:8])}",
        "lines": [
            *(f"{h.source_id}: {h.verdict}: {h.reason}" for h in new),
            *([f"and as before: {', '.join(h.source_id for h in unwell if h not in new)}"] if known else []),
            "basewatch sources check",
        ],
        "subjects": [h.source_id for h in unwell],
    }
    day = now.astimezone(LOCAL).date().isoformat()
    return new if queue_notice(con, "notice", "sources", day, payload, now) else ()


def queue_dead_channels(con: Connection, channels: Sequence[Channel], now: datetime) -> bool:
    """Queue a notice for each channel that keeps failing, a day at most; whether any is new."""
    day = now.astimezone(LOCAL).date().isoformat()
    keys = {channel.key for channel in channels}
    queued = False
    for row in channel_health(con, now):
        if row["channel"] not in keys or row["failures"] < DEAD_AFTER:
            continue
        last = f"{row['last_sent_at']:%Y-%m-%d %H:%M} UTC" if row["last_sent_at"] else "never"
        payload = {
            "title": f"Channel {row['channel']} does not take alerts",
            "lines": [
                f"{row['failures']} failures in a row; the last: {row['detail']}. Last delivery: {last}.",
                "`basewatch alerts test` tries each channel; `basewatch alerts list` shows what waits.",
            ],
            "but": row["channel"],
        }
        queued = queue_notice(con, "notice", "channel", f"{row['channel']} {day}", payload, now) or queued
    return queued
