"""Alerts: a row of the outbox -> a text -> the channels, one at a time.

The outbox row is written with the incident in one transaction (warehouse); here it is only delivered, and
each delivery recorded on its own: a channel that fails is tried again without telling the others twice.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from extract.records import Weapon
from flows.settings import AlertsSection
from warehouse.connection import Connection
from warehouse.outbox import Alert, AlertState, mark_failed, mark_sent, pending_alerts, settle

STATUS_WORDS = {
    "confirmed": "confirmed by officials",
    "corroborated": "reported by several outlets",
    "single_source": "one source so far",
    "claimed": "claimed by the attackers only",
    "disputed": "disputed",
    "dismissed": "dismissed",
}
KIND_WORDS = {
    "new": "New incident",
    "status": "Status changed",
    "casualties": "Casualties changed",
    "claim": "Claimed",
    "correction": "Correction",
    "dismissed": "Taken back",
}
WEAPON_WORDS: dict[Weapon, str] = {
    "rocket": "rockets",
    "drone": "drone",
    "ballistic_missile": "ballistic missile",
    "cruise_missile": "cruise missile",
    "mortar": "mortar",
    "ied": "IED",
    "small_arms": "small arms",
    "mixed": "several weapons",
    "unknown": "weapon not stated",
}
QUOTE_LENGTH = 280
# Waits between attempts; after the last an alert is given up, loudly. Twelve hours of outage lose nothing.
RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240, 480))


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel is told, before it is escaped for that channel."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One Apprise target. `key` names it in tables and logs; the URL is a secret and never does."""

    key: str
    url: str

    @property
    def scheme(self) -> str:
        """The service, such as 'slack'."""
        return self.url.split("://", 1)[0]


def channel_of(url: str) -> Channel:
    """A channel with a name that does not tell its secret: the service and eight digits of a hash."""
    digest = hashlib.sha256(url.encode()).hexdigest()[:8]
    return Channel(key=f"{url.split('://', 1)[0]}-{digest}", url=url)


def compose(kind: str, change: str | None, payload: Mapping[str, Any]) -> Message:
    """The text of one alert: a line that says it all, then the words it stands on and where they are.

    `payload` is the outbox row's: the incident as it was then, what changed, the articles that tell of it.
    """
    facts = payload["incident"]
    lines = [headline(facts), *changes(payload.get("changed") or {})]
    if payload.get("quote"):
        lines.append(f"“{shorten(payload['quote'])}”")
    lines += [f"{article['outlet']}: {article['url']}" for article in payload.get("articles", ())]
    lines.append(f"basewatch show {facts['incident_id']}")
    return Message(title=f"{KIND_WORDS[change or kind]}: {facts['summary']}", body="\n".join(lines))


