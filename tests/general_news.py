"""General news pages of our own making, of the size and make-up of real ones, and WARC files of them.

The words are ours and mean nothing; what matters is what they are made of: page furniture, scripts, styles,
related headlines and bodies over the subjects of a newspaper. About one page in a hundred is world news that
names our theatre, as in a real newspaper; others hold words that look like its names (ambassador, Jordan as a first
name, victory, hill, pasado).
"""

# ruff: noqa: E501, S311, SIM905  (markup on long lines; random numbers that only make text)

from __future__ import annotations

import functools
import gzip
import html
import io
import random
import tomllib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

GOLDEN = Path(__file__).parent / "golden"

_SUBJECTS = (
    ("council", "budget", "school", "road", "mayor", "tram", "library", "housing", "planning", "hill"),
    ("striker", "goal", "victory", "coach", "league", "Michael Jordan", "penalty", "transfer", "season", "shot", "target"),
    ("bank", "shares", "profit", "inflation", "rates", "oil", "market", "union", "strike", "factory", "tariff"),
    ("film", "festival", "actor", "series", "album", "stage", "award", "tower", "studio", "premiere", "hit"),
    ("senator", "ambassador", "vote", "bill", "Washington", "U.S.", "court", "election", "foreign", "president"),
    ("storm", "fire", "rescue", "river", "flood", "police", "blast", "shelter", "crews", "highway", "bomb"),
    ("phone", "app", "chip", "software", "rocket", "satellite", "launch", "battery", "robot", "drone", "camera"),
    ("recipe", "garden", "kitchen", "market", "butter", "quesadilla", "tomato", "oven", "salad", "supper", "wine"),
    ("vaccine", "hospital", "doctor", "study", "patients", "cancer", "trial", "clinic", "nurses", "surgery"),
)  # fmt: skip
_COMMON = (
    "the of and to in a for on that with as at from by was were has had it they their this will would more after "
    "before new two people year week last first over about when while because between against under us American"
).split()
_WORLD = ("Iraq", "Syria", "Baghdad", "Damascus", "Jordanian", "Erbil", "coalition", "attack", "talks", "aid")
_CONSONANTS, _VOWELS = "cdfgklmnprtv", "aeiou"


@functools.cache
def _rare() -> tuple[str, ...]:
    """Words that no list has, as half of any text is; of letters that make no name of ours."""
    rng = random.Random(5)
    return tuple(
        "".join(rng.choice(_CONSONANTS) + rng.choice(_VOWELS) for _ in range(rng.randint(2, 4))) for _ in range(3000)
    )  # fmt: skip


def paragraphs(number: int, count: int, *, world: bool = False) -> list[str]:
    """Paragraphs on one subject; the same for the same number."""
    rng = random.Random(number)
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    pool = subject + (_WORLD if world else ())
    return [" ".join(_sentence(rng, pool) for _ in range(rng.randint(2, 5))) for _ in range(count)]


def _sentence(rng: random.Random, pool: tuple[str, ...]) -> str:
    kinds = (_COMMON, _rare(), pool)
    words = [rng.choice(rng.choices(kinds, (5, 4, 2))[0]) for _ in range(rng.randint(9, 26))]
    return (words[0].capitalize() + " " + " ".join(words[1:])) + "."


@dataclass(frozen=True)
class _Furniture:
    """What an outlet has on every page."""

    head: str  # metas, links, styles, a script with data
    top: str  # menus
    foot: str  # cards of other stories, icons, a script


@functools.cache
def _furniture(number: int) -> _Furniture:
    """Of one of the outlets; in number of elements and share of code like the middle one of 439 real pages, somewhat smaller."""
    rng = random.Random(1000 + number)
    rare = _rare()

    def name() -> str:
        return f"{rng.choice(rare)}-{rng.choice(rare)}__{rng.choice(rare)}"

    def key() -> str:
        return f"{rng.getrandbits(160):040x}"

    def repeat(count: int, make: Callable[[], str]) -> str:
        return "".join(make() for _ in range(count))

    style = repeat(
        300, lambda: f".{name()}{{color:#{rng.randrange(1 << 24):06x};padding:{rng.randrange(40)}px}}"
    )
    data = repeat(
        190, lambda: f'"{name()}":{{"id":"{key()}","target":"_{rng.choice(rare)}","n":{rng.random()}}},'
    )
    metas = repeat(40, lambda: f'<meta name="{name()}" content="{key()}">')
    links = repeat(16, lambda: f'<link rel="preload" as="script" href="/static/{name()}/{key()}.js">')

    def entry() -> str:
        return (
            f'<li class="{name()} {name()}" data-track="{key()}"><a class="{name()}" href="/{name()}/{name()}" target="_blank">'
            f'<span class="{name()}">{rng.choice(rare).title()} {rng.choice(rare)}</span></a></li>'
        )

    menus = repeat(4, lambda: f'<div class="{name()}"><ul class="{name()}">{repeat(25, entry)}</ul></div>')

    def card() -> str:
        return (
            f'<div class="{name()} {name()}" data-id="{key()}"><a class="{name()}" href="/{name()}/{name()}-{rng.getrandbits(40)}">'
            f'<div class="{name()}"><img alt="" loading="lazy" srcset="/i/{key()}.jpg 400w, /i/{key()}.jpg 800w, /i/{key()}.jpg 1600w"></div>'
            f'<span class="{name()}">{_sentence(rng, rng.choice(_SUBJECTS))}</span></a>'
            f'<div class="{name()}"><span class="{name()}">{rng.choice(rare)}</span></div></div>'
        )

    cards = repeat(40, card)
    icons = repeat(
        13,
        lambda: (
            f'<svg viewBox="0 0 24 24"><path d="M{repeat(60, lambda: f"{rng.random():.3f} ")}z"></path></svg>'
        ),
    )
    return _Furniture(
        head=f"{metas}{links}<style>{style}</style><script>window.__STATE__={{{data}}};</script>",
        top=f'<header class="{name()}"><nav class="{name()}">Home News World Sport{menus}</nav></header>',
        foot=f"<aside><h3>Read more</h3>{cards}</aside><footer>{icons}Contact us &middot; About us</footer><script>{data}</script>",
    )  # fmt: skip


