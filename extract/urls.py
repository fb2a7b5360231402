"""One address for one page: canonical URLs, unwrapped links, stable ids. Pure, no network.

`canonical_url` gives an address that may still be fetched: it only takes away what is known to be noise
(data/url_params.csv, fragments, AMP marks, redirector wrappers). `url_key` goes further, for comparing
only: http and https, www and mobile hosts, and a closing slash count as the same page.
"""

from __future__ import annotations

import base64
import binascii
import csv
import functools
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from extract.errors import KnowledgeError

MAX_URL_LENGTH = 4096  # longer ones are traps or broken; browsers and servers give up around here too
_PARAMS_FILE = Path(__file__).parent / "data" / "url_params.csv"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROLS = re.compile(r"\s*[\r\n\t]\s*|[\x00-\x1f\x7f]")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = "%:@!$&'()*+,;=~-._/?[]"
_AMP_SUFFIX = re.compile(r"(?<=[^/])(?:/amp/?|\.amp(?:\.html?)?)$")
_SAME_SITE_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_GOOGLE_NEWS_PATH = re.compile(r"^/(?:rss/)?(?:__i/rss/rd/)?(?:articles|read)/([A-Za-z0-9_-]+=*)")

# Redirectors that carry the target in the open: host -> (path prefix, parameters that hold it).
_REDIRECTORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "www.google.com": ("/url", ("url", "q")),
    "google.com": ("/url", ("url", "q")),
    "www.bing.com": ("/news/apiclick", ("url",)),
    "l.facebook.com": ("/l.php", ("u",)),
    "lm.facebook.com": ("/l.php", ("u",)),
    "www.youtube.com": ("/redirect", ("q",)),
    "out.reddit.com": ("/", ("url",)),
}


@dataclass(frozen=True, slots=True)
class _Params:
    """The noise list: names dropped anywhere, name prefixes, and names dropped on one host only."""

    names: frozenset[str]
    prefixes: tuple[str, ...]
    by_host: frozenset[tuple[str, str]]

    def is_noise(self, name: str, host: str) -> bool:
        low = name.lower()
        if low in self.names or low.startswith(self.prefixes):
            return True
        return any((part, low) in self.by_host for part in _host_and_parents(host))


def stable_id(*parts: str) -> str:
    """16 hex digits that depend on the parts and their boundaries only."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def canonical_url(url: str, base: str | None = None) -> str | None:
    """One spelling for one page, or None where it is no web page's address.

    Relative addresses need `base`. Anything but http and https gives None, and so does an address with a
    user name in it, without a host, or longer than MAX_URL_LENGTH. Doing it twice changes nothing.
    """
    current = _clean(url, base)
    for _ in range(4):  # wrappers may be wrapped; four deep is no link any more
        inner = None if current is None else _unwrapped(current)
        if inner is None:
            return current
        current = _clean(inner, None)
    return None


def url_key(url: str) -> str:
    """What two addresses of one page have in common. For comparing and ids; not for fetching."""
    parts = urlsplit(url)
    host = _SAME_SITE_PREFIX.sub("", parts.netloc)
    path = "/".join(segment for segment in parts.path.split("/") if segment != "amp").rstrip("/")
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def article_id(url: str) -> str:
    """The id of the page at a canonical URL."""
    return stable_id("article", url_key(url))


def host_of(url: str) -> str:
    """The host's name in lower case without port or `www.`; empty where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def is_aggregator_wrapper(url: str) -> bool:
    """Whether the address leads to the outlet's page only by running the aggregator's scripts."""
    parts = urlsplit(url)
    return parts.hostname == "news.google.com" and _GOOGLE_NEWS_PATH.match(parts.path) is not None


def _clean(url: str, base: str | None) -> str | None:
    text = _CONTROLS.sub("", url.strip())  # line breaks come from wrapped XML; a blank may belong to it
    if not text or len(text) > MAX_URL_LENGTH:
        return None
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port = parts.port
        host = _host(parts.hostname)
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or host is None or "@" in parts.netloc or "\\" in parts.netloc:
        return None
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _AMP_SUFFIX.sub("", _path(parts.path)) or "/"
    cleaned = urlunsplit((scheme, netloc, path, _query(parts.query, host), ""))
    return cleaned if len(cleaned) <= MAX_URL_LENGTH else None


def _host(name: str | None) -> str | None:
    if not name:
        return None
    low = name.lower().rstrip(".")
    if ":" in low:
        return f"[{low}]"
    if not low.isascii():
        low = low.encode("idna").decode("ascii")  # UnicodeError is a ValueError: no such host
    if not low or re.search(r"[^a-z0-9._~!$&'()*+,;=-]", low):
        return None
    return low


def _path(path: str) -> str:
    quoted = _percent(quote(path, safe=_PATH_SAFE))
    out: list[str] = []
    segments = quoted.split("/")
    for segment in segments:
        if segment == "..":
            if len(out) > 1:
                out.pop()
        elif segment != ".":
            out.append(segment)
    if segments[-1] in {".", ".."}:
        out.append("")
    return "/".join(out)


def _query(query: str, host: str) -> str:
    if not query:
        return ""
    noise = _params()
    kept = [
        pair
        for pair in query.split("&")
        if pair and not noise.is_noise(unquote(pair.partition("=")[0]).strip(), host)
    ]
    return _percent(quote("&".join(kept), safe=_QUERY_SAFE))


def _percent(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else match[0].upper()

    return _PERCENT.sub(one, text)


def _unwrapped(url: str) -> str | None:
    """The address inside a redirector, an AMP cache or an old Google News link; None where there is none."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if redirector := _REDIRECTORS.get(host):
        prefix, names = redirector
        if parts.path.startswith(prefix):
            values = dict(parse_qsl(parts.query))
            return next((values[name] for name in names if values.get(name, "").startswith("http")), None)
    if host in {"www.google.com", "google.com"} and parts.path.startswith("/amp/"):
        return _after_amp(parts.path.removeprefix("/amp/"))
    if host.endswith(".cdn.ampproject.org") and (match := re.match(r"/[cvi]/(.+)", parts.path)):
        return _after_amp(match[1])
    if host == "news.google.com" and (match := _GOOGLE_NEWS_PATH.match(parts.path)):
        return _google_news_target(match[1])
    return None


def _after_amp(rest: str) -> str:
    return f"https://{rest.removeprefix('s/')}" if rest.startswith("s/") else f"http://{rest}"


def _google_news_target(token: str) -> str | None:
    """Links made before 2024 hold the address itself in a small binary message; later ones do not."""
    try:
        raw = base64.urlsafe_b64decode(token.rstrip("=") + "=" * (-len(token.rstrip("=")) % 4))
    except (binascii.Error, ValueError):
        return None
    if match := re.search(rb"\x22(?:[\x00-\x7f]|[\x80-\xff][\x01-\x7f])(https?://[\x21-\x7e]+)", raw):
        return match[1].decode("ascii")
    return None


def _host_and_parents(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


@functools.cache
def _params() -> _Params:
    names: set[str] = set()
    prefixes: set[str] = set()
    by_host: set[tuple[str, str]] = set()
    with _PARAMS_FILE.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            name, host = row["param"].lower(), row["host"].lower()
            if not name or not row["vendor"]:
                raise KnowledgeError(_PARAMS_FILE.name, number, "needs a param and a vendor")
            if host and not name.endswith("*"):
                by_host.add((host, name))
            elif name.endswith("*"):
                prefixes.add(name.removesuffix("*"))
            else:
                names.add(name)
    return _Params(frozenset(names), tuple(sorted(prefixes)), frozenset(by_host))
