"""Feed bytes -> entries. RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed, news sitemaps. Pure.

    bytes -> unpacked -> text (extract.decoding) -> parser by kind -> raw items -> FeedEntry

What is read is kept and what was wrong is told (`defect`); a body that is no feed is a failure, and "no
entries" is only said of a feed that is well formed. Titles and summaries come out as plain text. Nothing
that a feed names is opened: no entity, no DTD, no reference.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import feedparser
import lxml.etree
import lxml.html

from extract import decoding, urls
from extract.moments import NOT_STATED, Moment, checked, read_moment
from extract.records import FailureReason, FeedEntry, FetchFailure

MAX_ENTRIES = 10_000
MAX_BODY_BYTES = 20_000_000
MAX_TITLE = 1_000
MAX_SUMMARY = 20_000
_MAX_MARKUP = 200_000  # of one title or summary
_MAX_TAGS = 400_000  # some 16 microseconds each; 10,000 entries have about 240,000
_MAX_DEPTH = 3_000  # of one entry, HTML in it included; memory goes with it
_MAX_ATTRIBUTES = 100  # of one element; the XML reader's time is quadratic in them
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|(<[A-Za-z_:](?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""=\s*["']""")
_ITEM = re.compile(r"<(?:[A-Za-z0-9]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_NESTING = re.compile(r"<(?:(/)|(?:[a-z0-9]+:)?(item|entry)[\s>]|[a-z_:])", re.IGNORECASE)
_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED_ROOT = re.compile(r"<(?:[A-Za-z0-9]+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_SITEMAP_ROOT = re.compile(r"<(?:[A-Za-z0-9]+:)?(urlset|sitemapindex)\b", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a feed's bytes hold. `failure` is set where they are no feed, or an empty one with a defect."""

    entries: tuple[FeedEntry, ...]
    defect: str | None
    failure: FetchFailure | None
    title: str
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One item as the feed has it, before addresses and dates are judged."""

    link: str | None
    guid: str | None
    title: str
    summary: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class _Feed:
    items: Iterable[_Item]
    defects: tuple[str, ...]
    well_formed: bool  # charset trouble aside
    title: str
    language: str | None


class _NotAFeedError(Exception):
    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


def parse_feed(
    body: bytes,
    *,
    content_type: str,
    url: str,
    source_id: str,
    now: dt.datetime,
    max_entries: int = MAX_ENTRIES,
) -> ParsedFeed:
    """Read a feed. Never raises for what a feed may hold.

    `url` is the address that answered: relative links count from it. `now` (aware UTC) becomes `seen_at`,
    and dates later than a day after it are implausible.
    """
    try:
        feed = _read(body, content_type, now)
        entries, defects = _entries(feed, url=url, source_id=source_id, now=now, limit=max_entries)
        if not entries and not feed.well_formed:
            raise _NotAFeedError("parse", "; ".join(defects))
    except _NotAFeedError as no:
        failure = FetchFailure(
            url=url,
            reason=no.reason,
            detail=no.detail[:300],
            temporary=True,
            status=None,
            retry_after_at=None,
            failed_at=now,
        )
        return ParsedFeed(entries=(), defect=no.detail[:300], failure=failure, title="", language=None)
    return ParsedFeed(
        entries=entries,
        defect="; ".join(defects)[:500] or None,
        failure=None,
        title=feed.title[:MAX_TITLE],
        language=feed.language,
    )


def plain_text(markup: str) -> str:
    """The words of a piece of HTML on one line; scripts, styles and comments are no words."""
    if "<" not in markup and "&" not in markup:
        return _one_line(markup)
    try:
        root = lxml.html.fragment_fromstring(markup[:_MAX_MARKUP].replace("\x00", ""), create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        return _one_line(re.sub(r"<[^>]*>", " ", markup[:_MAX_MARKUP]))
    return _one_line("".join(_words(root)))


_UNSPOKEN = frozenset(["script", "style", "noscript", "template", "iframe", "object", "svg"])
_INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "cite", "em", "font", "i", "mark", "q", "s", "small", "span"]
)
_INLINE |= {"strong", "sub", "sup", "u", "wbr", "code"}


def _words(root: Any) -> Iterator[str]:
    """The text of a tree; blocks are parted by blanks."""
    silent = 0
    for event, node in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not silent:
                yield node.tail or ""
            continue
        unspoken = node.tag in _UNSPOKEN
        if event == "start":
            silent += unspoken
            if not silent:
                yield ("" if node.tag in _INLINE else " ") + (node.text or "")
        else:
            silent -= unspoken
            if not silent:
                yield ("" if node.tag in _INLINE else " ") + (node.tail or "")


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text.replace("\x00", "")).strip()


# --- which kind of feed -------------------------------------------------------------------------------


def _read(body: bytes, content_type: str, now: dt.datetime) -> _Feed:
    if not body.strip(b"\x00\t\n\r "):
        raise _NotAFeedError("empty", "no bytes")
    try:
        body = decoding.gunzip_if_gzip(body, MAX_BODY_BYTES)
    except decoding.OversizeError as exc:
        raise _NotAFeedError("too_large", str(exc)) from exc
    except decoding.UndecodableError as exc:
        raise _NotAFeedError("decode", str(exc)) from exc
    decoded = decoding.decode_text(body, content_type)
    text = decoded.text.lstrip("\ufeff \t\r\n\x00")
    defects = (decoded.defect,) if decoded.defect else ()
    if text.startswith("{"):
        return _json_feed(text, defects, now)
    head = _without_comments(text[:20_000])
    if _HTML_START.match(head) and not _FEED_ROOT.search(head):
        raise _NotAFeedError("not_a_feed", "a web page")
    if (match := _SITEMAP_ROOT.search(head)) and not _FEED_ROOT.search(head[: match.start()]):
        return _sitemap(text, defects, now)
    return _syndicated(text, defects, now)


def _without_comments(head: str) -> str:
    """What follows the comments and instructions at the start."""
    for _ in range(50):
        head = head.lstrip()
        ending = "-->" if head.startswith("<!--") else "?>" if head.startswith("<?") else None
        if ending is None or ending not in head:
            break
        head = head[head.index(ending) + len(ending) :]
    return head


# --- RSS and Atom -------------------------------------------------------------------------------------


def _syndicated(text: str, defects: tuple[str, ...], now: dt.datetime) -> _Feed:
    """By feedparser, on bytes whose encoding is already settled."""
    bounded, cut = _bounded(text)
    defects = (*defects, *cut)
    clean = _XML_DECLARATION.sub("", bounded).encode("utf-8", "replace")
    parsed = feedparser.parse(
        io.BytesIO(clean),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version") and not parsed.entries:
        raise _NotAFeedError("not_a_feed", f"starts with {_one_line(text[:60])!r}")
    if parsed.get("bozo"):
        defects = (*defects, f"ill-formed: {_one_line(str(parsed.get('bozo_exception', '')))[:200]}")
    feed = parsed.feed
    return _Feed(
        items=(_syndicated_item(entry, now) for entry in parsed.entries),
        defects=defects,
        well_formed=not parsed.get("bozo") and not cut,
        title=plain_text(str(feed.get("title") or "")),
        language=_language(dict.get(feed, "language")),
    )


def _bounded(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as far as it can be read in a few seconds, and why it was cut."""
    cut: tuple[str, ...] = ()
    if len(text) > 60_000:  # below that there is no room for so many
        for number, match in enumerate(_ITEM.finditer(text)):
            if number > MAX_ENTRIES:
                return text[: match.start()], (f"more than {MAX_ENTRIES} entries",)
    tags = text.count("<")
    if tags > _MAX_TAGS:
        ends = (match.start() for match in re.finditer("<", text))
        text, cut = text[: next(itertools.islice(ends, _MAX_TAGS, None))], (f"more than {_MAX_TAGS} tags",)
    if tags > _MAX_DEPTH and (deep := _too_deep_at(text)) is not None:
        text, cut = text[:deep], (*cut, f"nested more than {_MAX_DEPTH} deep")
    for tag in _TAG.finditer(text):
        start = tag[1] or ""
        if len(start) > 4 * _MAX_ATTRIBUTES and len(_ATTRIBUTE.findall(start)) > _MAX_ATTRIBUTES:
            return text[: tag.start()], (*cut, f"an element with more than {_MAX_ATTRIBUTES} attributes")
    return text, cut


def _too_deep_at(text: str) -> int | None:
    """Where the nesting passes the limit. Counted from each entry anew: HTML leaves many tags open."""
    depth = 0
    for match in _NESTING.finditer(text):
        depth = 0 if match[2] else depth - 1 if match[1] else depth + 1
        if depth > _MAX_DEPTH:
            return match.start()
    return None


def _syndicated_item(entry: Any, now: dt.datetime) -> _Item:
    contents = [str(dict.get(part, "value") or "") for part in dict.get(entry, "content") or []]
    bodies = [str(dict.get(entry, "summary") or ""), *contents]
    return _Item(
        link=_link(entry),
        guid=_one_line(str(dict.get(entry, "id") or "")) or None,
        title=_text_of(dict.get(entry, "title"), dict.get(entry, "title_detail")),
        summary=max((plain_text(body) for body in bodies), key=len),
        moment=_moment(entry, now),
    )


def _link(entry: Any) -> str | None:
    """The page's address: what a feed proxy replaced first, then the link, then a guid that is one."""
    for key in ("feedburner_origlink", "pheedo_origlink", "link"):
        if value := dict.get(entry, key):
            return str(value)
    for link in dict.get(entry, "links") or []:
        if dict.get(link, "rel") in (None, "alternate") and dict.get(link, "href"):
            return str(dict.get(link, "href"))
    guid = str(dict.get(entry, "id") or "")
    return guid if guid.startswith(("http://", "https://")) else None


def _text_of(value: Any, detail: Any) -> str:
    text = str(value or "")
    if detail is not None and dict.get(detail, "type") == "text/plain":
        return _one_line(text)
    return plain_text(text)


def _moment(entry: Any, now: dt.datetime) -> Moment:
    """Publication before update; the string itself before what the parser made of it."""
    best = NOT_STATED
    for key in ("published", "updated", "created"):
        text = dict.get(entry, key)
        if not text:
            continue
        moment = read_moment(str(text), now)
        parsed = dict.get(entry, f"{key}_parsed")
        if moment.status == "not_stated" and parsed is not None:
            moment = _from_struct(parsed, now)
        if moment.at is not None:
            return moment
        best = moment if best.status == "not_stated" else best
    return best


def _from_struct(parsed: Any, now: dt.datetime) -> Moment:
    try:
        year, month, day, hour, minute, second = parsed[:6]
        moment = dt.datetime(year, month, day, hour, minute, min(second, 59), tzinfo=dt.UTC)
    except (TypeError, ValueError):
        return Moment(None, "implausible")
    return checked(moment, zoned=False, now=now)


# --- JSON Feed ----------------------------------------------------------------------------------------


def _json_feed(text: str, defects: tuple[str, ...], now: dt.datetime) -> _Feed:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise _NotAFeedError("parse", f"JSON: {type(exc).__name__}") from exc
    items = data.get("items")
    if not isinstance(items, list) or not str(data.get("version", "")).find("jsonfeed.org") >= 0:
        raise _NotAFeedError("not_a_feed", "JSON, but no JSON Feed")
    return _Feed(
        items=(_json_item(item, now) for item in items if isinstance(item, dict)),
        defects=defects,
        well_formed=True,
        title=_one_line(_string(data.get("title"))),
        language=_language(data.get("language")),
    )


def _json_item(item: dict[str, Any], now: dt.datetime) -> _Item:
    bodies = (
        _one_line(_string(item.get("content_text"))),
        plain_text(_string(item.get("content_html"))),
        _one_line(_string(item.get("summary"))),
    )
    moments = [read_moment(_string(item.get(key)), now) for key in ("date_published", "date_modified")]
    guid = item.get("id")
    return _Item(
        link=_string(item.get("url")) or _string(item.get("external_url")) or None,
        guid=str(guid) if isinstance(guid, str | int | float) and str(guid) else None,
        title=_one_line(_string(item.get("title"))),
        summary=max(bodies, key=len),
        moment=next((moment for moment in moments if moment.at is not None), moments[0]),
    )


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


# --- news sitemaps ------------------------------------------------------------------------------------


def _sitemap(text: str, defects: tuple[str, ...], now: dt.datetime) -> _Feed:
    parser = lxml.etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    clean = _XML_DECLARATION.sub("", text).encode("utf-8", "replace")
    try:
        root = lxml.etree.fromstring(clean, parser)
    except lxml.etree.LxmlError as exc:
        raise _NotAFeedError("parse", f"sitemap: {exc}") from exc
    if root is None:
        raise _NotAFeedError("parse", "sitemap: nothing readable")
    if _local(root) == "sitemapindex":
        raise _NotAFeedError("not_a_feed", "an index of sitemaps; one of those it lists is wanted")
    if len(parser.error_log):
        defects = (*defects, f"ill-formed: {parser.error_log[0].message[:200]}")
    return _Feed(
        items=(_sitemap_item(node, now) for node in root if _local(node) == "url"),
        defects=defects,
        well_formed=not len(parser.error_log),
        title="",
        language=None,
    )


def _sitemap_item(node: Any, now: dt.datetime) -> _Item:
    values: dict[str, str] = {}
    for child in node.iter():
        values.setdefault(_local(child), (child.text or "").strip())
    moments = [read_moment(values.get(key), now) for key in ("publication_date", "lastmod")]
    return _Item(
        link=values.get("loc") or None,
        guid=None,
        title=_one_line(values.get("title", "")),
        summary="",
        moment=next((moment for moment in moments if moment.at is not None), moments[0]),
    )


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


# --- items to entries ---------------------------------------------------------------------------------


def _entries(
    feed: _Feed, *, url: str, source_id: str, now: dt.datetime, limit: int
) -> tuple[tuple[FeedEntry, ...], tuple[str, ...]]:
    """Entries in the feed's order, each once, and all defects.

    An entry is its guid, or its link where it has none, or else its words. A guid that several different
    links share is no identity (some generators write the site's address there) and the link counts
    instead. An item whose link is no web address is kept with an empty `url`: its headline may be news.
    """
    items: list[tuple[_Item, str]] = []
    homeless = 0
    defects = list(feed.defects)
    for number, item in enumerate(feed.items):
        if number >= limit:
            defects.append(f"more than {limit} entries")
            break
        link = urls.canonical_url(item.link, url) if item.link else None
        homeless += link is None
        items.append((item, link or ""))
    if homeless:
        defects.append(f"{homeless} entries without a web address")
    shared = _shared_guids(items)
    found: dict[str, FeedEntry] = {}
    for item, link in items:
        entry = _entry(item, link, source_id, shared, now)
        found.setdefault(entry.entry_id, entry)
    return tuple(found.values()), tuple(defects)


def _shared_guids(items: list[tuple[_Item, str]]) -> frozenset[str]:
    pairs = {(item.guid, urls.url_key(link)) for item, link in items if item.guid and link}
    counts = Counter(guid for guid, _ in pairs)
    return frozenset(guid for guid, count in counts.items() if guid and count > 1)


def _entry(item: _Item, link: str, source_id: str, shared: frozenset[str], now: dt.datetime) -> FeedEntry:
    guid = item.guid[: urls.MAX_URL_LENGTH] if item.guid else None
    identity: tuple[str, ...]
    if (guid is None or guid in shared) and link:
        identity = ("entry", source_id, "link", urls.url_key(link))
    elif guid is None or guid in shared:
        identity = ("entry", source_id, "words", item.title, item.summary, str(item.moment.at))
    else:
        as_url = None if "#" in guid else urls.canonical_url(guid)  # a fragment may be what tells them apart
        identity = ("entry", source_id, "guid", urls.url_key(as_url) if as_url else guid)
    return FeedEntry(
        entry_id=urls.stable_id(*identity),
        source_id=source_id,
        url=link,
        guid=guid,
        title=item.title[:MAX_TITLE],
        summary=item.summary[:MAX_SUMMARY],
        published_at=item.moment.at,
        published_status=item.moment.status,
        seen_at=now,
    )


def _language(value: Any) -> str | None:
    text = str(value or "").strip().lower().replace("_", "-").split("-")[0]
    return text if re.fullmatch(r"[a-z]{2,3}", text) else None