def changes(changed: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """'wounded: 25 -> 34', a line a field."""
    for name, (old, new) in changed.items():
        yield f"{name.replace('_', ' ')}: {'not stated' if old is None else old} -> {new}"


def headline(facts: Mapping[str, Any]) -> str:
    """What, where, when, weapon, casualties, status, sources: one line."""
    parts = [
        facts.get("date") or "day not known",
        facts.get("site") or facts.get("country") or "place not known",
        WEAPON_WORDS.get(facts["weapon"], facts["weapon"]),
        casualties(facts),
        STATUS_WORDS[facts["status"]],
        sources(facts["publishers"]),
    ]
    return " · ".join(p for p in parts if p)


def casualties(facts: Mapping[str, Any]) -> str:
    """'3 killed, 34 wounded', 'no casualties', or '' where nobody said."""
    counts = [(facts.get("killed"), "killed"), (facts.get("wounded"), "wounded")]
    said = [f"{n} {word}" for n, word in counts if n]
    if said:
        return ", ".join(said)
    return "no casualties" if any(n == 0 for n, _ in counts) else ""


def sources(publishers: int) -> str:
    """'1 publisher', '4 publishers'."""
    return f"{publishers} publisher{'' if publishers == 1 else 's'}"


def shorten(quote: str) -> str:
    """A quote of at most QUOTE_LENGTH characters, cut at a word."""
    quote = " ".join(quote.split())
    return quote if len(quote) <= QUOTE_LENGTH else quote[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"


def digest(messages: Sequence[Message]) -> Message:
    """Many alerts as one."""
    return Message(
        title=f"{len(messages)} alerts at once", body="\n\n".join(f"{m.title}\n{m.body}" for m in messages)
    )


def deliver(channel: Channel, message: Message) -> str | None:
    """Send to one channel. None when it was taken, else what went wrong (without the URL).

    One Apprise object a channel: its answer is one truth value over all targets; all but True is failure.
    """
    import apprise

    sender = apprise.Apprise()
    if not sender.add(channel.url):
        return "Apprise does not know this kind of URL; see `basewatch alerts test`"
    taken = sender.notify(
        title=escape(message.title, channel.scheme), body=escape(message.body, channel.scheme)
    )
    return None if taken is True else "the channel refused the message or did not answer"


def escape(text: str, scheme: str) -> str:
    """Outside text as this service must get it: it can neither mention, nor mark up, nor add header lines."""
    text = "".join(c for c in text if c == "\n" or c.isprintable())
    if scheme == "slack":
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if scheme in ("discord", "mmost", "msteams"):
        return text.replace("@", "@\u200b")
    return text


def channels(urls: Iterable[str]) -> tuple[Channel, ...]:
    """The channels of the configuration, each once."""
    return tuple({c.key: c for c in map(channel_of, urls)}.values())


# --- the stage ---


def deliver_due(
    writer: Callable[[], AbstractContextManager[Connection]],
    settings: AlertsSection,
    clock: Callable[[], datetime],
) -> dict[str, int]:
    """Deliver what is due, each channel on its own; the warehouse is closed while a channel is spoken to."""
    with writer() as con:
        due = pending_alerts(con, clock())
    targets = channels(url.get_secret_value() for url in settings.urls)
    counts = Counter(deliver_one(writer, alert, targets, settings, clock) for alert in due)
    return dict(counts.items())


def deliver_one(
    writer: Callable[[], AbstractContextManager[Connection]],
    alert: Alert,
    targets: Sequence[Channel],
    settings: AlertsSection,
    clock: Callable[[], datetime],
) -> AlertState:
    """One alert to every channel that does not have it yet; how it stands afterwards."""
    if not targets or not wanted(alert, settings):
        return settled(writer, alert, "filtered", clock, detail="no channel wants it")
    message, failed = compose(alert.kind, alert.change, alert.payload), 0
    for channel in targets:
        if channel.key in alert.delivered:
            continue
        trouble = deliver(channel, message)
        failed += trouble is not None
        with writer() as con:
            if trouble is None:
                mark_sent(con, alert.alert_id, channel.key, clock())
            else:
                mark_failed(con, alert.alert_id, channel.key, trouble, clock())
    if not failed:
        return settled(writer, alert, "sent", clock)
    if alert.attempts + 1 >= len(RETRY_AFTER):
        return settled(
            writer, alert, "failed", clock, detail="given up; `basewatch alerts retry` tries again"
        )
    settled(writer, alert, "pending", clock, next_attempt_at=clock() + RETRY_AFTER[alert.attempts])
    return "failed"


def settled(
    writer: Callable[[], AbstractContextManager[Connection]],
    alert: Alert,
    state: AlertState,
    clock: Callable[[], datetime],
    **more: Any,
) -> AlertState:
    """Note how an attempt ended."""
    with writer() as con:
        settle(con, alert.alert_id, state, clock(), **more)
    return state


def wanted(alert: Alert, settings: AlertsSection) -> bool:
    """Whether the filters of the configuration let it pass."""
    facts = alert.payload["incident"]
    return (
        facts["status"] in settings.statuses
        and (facts["country"] is None or facts["country"] in settings.countries)
        and facts["confidence"] >= settings.min_confidence
    )