_BARE = _Furniture(head="", top="<header><nav>Home News World Sport</nav></header>", foot="")


def page(
    title: str, text: str, *, language: str = "en", outlet: int = -1, escape: bool = True, published: str = ""
) -> str:
    """An article as a page; `outlet` -1: a bare page, else one of 40 outlets with all that a page carries."""
    quote = html.escape if escape else str
    around = _furniture(outlet % 40) if outlet >= 0 else _BARE
    body = "".join(f"<p>{quote(line)}</p>" for line in text.split("\n") if line.strip())
    moment = f'<meta property="article:published_time" content="{published}">' if published else ""
    direction = ' dir="rtl"' if language == "ar" else ""
    return (
        f'<!doctype html><html lang="{language}"{direction}><head><meta charset="utf-8"><title>{quote(title)}</title>'
        f"{moment}{around.head}</head><body>{around.top}"
        f"<main><article><h1>{quote(title)}</h1>{body}</article></main>{around.foot}</body></html>"
    )


def is_world_news(number: int) -> bool:
    """Whether the general page of this number names our theatre."""
    return number % 97 == 41


def general_page(number: int) -> str:
    """One page of general news."""
    told = paragraphs(number, 14, world=is_world_news(number))
    title = told[0].split(".")[0][:90]
    return page(title, "\n".join(told), outlet=number, published=f"2024-02-{1 + number % 28:02}T06:00:00Z")


def relevant_pages() -> Iterator[tuple[str, str]]:
    """URL and page of every relevant English article of the golden corpora."""
    for path in sorted(GOLDEN.glob("en/*/*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        if told["expect"]["relevant"]:
            day = told.get("published") or date(2024, 2, 1)  # pages of news say when they are from
            published = day.isoformat()
            yield told["url"], page(told["title"], told["text"], outlet=7, published=published)


def write_warc(path: Path, pages: Iterator[tuple[str, str]], *, zipped: bool = True) -> int:
    """A WARC file of pages (URL, markup), one gzip member a record as in CC-NEWS; returns how many."""
    count = 0
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=zipped)
        for url, markup in pages:
            writer.write_record(_record(writer, url, markup.encode(), count))
            count += 1
    return count


def _record(writer: WARCWriter, url: str, body: bytes, number: int) -> object:
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    return writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body),
        http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": f"2024-02-{1 + number % 28:02}T{number % 24:02}:00:00Z"},
    )


def news_archive(path: Path, general: int, *, relevant_each: int = 500, start: int = 0) -> int:
    """An archive of general news with a relevant page among every so many; returns the number of pages."""

    def pages() -> Iterator[tuple[str, str]]:
        relevant = relevant_pages()
        for number in range(start, start + general):
            yield f"https://outlet{number % 40}.example.org/story/{number}", general_page(number)
            if number % relevant_each == relevant_each - 1 and (one := next(relevant, None)):
                yield one

    return write_warc(path, pages())


def member(path: Path, number: int) -> tuple[int, int]:
    """Where the gzip member of this number begins and ends in a WARC file."""
    raw = path.read_bytes()
    starts = [n for n in range(len(raw)) if raw.startswith(b"\x1f\x8b\x08", n) and _opens(raw, n)]
    return starts[number], (starts[number + 1] if number + 1 < len(starts) else len(raw))


def _opens(raw: bytes, at: int) -> bool:
    try:
        with gzip.open(io.BytesIO(raw[at:])) as stream:
            return stream.read(5) == b"WARC/"
    except (OSError, EOFError, zlib.error):
        return False
