"""The list of feeds keeps its rules, and a wrong block is refused by block, key and nearest right key."""

from __future__ import annotations

import datetime as dt
import tomllib
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import SourcesError
from extract.sources import CONFIRMED, SOURCES, check_distinct, load_sources, source_from_block

BLOCK = {
    "id": "example-world",
    "outlet": "Example News",
    "language": "en",
    "kind": "local",
    "url": "https://news.example.org/world/rss.xml",
}

# Outlets of groups that carry out attacks, or owned by them or by a party to them (extract/data/README.md).
NOT_POLLED = (
    "sabereen",
    "mayadeen",
    "almanar",
    "nujaba",
    "kataib",
    "aletejah",
    "amaq",
    "tasnim",
    "presstv",
    "t.me",
)


@pytest.fixture(scope="module")
def sources():
    return load_sources()


# --- the list as it stands --------------------------------------------------------------------------


def test_there_are_enough_feeds_of_every_kind(sources):
    kinds = [source.kind for source in sources]
    assert len(sources) >= 55
    assert set(kinds) == {"wire", "official", "local", "regional", "world", "aggregator", "monitor"}
    assert kinds.count("aggregator") <= 2


def test_english_and_arabic_are_both_well_covered(sources):
    languages = [source.language for source in sources]
    assert languages.count("en") >= 25
    assert languages.count("ar") >= 15


def test_every_block_says_how_sure_its_address_is():
    blocks = tomllib.loads(SOURCES.read_text(encoding="utf-8"))["source"]
    assert {block.get("confirmed") for block in blocks} == set(CONFIRMED)


def test_every_feed_says_how_often_it_is_polled_and_what_it_gives(sources):
    assert all(source.every and source.every >= dt.timedelta(minutes=15) for source in sources)
    assert all(source.note for source in sources)


def test_no_feed_of_those_who_attack_is_polled(sources):
    polled = [urlsplit(source.url).hostname or "" for source in sources]
    assert not [host for host in polled for name in NOT_POLLED if name in host]


def test_an_outlets_feeds_share_its_family(sources):
    """Two feeds of one host are one voice, or corroboration would count an outlet twice."""
    families: dict[str, set[str]] = {}
    for source in sources:
        host = (urlsplit(source.url).hostname or "").removeprefix("www.").removeprefix("english.")
        families.setdefault(host, set()).add(source.family)
    assert [host for host, names in families.items() if len(names) > 1] == []


def test_a_doubtful_address_shows_in_the_note(sources):
    notes = {source.source_id: source.note for source in sources}
    assert notes["rudaw-en"].endswith("address not confirmed")
    assert "not confirmed" not in notes["shafaq-security-en"]


# --- one block --------------------------------------------------------------------------------------


def test_the_least_block_is_enough_and_the_outlet_is_its_family():
    source = source_from_block(BLOCK)
    assert (source.source_id, source.family, source.every, source.note) == (
        "example-world", "Example News", None, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "interval"),
    [("15m", dt.timedelta(minutes=15)), ("2h", dt.timedelta(hours=2)), ("1d", dt.timedelta(days=1))],
)
def test_an_interval_is_read(text, interval):
    assert source_from_block(BLOCK | {"every": text}).every == interval


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"oulet": "x"}, "unknown key 'oulet'; did you mean 'outlet'?"),
        ({"Family": "x"}, "unknown key 'Family'; did you mean 'family'?"),
        ({"zzz": "x"}, "unknown key 'zzz'; the keys are id, outlet"),
        ({"kind": "locl"}, "kind = 'locl'; did you mean 'local'?"),
        ({"confirmed": "yes"}, "it is one of stored feed seen"),
        ({"id": "Example World"}, "small letters, digits and hyphens"),
        ({"language": "English"}, "a code such as 'en'"),
        ({"every": "15"}, "such as '15m'"),
        ({"every": "0m"}, "such as '15m'"),
        ({"every": "9999d"}, "more than 30 days"),
        ({"every": 15}, "is not text; put it in quotes"),
        ({"outlet": ""}, "is empty or has stray spaces"),
        ({"outlet": "Example\nNews"}, "is empty or has stray spaces"),
        ({"url": "news.example.org/rss"}, "is no http or https address"),
        ({"url": "file:///etc/passwd"}, "is no http or https address"),
        ({"url": "https://"}, "is no http or https address"),
        ({"url": "https://news.example.org:99999/rss"}, "is no http or https address"),
        ({"url": "https://[news/rss"}, "is no http or https address"),
        ({"url": "https://news.example.org/a b"}, "is no http or https address"),
        ({"url": "https://me:pw@news.example.org/rss"}, "holds a user name or password"),
    ],
)
def test_a_wrong_block_is_refused_with_what_to_do(changed, says):
    with pytest.raises(SourcesError) as caught:
        source_from_block(BLOCK | changed, where="my.toml, [[source]] 3")
    assert "my.toml, [[source]] 3" in str(caught.value)
    assert says in str(caught.value)


@pytest.mark.parametrize("key", sorted(BLOCK))
def test_a_missing_key_is_named(key):
    block = {k: v for k, v in BLOCK.items() if k != key}
    with pytest.raises(SourcesError, match=f"the key '{key}' is missing"):
        source_from_block(block)


def test_a_password_is_not_repeated_in_the_error():
    with pytest.raises(SourcesError) as caught:
        source_from_block(BLOCK | {"url": "https://me:secret@news.example.org/rss"})
    assert "secret" not in str(caught.value)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from((*BLOCK, "family", "every", "note", "confirmed", "x")),
        st.text(max_size=20) | st.integers() | st.sampled_from(tuple(BLOCK.values())) | st.none(),
    )
)
def test_whatever_a_block_holds_it_is_read_or_refused_as_a_source(changed):
    try:
        source_from_block(BLOCK | changed)
    except SourcesError as error:
        assert "[[source]]" in str(error)


# --- one file ---------------------------------------------------------------------------------------


def toml(*blocks: dict[str, str]) -> str:
    return "\n".join("[[source]]\n" + "".join(f'{k} = "{v}"\n' for k, v in b.items()) for b in blocks)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (toml(BLOCK, BLOCK), "two sources have the id 'example-world'"),
        (toml(BLOCK, BLOCK | {"id": "other"}), "have one address"),
        (toml(BLOCK, BLOCK | {"id": "o", "url": "http://www.news.example.org/world/rss.xml/"}), "address"),
        (toml(BLOCK, {"id": "other"}), "my.toml, [[source]] 2 ('other'): the key 'outlet' is missing"),
        ("[[sorce]]\n", "unknown key 'sorce'; did you mean 'source'?"),
        ("[source]\nid = 'x'\n", "write each as [[source]]"),
        ("source = [1]\n", "write each as [[source]]"),
        ("[[source]\n", "not TOML"),
        (b"outlet = '\xff'", "not UTF-8"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_what_to_do(tmp_path, text, says):
    file = tmp_path / "my.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SourcesError) as caught:
        load_sources(file)
    assert says in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourcesError, match=r"none\.toml: cannot be read"):
        load_sources(tmp_path / "none.toml")


def test_an_empty_file_has_no_sources(tmp_path):
    (tmp_path / "empty.toml").write_text("")
    assert load_sources(tmp_path / "empty.toml") == ()


def test_sources_from_two_places_are_checked_together(sources):
    with pytest.raises(SourcesError, match="rename one"):
        check_distinct((*sources, sources[0]), where="the configuration")
