"""Page bytes -> Article, or a Rejection that says by name why it is none. Pure.

    bytes -> text (extract.decoding) -> one tree -> what kind of page? -> head, body -> Article

The head (title, moments, language, canonical address, outlet) is read by BeautifulSoup from the part of the
page before its body, and from JSON-LD wherever that stands; the body by trafilatura from the tree. White
space is settled here once: evidence offsets count in the title and text made here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.etree
import lxml.html
import trafilatura
from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from extract import decoding, urls
from extract.feeds import plain_text
from extract.moments import NOT_STATED, Moment, read_moment
from extract.records import Article, FeedEntry, Kind, Rejection, Source

EXTRACTOR = f"page/1 trafilatura/{trafilatura.__version__}"
FEED_EXTRACTOR = "feed/1"
TEXT_EXTRACTOR = "text/1"
MIN_TEXT = 120  # characters; a shorter body is a caption, a teaser or a failed page
MAX_NODES = 60_000
MAX_DEPTH = 400
MAX_CHARS = 6_000_000
_HEAD_CHARS = 300_000
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|LiveBlog|WebPage|Posting", re.IGNORECASE)


class _NoArticleError(Exception):
    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class _Dated:
    """A moment and where it was found."""

    moment: Moment
    found_in: str


@dataclass(frozen=True, slots=True)
class _Head:
    """What the page says about itself. Names of metas are in lower case."""

    metas: dict[str, str]
    title: str
    canonical: str | None
    amp: str | None
    language: str | None
    linked: tuple[dict[str, Any], ...]  # JSON-LD objects, flattened

    def meta(self, *names: str) -> str:
        return next((self.metas[name] for name in names if self.metas.get(name)), "")

    def linked_value(self, *keys: str) -> str:
        """The first of the keys that an article-like JSON-LD object has as text."""
        for key in keys:
            for node in self.linked:
                value = node.get(key)
                if isinstance(value, str) and value.strip() and _is_article(node):
                    return value.strip()
        return ""


def read_page(
    body: bytes,
    *,
    content_type: str,
    url: str,
    entry: FeedEntry | None,
    source: Source | None,
    now: dt.datetime,
) -> Article | Rejection:
    """The article on a page. Never raises for what a page may hold.

    `url` is the address that answered; `entry` the feed item that led here, `source` its feed. The reason of
    a rejection is a slug: pdf, not_html, empty, meta_refresh, consent_wall, soft_404, paywall, too_short,
    too_large.
    """
    try:
        return _read_page(body, content_type, url, entry, source, now)
    except _NoArticleError as no:
        subject = entry.entry_id if entry else url
        return Rejection(subject=subject, stage="scrape", reason=no.reason, detail=no.detail[:300])


def article_from_entry(entry: FeedEntry, source: Source) -> Article:
    """An article of a feed item's headline and summary alone, marked as such by its extractor."""
    title, text = _line(entry.title), tidy(entry.summary)
    if text.startswith(title):
        text = text[len(title) :].lstrip(" .:-–—|")
    return _article(
        url=entry.url,
        title=title,
        text=text,
        language=source.language,
        source=source,
        outlet=source.outlet,
        published=Moment(entry.published_at, entry.published_status),
        modified_at=None,
        seen_at=entry.seen_at,
        extractor=FEED_EXTRACTOR,
    )


def article_from_text(
    *,
    url: str,
    title: str,
    text: str,
    published: str | None,
    now: dt.datetime,
    language: str | None = None,
    outlet: str | None = None,
    family: str | None = None,
    kind: Kind | None = None,
    article_id: str | None = None,
) -> Article:
    """An article whose text is already known. Title and text are kept as they are: offsets count in them.

    `published` is a date string of any common form; a day alone is kept as that day's midnight UTC with
    status `naive`.
    """
    moment = read_moment(published, now)
    outlet = outlet or urls.host_of(url)
    return Article(
        article_id=article_id or urls.article_id(urls.canonical_url(url) or url),
        url=url,
        title=title,
        text=text,
        language=language,
        outlet=outlet,
        family=family or outlet,
        kind=kind,
        published_at=moment.at,
        published_status=moment.status,
        modified_at=None,
        seen_at=None,
        text_hash=_hash(title, text),
        fingerprint=fingerprint(f"{title}\n\n{text}"),
        extractor=TEXT_EXTRACTOR,
    )


