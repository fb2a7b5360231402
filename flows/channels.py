"""Channels: who is told, what each wants, and how text from outside is made harmless for each service.

A channel is one Apprise URL. The URL is a secret: it is in no table, log or message; `key` stands for it.
"""

from __future__ import annotations

import hashlib
import html
import logging
import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from flows.messages import Message
from flows.output import BIDI_CONTROLS, isolated
from flows.settings import AlertsSection, ChannelSection

# Longer than Apprise's own limits (4 s to connect, 4 s between bytes), which a drip of bytes outlasts.
SEND_SECONDS = 45.0
BLOCK_PREFIX = "prefect://"
# Services that take "@name" or "<@id>" as a call to somebody, whatever the format.
CALLS_PEOPLE = frozenset(
    {
        "discord",
        "mmost",
        "mmosts",
        "msteams",
        "workflow",
        "workflows",
        "rocket",
        "rockets",
        "matrix",
        "matrixs",
    }
    | {"zulip", "guilded", "revolt", "gchat", "webex", "wxteams", "twist", "lark", "feishu", "dingtalk"}
    | {"matrix", "matrixs", "mastodon", "mastodons"}
)
# Services that render Markdown even in what Apprise sends as plain text.
RENDERS_MARKDOWN = frozenset(
    {"discord", "mmost", "mmosts", "rocket", "rockets", "zulip", "guilded", "revolt", "gchat"}
)
QUOTED = re.compile("“([^”\n]*)”")
MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~])")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wants:
    """Which alerts a channel wants. Empty: all."""

    countries: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    min_confidence: float = 0.0
    min_casualties: int = 0
    incidents: bool = True
    digest: bool = True
    notices: bool = True

    def incident(self, facts: Mapping[str, Any]) -> bool:
        """Whether an incident passes. A country that is not known passes: better told than lost."""
        return (
            self.incidents
            and (not self.statuses or facts["status"] in self.statuses)
            and (not self.countries or facts["country"] is None or facts["country"] in self.countries)
            and (not self.sites or facts["site_id"] in self.sites)
            and facts["confidence"] >= self.min_confidence
            and (facts.get("killed") or 0) + (facts.get("wounded") or 0) >= self.min_casualties
        )


@dataclass(frozen=True, slots=True)
class Channel:
    """One Apprise target. `key` names it in tables and logs; `trouble`: why it cannot be used at all."""

    key: str
    url: str = field(repr=False)
    wants: Wants = Wants()
    trouble: str | None = None

    @property
    def scheme(self) -> str:
        """The service, such as 'slack'."""
        return self.url.split("://", 1)[0].lower()


def open_channels(settings: AlertsSection) -> tuple[Channel, ...]:
    """The channels of the configuration, each once; Prefect blocks are looked up now."""
    shared = [*opened(settings.urls, wants_of(settings, None))]
    named = [c for s in settings.channel for c in opened([s.url], wants_of(settings, s), s.name)]
    return tuple({c.key: c for c in (*shared, *named)}.values())


def opened(urls: Iterable[Any], wants: Wants, name: str | None = None) -> Iterable[Channel]:
    """Secret URLs as channels."""
    for secret in urls:
        url = secret.get_secret_value()
        if not url.startswith(BLOCK_PREFIX):
            yield Channel(name or key_of(url), url, wants)
            continue
        block = url.removeprefix(BLOCK_PREFIX)
        try:
            yield Channel(name or f"block-{block}", from_block(block), wants)
        except Exception as error:  # whatever Prefect raises: the other channels must still be told
            log.warning("channel %s: the Prefect block cannot be read: %s", block, type(error).__name__)
            trouble = f"the Prefect block {block} cannot be read ({type(error).__name__})"
            yield Channel(name or f"block-{block}", url, wants, trouble)


def from_block(block: str) -> str:
    """The URL that a Prefect Secret block holds."""
    from prefect.blocks.system import Secret

    return str(Secret.load(block).get())  # type: ignore[union-attr]  # called from where no event loop runs


def key_of(url: str) -> str:
    """A name that does not tell the secret: the service and eight digits of a hash."""
    return f"{url.split('://', 1)[0].lower()}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def wants_of(shared: AlertsSection, own: ChannelSection | None) -> Wants:
    """The filters of a channel: its own where it has them, else those of [alerts]."""

    def either(name: str) -> Any:
        value = getattr(own, name, None)
        return getattr(shared, name) if value is None else value

    mode = own.mode if own else "both"
    return Wants(
        countries=frozenset(either("countries")),
        sites=frozenset(either("sites")),
        statuses=frozenset(either("statuses")),
        min_confidence=either("min_confidence"),
        min_casualties=either("min_casualties"),
        incidents=mode != "digest",
        digest=mode != "instant",
        notices=own.notices if own else True,
    )


# --- text from outside, made harmless ---


def clean(text: str) -> str:
    """Text without control characters, direction overrides and halves of characters; newlines stay."""
    return "".join(c for c in text if c == "\n" or not steers(c))


def steers(char: str) -> bool:
    """Whether a character does anything but show."""
    return char in BIDI_CONTROLS or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")


def _in_its_direction(quote: re.Match[str]) -> str:
    return f"“{isolated(quote[1])}”"


def one_line(text: str) -> str:
    """A title, a mail header: one line, whatever it held."""
    return clean(" ".join(text.split()))


