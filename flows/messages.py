"""What people are told: rows of the outbox -> texts. Pure; escaping for a service is `flows.channels`'s.

One line says what, where, when, weapon, casualties, status and sources; then the words it stands on, links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.records import Weapon
from extract.text import Document

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
    "updated": "Update",
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
LINKS_SHOWN = 6
INCIDENTS_IN_DIGEST = 30


@dataclass(frozen=True, slots=True)
class Link:
    """An article and whose it is. The address comes from outside, as all text here does."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel is told, before it is escaped for that channel."""

    title: str
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    foot: str = ""

    @property
    def body(self) -> str:
        """As plain text."""
        return "\n".join(
            [*self.lines, *(f"{link.name}: {link.url}" for link in self.links), self.foot]
        ).strip()


def compose(kind: str, change: str | None, payload: Mapping[str, Any]) -> Message:
    """The text of one row of the outbox: of an incident, of the day, or of the watch itself.

    An incident's payload is the incident as it was then, what changed, the words that say so, the articles.
    """
    if kind == "digest":
        return daily(payload)
    if kind == "notice":
        return Message(title=payload["title"], lines=tuple(payload["lines"]))
    facts = payload["incident"]
    lines = [headline(facts), *changes(payload.get("changed") or {}), *quoted(payload)]
    articles = payload.get("articles", ())
    links = tuple(Link(article["outlet"], article["url"]) for article in articles)
    more = f" ({len(links) - LINKS_SHOWN} more articles)" if len(links) > LINKS_SHOWN else ""
    return Message(
        title=f"{KIND_WORDS[change or kind]}: {facts['summary']}",
        lines=tuple(lines),
        links=links[:LINKS_SHOWN],
        foot=f"basewatch show {facts['incident_id']}{more}",
    )


def changes(changed: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """'wounded: 25 -> 34', a line a field."""
    for name, (old, new) in changed.items():
        yield f"{name.replace('_', ' ')}: {'not stated' if old is None else old} -> {new}"


def quoted(payload: Mapping[str, Any]) -> Iterator[str]:
    """The sentence that the alert stands on, and whose it is; nothing where the row has none."""
    quote = payload.get("quote")
    if not quote:
        return
    sentence = sentence_of(quote["paragraph"], quote["start"])
    yield f"“{shorten(sentence)}” ({quote['outlet']})"


def sentence_of(paragraph: str, place: int) -> str:
    """The sentence of a paragraph in which a place lies; the paragraph where the place is in none."""
    document = Document("", paragraph)
    start = document.full.find(paragraph) + place
    for sentence in document.sentences:
        if sentence.start <= start < sentence.end:
            return document.slice(sentence.start, sentence.end)
    return paragraph


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


def storm(messages: Sequence[Message]) -> Message:
    """Many alerts as one: a line each."""
    return Message(
        title=f"{len(messages)} alerts at once",
        lines=tuple(f"{m.title} ({m.foot.removeprefix('basewatch ')})".replace(" ()", "") for m in messages),
        foot="basewatch alerts list",
    )


def daily(facts: Mapping[str, Any]) -> Message:
    """The day's digest: the tally, what became known or changed since the last one, feeds in trouble."""
    return Message(
        title=f"Digest of {facts['day']}: {counted(len(facts['new']), 'new incident')}",
        lines=(
            *tally_lines(facts["tally"]),
            *section("New", [f"{i['summary']} ({i['incident_id']})" for i in facts["new"]]),
            *section("Changed", [f"{i['summary']} ({i['incident_id']})" for i in facts["changed"]]),
            *section("Feeds in trouble", [f"{s['source_id']}: {s['error']}" for s in facts["sources"]]),
        ),
        foot="basewatch tally",
    )


def tally_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line a country and window."""
    for row in rows:
        yield (
            f"{row['country']} since {row['since']}: {row['attacks']} attacks "
            f"({row['confirmed']} confirmed), {row['claimed_only']} more claimed only"
        )


def section(name: str, items: Sequence[str]) -> Iterator[str]:
    """A heading with its lines, of which so many are shown; nothing where there are none."""
    if items:
        yield f"{name}:"
        yield from (f"- {item}" for item in items[:INCIDENTS_IN_DIGEST])
        if len(items) > INCIDENTS_IN_DIGEST:
            yield f"- and {len(items) - INCIDENTS_IN_DIGEST} more"


def counted(number: int, what: str) -> str:
    """'1 new incident', 'no new incident', '3 new incidents'."""
    return f"{number or 'no'} {what}{'s' if number > 1 else ''}"


SAMPLE = Message(
    title="TEST: this is no attack",
    lines=(
        "A sample that `basewatch alerts test` has sent. An alert looks like this:",
        "2000-01-01 · Example Base · drone · no casualties · one source so far · 1 publisher",
        "“The words that the alert stands on.” (Example News)",
    ),
    links=(Link("Example News", "https://news.example.org/article"),),
)