def tidy(text: str) -> str:
    """Text with settled white space: paragraphs by one line break each, single blanks, no control characters.

    Doing it twice changes nothing.
    """
    lines = (_line(line) for line in re.split(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+", text))
    return "\n".join(line for line in lines if line)


_INVISIBLE = re.compile(
    r"[\u200b\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]"
)


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


# --- the page -----------------------------------------------------------------------------------------


def _read_page(
    body: bytes,
    content_type: str,
    url: str,
    entry: FeedEntry | None,
    source: Source | None,
    now: dt.datetime,
) -> Article:
    text = _markup(body, content_type)
    tree = _tree(text)
    head = _head(text, tree)
    _check_kind(head, tree, url)
    content = _body(tree)
    title = _title(head, tree, source, entry, url)
    published, modified = _published(head, tree, url, entry, now), _modified(head, now)
    if len(content) < MIN_TEXT:
        raise _NoArticleError(_why_short(head, tree, content), f"{len(content)} characters of text")
    address = _canonical(head, url)
    return _article(
        url=address,
        title=title,
        text=content,
        language=head.language or (source.language if source else None),
        source=source,
        outlet=source.outlet if source else _outlet(head, address),
        published=published.moment,
        modified_at=modified.moment.at,
        seen_at=entry.seen_at if entry else now,
        extractor=_extractor(head, tree, published, modified),
    )


def _article(
    *,
    url: str,
    title: str,
    text: str,
    language: str | None,
    source: Source | None,
    outlet: str,
    published: Moment,
    modified_at: dt.datetime | None,
    seen_at: dt.datetime | None,
    extractor: str,
) -> Article:
    return Article(
        article_id=urls.article_id(url),
        url=url,
        title=title,
        text=text,
        language=language,
        outlet=outlet,
        family=source.family if source else outlet,
        kind=source.kind if source else None,
        published_at=published.at,
        published_status=published.status,
        modified_at=modified_at,
        seen_at=seen_at,
        text_hash=_hash(title, text),
        fingerprint=fingerprint(f"{title}\n\n{text}"),
        extractor=extractor,
    )


def fingerprint(text: str) -> str:
    """The near-duplicate sketch of extract.voices."""
    try:
        voices = importlib.import_module("extract.voices")
    except ImportError:
        return ""
    return str(voices.fingerprint(text))


def _hash(title: str, text: str) -> str:
    return hashlib.sha256(f"{title}\n\n{text}".encode("utf-8", "replace")).hexdigest()


def _extractor(head: _Head, tree: Any, published: _Dated, modified: _Dated) -> str:
    """Who read the page, where the moments stand, and marks for care: `live_blog`, `paywall`."""
    parts = [EXTRACTOR, f"published={published.found_in}", f"modified={modified.found_in}"]
    if _is_live_blog(head):
        parts.append("live_blog")
    if _is_paywalled(head):
        parts.append("paywall")
    return " ".join(parts)


# --- what kind of page --------------------------------------------------------------------------------


def _markup(body: bytes, content_type: str) -> str:
    start = body[:1024].lstrip()
    kind = content_type.split(";")[0].strip().lower()
    if not start:
        raise _NoArticleError("empty", "no bytes")
    if start.startswith(b"%PDF-") or kind == "application/pdf":
        raise _NoArticleError("pdf", kind)
    if b"\x00" in start[:4] and not start.startswith((b"<\x00", b"\x00<", b"\xff\xfe", b"\xfe\xff")):
        raise _NoArticleError("not_html", kind or "binary")
    if kind.startswith(("image/", "audio/", "video/", "font/")) or start[:1] in (b"{", b"["):
        raise _NoArticleError("not_html", kind)
    text = decoding.decode_text(body, content_type).text
    if len(text) > MAX_CHARS:
        raise _NoArticleError("too_large", f"{len(text)} characters")
    if "<" not in text[:5000]:
        raise _NoArticleError("not_html", kind)
    return text


def _tree(text: str) -> Any:
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=False)
    clean = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(clean, parser=parser, ensure_head_body=True)
    except (lxml.etree.LxmlError, ValueError) as exc:
        raise _NoArticleError("not_html", str(exc)) from exc
    nodes = depth = deepest = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            nodes, depth = nodes + 1, depth + 1
            deepest = max(deepest, depth)
            if nodes > MAX_NODES or deepest > MAX_DEPTH:
                raise _NoArticleError("too_large", f"{nodes} elements, {deepest} deep")
        else:
            depth -= 1
    return tree


_CONSENT_HOSTS = re.compile(r"^(?:consent\.|guce\.|cmp\.|myprivacy\.|privacy-mgmt\.)")
_GONE_TITLE = re.compile(
    r"^\W*(?:error\s*)?(?:404\b|page (?:not found|cannot be found|does not exist)|not found\b|"
    r"(?:sorry,? )?(?:this |the )?page (?:isn.t|is not|is no longer) available|"
    r"we can.t find (?:that|the) page|الصفحة غير موجودة|لم يتم العثور على الصفحة)",
    re.IGNORECASE,
)


def _check_kind(head: _Head, tree: Any, url: str) -> None:
    if target := _refresh_target(tree, url):
        raise _NoArticleError("meta_refresh", target)
    if _CONSENT_HOSTS.match(urls.host_of(url)):
        raise _NoArticleError("consent_wall", url)
    heading = " ".join(tree.xpath("string(//h1)").split())[:200]
    if _GONE_TITLE.match(head.title) or _GONE_TITLE.match(heading):
        raise _NoArticleError("soft_404", head.title or heading)


def _refresh_target(tree: Any, url: str) -> str | None:
    """Where the page sends its reader at once. A page that only reloads itself is a page."""
    for node in tree.xpath(
        "//head/meta[@http-equiv and @content] | //noscript/meta[@http-equiv and @content]"
    ):
        if node.get("http-equiv").strip().lower() != "refresh" or node.getparent().tag == "noscript":
            continue
        match = re.match(r"\s*(\d+)[^;,]*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", node.get("content"), re.I)
        if match and int(match[1][:6]) <= 10:
            target = urls.canonical_url(match[2].strip(), url)
            own = urls.canonical_url(url)
            if target and own and urls.url_key(target) != urls.url_key(own):
                return target
    return None


def _is_live_blog(head: _Head) -> bool:
    return any("LiveBlogPosting" in _types(node) for node in head.linked)


def _is_paywalled(head: _Head) -> bool:
    for node in head.linked:
        value = node.get("isAccessibleForFree")
        if _is_article(node) and str(value).strip().lower() in ("false", "0"):
            return True
    return head.meta("article:content_tier") in ("locked", "metered")


def _why_short(head: _Head, tree: Any, content: str) -> str:
    if _is_paywalled(head):
        return "paywall"
    return "too_short"


# --- the head -----------------------------------------------------------------------------------------


def _head(text: str, tree: Any) -> _Head:
    end = text.find("</head>", 0, _HEAD_CHARS)
    part = text[: end if end >= 0 else min(len(text), 60_000)]
    soup = BeautifulSoup(part, "lxml", parse_only=SoupStrainer(["meta", "link", "title"]))
    metas: dict[str, str] = {}
    for node in soup.find_all("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = node.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            metas.setdefault(name.strip().lower(), content.strip())
    links: dict[str, str] = {}
    for node in soup.find_all("link", href=True):
        for rel in node.get_attribute_list("rel"):
            links.setdefault(str(rel).lower(), str(node.get("href")))
    titled = soup.find("title")
    return _Head(
        metas=metas,
        title=_line(titled.get_text()) if titled else "",
        canonical=links.get("canonical"),
        amp=links.get("amphtml"),
        language=_language(tree.get("lang") or metas.get("og:locale") or metas.get("language")),
        linked=tuple(_linked_data(tree)),
    )


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of the page, however nested; broken scripts are passed over."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:30]:
        try:
            data = json.loads((script.text or "").strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _flattened(data)


def _flattened(data: Any) -> Iterator[dict[str, Any]]:
    stack, seen = [data], 0
    while stack and seen < 500:
        node = stack.pop()
        seen += 1
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            stack.extend(reversed([node[key] for key in ("@graph", "mainEntity", "hasPart") if key in node]))


def _types(node: dict[str, Any]) -> tuple[str, ...]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return tuple(str(one) for one in values if one)


def _is_article(node: dict[str, Any]) -> bool:
    return any(_ARTICLE_TYPES.search(name) for name in _types(node))


def _language(value: str | None) -> str | None:
    low = (value or "").strip().lower().replace("_", "-").split("-")[0]
    return low if re.fullmatch(r"[a-z]{2,3}", low) else None


def _outlet(head: _Head, url: str) -> str:
    return _line(head.meta("og:site_name", "application-name")) or urls.host_of(url)


def _canonical(head: _Head, url: str) -> str:
    """The address that the page gives itself, where it is one on the same site and of a page."""
    own = urls.canonical_url(url) or url
    for given in (head.canonical, head.meta("og:url")):
        if not given:
            continue
        address = urls.canonical_url(given, own)
        if address and _same_site(address, own) and not _is_front(address):
            return address
    return own


def _same_site(one: str, other: str) -> bool:
    return urls.host_of(one).split(".")[-2:] == urls.host_of(other).split(".")[-2:]


def _is_front(url: str) -> bool:
    return re.fullmatch(r"https?://[^/]+/?(?:[a-z]{2}/?)?", url) is not None


# --- title --------------------------------------------------------------------------------------------

_SEPARATOR = re.compile(r"\s+(?:[|–—\-·•»:]|::)\s+|\s*\|\s*")


def _title(head: _Head, tree: Any, source: Source | None, entry: FeedEntry | None, url: str) -> str:
    headings = [_line(" ".join(node.itertext())) for node in tree.xpath("//h1")[:3]]
    names = _outlet_names(head, source, url)
    candidates = [
        plain_text(head.meta("og:title")),
        plain_text(head.linked_value("headline")),
        plain_text(head.meta("twitter:title")),
        headings[0] if len(headings) == 1 else "",
        head.title,
        entry.title if entry else "",
    ]
    for candidate in candidates:
        title = _without_outlet(_line(candidate), names, headings)
        if title and title.lower() not in names:
            return title
    return ""


def _outlet_names(head: _Head, source: Source | None, url: str) -> frozenset[str]:
    host = urls.host_of(url)
    names = {host, host.split(".")[0], host.split(".")[-2] if "." in host else host}
    names.add(head.meta("og:site_name").lower())
    names.add(head.meta("application-name").lower())
    if source:
        names |= {source.outlet.lower(), source.family.lower()}
    for node in head.linked:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            names.add(publisher["name"].lower())
    return frozenset(name.strip() for name in names if name.strip())


def _without_outlet(title: str, names: frozenset[str], headings: list[str]) -> str:
    """The title before its last separator, where what follows is the outlet, or what precedes a heading."""
    splits = list(_SEPARATOR.finditer(title))
    for split in splits:
        if title[: split.start()] in headings:
            return title[: split.start()]
    while splits:
        split = splits.pop()
        if not _names_outlet(title[split.end() :], names):
            break
        title = title[: split.start()]
    return title


def _names_outlet(words: str, names: frozenset[str]) -> bool:
    low = words.lower().strip()
    squeezed = re.sub(r"\W+", "", low)
    return any(low == name or squeezed == re.sub(r"\W+", "", name) for name in names)


# --- moments ------------------------------------------------------------------------------------------

_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "publishdate", "publish-date", "pubdate", "publication_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dcterms.date", "date", "article.published", "published_at",
    "originalpublicationdate", "last-modified-date-created", "article_date_original", "ptime",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "lastmod",
    "dcterms.modified", "dc.date.modified", "last-modified", "revisiondate", "utime",
)  # fmt: skip


def _published(head: _Head, tree: Any, url: str, entry: FeedEntry | None, now: dt.datetime) -> _Dated:
    """When the page says it was published; its own word first, then the feed's, then the address'."""
    found = [dated for dated in _published_on_page(head, tree, now) if dated.moment.at is not None]
    feed = _Dated(Moment(entry.published_at, entry.published_status), "feed") if entry else None
    if not found and feed and feed.moment.at:
        return feed
    if not found:
        return _inferred(tree, url, now)
    best = next((dated for dated in found if dated.moment.status == "found"), found[0])
    if best.moment.status != "found" and feed and feed.moment.status == "found" and _near(best, feed):
        return feed
    return best


def _near(one: _Dated, other: _Dated) -> bool:
    a, b = one.moment.at, other.moment.at
    return a is not None and b is not None and abs(a - b) <= dt.timedelta(hours=26)


def _published_on_page(head: _Head, tree: Any, now: dt.datetime) -> Iterator[_Dated]:
    yield _Dated(read_moment(head.linked_value("datePublished", "dateCreated"), now), "jsonld")
    for name in _PUBLISHED_METAS:
        if head.metas.get(name):
            yield _Dated(read_moment(head.metas[name], now), f"meta:{name}")
    for node in tree.xpath("//*[@itemprop='datePublished']")[:3]:
        text = node.get("datetime") or node.get("content") or node.text
        yield _Dated(read_moment(text, now), "itemprop")
    for node in tree.xpath("//time[@datetime]")[:3]:
        yield _Dated(read_moment(node.get("datetime"), now), "time")


def _inferred(tree: Any, url: str, now: dt.datetime) -> _Dated:
    if match := re.search(r"/(20\d\d)/(\d{1,2})/(\d{1,2})(?=/|-)", url):
        moment = read_moment("-".join(match.groups()), now)
        if moment.at is not None:
            return _Dated(Moment(moment.at, "inferred", precise=False), "url")
    return _Dated(NOT_STATED, "none")


def _modified(head: _Head, now: dt.datetime) -> _Dated:
    linked = _Dated(read_moment(head.linked_value("dateModified"), now), "jsonld")
    if linked.moment.at is not None:
        return linked
    for name in _MODIFIED_METAS:
        moment = read_moment(head.metas.get(name), now)
        if moment.at is not None:
            return _Dated(moment, f"meta:{name}")
    return _Dated(NOT_STATED, "none")


# --- the body -----------------------------------------------------------------------------------------


def _body(tree: Any) -> str:
    """The article's own words. An empty string where there are none."""
    try:
        document = trafilatura.bare_extraction(
            tree, favor_precision=True, include_comments=False, include_tables=False, with_metadata=False
        )
    except (ValueError, RecursionError, lxml.etree.LxmlError):
        return ""
    text = getattr(document, "text", None) if document is not None else None
    return tidy(text or "")