def escape(text: str, scheme: str, markdown: bool = False) -> str:
    """Text as this service must get it: it can neither call people nor mark up nor pass for a link."""
    if scheme == "slack":
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if markdown or scheme in RENDERS_MARKDOWN:
        text = MARKDOWN.sub(r"\\\1", text)
    if scheme in CALLS_PEOPLE:
        text = text.replace("@", "@\u200b")
    return text


def link(url: str, scheme: str) -> str:
    """An address that is one: http or https, with nothing in it that marks up or calls; else ''."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        return ""
    plain = quote(url, safe="%/:?#=&;,+.~-_$")
    if scheme == "slack":
        return plain.replace("&", "&amp;")
    return f"<{plain}>" if scheme == "discord" else plain  # in brackets: no preview, no markup


def render(message: Message, scheme: str, *, markdown: bool = False, room: int = 0) -> tuple[str, str]:
    """Title and body for a service. `room`: how many characters the body may have; 0: any number."""

    def own(text: str) -> str:
        return escape(text, scheme, markdown)

    lines = [own(QUOTED.sub(_in_its_direction, clean(line))) for line in message.lines]
    addresses = [(own(one_line(a.name)), link(a.url, scheme)) for a in message.links]
    lines += [f"{name}: {address}" if address else name for name, address in addresses]
    lines += [own(one_line(message.foot))] if message.foot else []
    # Apprise escapes a Slack title itself, and a Slack body only in a format that we do not use.
    title = one_line(message.title) if scheme == "slack" else own(one_line(message.title))
    return title, "\n".join(fitting(lines, room))


def fitting(lines: list[str], room: int) -> list[str]:
    """The lines that fit, counted as HTML needs them, and how many do not."""
    sizes = [len(html.escape(line)) + len("<br/>") for line in lines]
    if not room or sum(sizes) <= room:
        return lines
    room -= 40  # for the line that says so
    kept = 0
    while kept < len(lines) and sum(sizes[: kept + 1]) <= room:
        kept += 1
    if not kept:
        return [lines[0][: max(room // 6, 1)] + " …"]
    return [*lines[:kept], f"... and {len(lines) - kept} more lines"]


# --- sending ---


def send(channel: Channel, message: Message) -> str | None:
    """Send to one channel. None when it was taken, else what went wrong (never the URL). Never raises.

    One Apprise object a channel: its answer is one truth value over all targets; all but True is failure.
    """
    if channel.trouble:
        return channel.trouble
    answer: list[str | None] = []
    worker = threading.Thread(target=lambda: answer.append(_send(channel, message)), daemon=True)
    worker.start()
    worker.join(SEND_SECONDS)
    return answer[0] if answer else f"did not answer within {SEND_SECONDS:g} s"


def usable(channel: Channel) -> bool:
    """Whether Apprise knows the kind of URL and all parts are there; nothing is sent."""
    import apprise

    with Overheard():
        return bool(apprise.Apprise().add(channel.url))


def _send(channel: Channel, message: Message) -> str | None:
    import apprise

    with Overheard() as overheard:
        try:
            sender = apprise.Apprise(asset=apprise.AppriseAsset(async_mode=False))
            if not sender.add(channel.url):
                return "Apprise cannot use this URL; `basewatch doctor` says more"
            (service,) = sender
            if channel.scheme in RENDERS_MARKDOWN or channel.scheme == "slack":
                # Apprise's own Markdown would turn escaped mentions of outside text into real ones.
                service.notify_format = apprise.NotifyFormat.TEXT
            markdown = service.notify_format == apprise.NotifyFormat.MARKDOWN
            room = service.body_maxlen - min(service.title_maxlen or len(message.title), 250) - 50
            title, body = render(message, channel.scheme, markdown=markdown, room=max(room, 100))
            as_is = apprise.NotifyFormat.MARKDOWN if markdown else apprise.NotifyFormat.TEXT
            taken = sender.notify(title=title, body=body, body_format=as_is)
        except Exception as error:  # a service's plugin may raise anything; its text may hold the URL
            return f"{type(error).__name__} in the service's plugin"
    return None if taken is True else overheard.reason()


class Overheard(logging.Handler):
    """Listens to Apprise's warnings for the status that a service answered.

    The warnings themselves go nowhere: some repeat the URL with its secrets.
    """

    STATUS = re.compile(r"error=(\d{3})\b")

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: list[str] = []
        self._thread = threading.get_ident()

    def __enter__(self) -> Overheard:
        silence_libraries()
        logging.getLogger("apprise").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("apprise").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what this thread's send gave rise to."""
        if record.thread == self._thread:
            self._said.append(record.getMessage())

    def reason(self) -> str:
        """The status answered, where there was one."""
        codes = [m[1] for said in self._said if (m := self.STATUS.search(said))]
        return f"answered {codes[-1]}" if codes else "refused the message or did not answer"


def silence_libraries() -> None:
    """Keep Apprise and what it sends with out of every log: below WARNING they print tokens, and some
    warnings print the URL."""
    apprise_log = logging.getLogger("apprise")
    apprise_log.setLevel(logging.WARNING)
    apprise_log.propagate = False
    for name in ("urllib3", "requests"):
        logging.getLogger(name).setLevel(logging.ERROR)
