"""The corpus itself: a slip in a label fails here, with the file's name, before it misleads a score."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from extract import records

HERE = Path(__file__).parent
LANGUAGES = ("ar", "en")
FILES = sorted(path for language in LANGUAGES for path in HERE.glob(f"{language}/*/*.toml"))
OPEN = sorted(HERE.glob("en/open/*.toml"))
HELD = sorted(HERE.glob("en/held/*.toml"))
OPEN_AR = sorted(HERE.glob("ar/open/*.toml"))
HELD_AR = sorted(HERE.glob("ar/held/*.toml"))
NAMES = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
BAGHDAD = ZoneInfo("Asia/Baghdad")

LEAST_ARTICLES = 130
LEAST_NEGATIVES = 50
LEAST_HELD_ARTICLES = 80
LEAST_HELD_NEGATIVES = 28

LEAST_ARABIC = {"open": (80, 36), "held": (65, 28)}  # articles, and negatives among them

ARTICLE_KEYS = {"url", "outlet", "kind", "title", "text", "published", "style", "expect", "language"}
TEXT_FIELDS = {"site", "claimed_by", "attributed_to", "quote"}
VOCABULARY = {
    "country": get_args(records.Country),
    "place_precision": get_args(records.PlacePrecision),
    "target_kind": get_args(records.TargetKind),
    "weapon": get_args(records.Weapon),
    "intercepted": get_args(records.Intercepted),
    "damage": get_args(records.Damage),
    "confirmed_by": get_args(records.Confirmer),
    "denied_by": get_args(records.Confirmer),
    "date_precision": get_args(records.DatePrecision),
}
COUNTS = {"munitions_min", "munitions_max", "killed", "wounded", "us_killed", "us_wounded"}
DATES = {"date", "date_earliest", "date_latest"}
REPORT_KEYS = TEXT_FIELDS | set(VOCABULARY) | COUNTS | DATES | {"current", "correction"}
REPORT_MUST = {"country", "place_precision", "target_kind", "weapon", "current", "quote"}
TALLY_COUNTS = {"total", "iraq", "syria", "jordan"}
TALLY_KEYS = TALLY_COUNTS | {"since", "as_of", "speaker", "quote"}


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def document(article: dict[str, Any]) -> str:
    return f"{article['title']}\n\n{article['text']}"


def local_day(article: dict[str, Any]) -> dt.date | None:
    published = article.get("published")
    return published.astimezone(BAGHDAD).date() if published else None


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def article(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(request.param)


def test_article_has_what_it_needs(article: dict[str, Any]) -> None:
    assert set(article) <= ARTICLE_KEYS
    assert ARTICLE_KEYS - set(article) <= {"published", "language"}
    assert article["kind"] in get_args(records.Kind)
    assert re.fullmatch(r"[a-z]+", article["style"])
    assert urlsplit(article["url"]).scheme == "https"
    assert (urlsplit(article["url"]).hostname or "").endswith(".example")
    assert document(article).strip()
    published = article.get("published")
    assert published is None or (published.tzinfo is not None and 2019 <= published.year <= 2026)


def test_class_agrees_with_the_reports(article: dict[str, Any]) -> None:
    expect = article["expect"]
    assert set(expect) <= {"relevant", "reason_class", "report", "tally"}
    reports, tallies = expect.get("report", []), expect.get("tally", [])
    in_scope = [report for report in reports if report["country"] in ("Iraq", "Syria")]
    if any(report["current"] for report in in_scope):
        assert expect["reason_class"] == "attack"
    elif in_scope:
        assert expect["reason_class"] == "background_only"
    elif tallies:
        assert expect["reason_class"] == "tally_only"
    else:
        assert re.fullmatch(r"negative:[a-z_]+", expect["reason_class"])
    assert expect["relevant"] == bool(in_scope)


def test_report_words_are_known(article: dict[str, Any]) -> None:
    for report in article["expect"].get("report", []):
        assert set(report) <= REPORT_KEYS
        assert set(report) >= REPORT_MUST
        assert report["quote"] in document(article)
        for field, allowed in VOCABULARY.items():
            assert field not in report or report[field] in allowed, field
        assert report.get("site", NAMES["sites"][0]) in NAMES["sites"]
        assert all(report.get(field, "Iran") in NAMES["actors"] for field in ("claimed_by", "attributed_to"))
        assert isinstance(report["current"], bool)


def test_report_places_agree(article: dict[str, Any]) -> None:
    for report in article["expect"].get("report", []):
        assert "site" in report or report["place_precision"] != "site"
        if "site" in report:
            wanted = "province" if report["target_kind"] == "convoy" else "site"
            assert report["place_precision"] == wanted


def test_report_counts_agree(article: dict[str, Any]) -> None:
    for report in article["expect"].get("report", []):
        assert all(isinstance(report[field], int) and report[field] >= 0 for field in COUNTS & set(report))
        if {"munitions_min", "munitions_max"} <= set(report):
            assert report["munitions_min"] <= report["munitions_max"]
        for total, part in (("killed", "us_killed"), ("wounded", "us_wounded")):
            if total in report and part in report:
                assert report[part] <= report[total]
            if report.get(total) == 0:
                assert report.get(part) == 0, f"nobody {total} means no American either"


def test_report_dates_agree(article: dict[str, Any]) -> None:
    day = local_day(article)
    for report in article["expect"].get("report", []):
        if "date" in report:
            assert not {"date_earliest", "date_latest", "date_precision"} & set(report)
            earliest = latest = report["date"]
        elif report.get("date_precision") == "unknown":
            assert not DATES & set(report)
            continue
        else:
            assert report["date_precision"] in ("range", "month")
            earliest, latest = report["date_earliest"], report["date_latest"]
        assert earliest <= latest
        # A release at night, US time, may carry the local date of the next day: never more than that.
        assert day is None or earliest <= day + dt.timedelta(days=1)


def test_tallies_agree(article: dict[str, Any]) -> None:
    for tally in article["expect"].get("tally", []):
        assert set(tally) <= TALLY_KEYS
        assert "total" in tally
        assert all(isinstance(tally[field], int) for field in TALLY_COUNTS & set(tally))
        if {"iraq", "syria"} <= set(tally):
            assert tally["iraq"] + tally["syria"] + tally.get("jordan", 0) == tally["total"]
        if "speaker" in tally:
            assert tally["speaker"] in document(article)
        if "quote" in tally:
            assert tally["quote"] in document(article)
        assert not {"since", "as_of"} <= set(tally) or tally["since"] <= tally["as_of"]


def test_no_text_stands_twice() -> None:
    seen: dict[str, str] = {}
    addresses: Counter[str] = Counter()
    for path in FILES:
        article = load(path)
        words = " ".join(re.findall(r"\w+", document(article).lower()))
        assert words not in seen, f"{path.name} repeats {seen[words]}"
        seen[words] = path.name
        addresses[article["url"]] += 1
    assert not [url for url, times in addresses.items() if times > 1]


def test_open_half_is_large_and_hard_enough() -> None:
    articles = [load(path) for path in OPEN]
    negatives = [article for article in articles if not article["expect"]["relevant"]]
    long_ones = [article for article in articles if len(article["text"].split()) > 350]
    assert len(articles) >= LEAST_ARTICLES
    assert len(negatives) >= LEAST_NEGATIVES
    assert len(long_ones) >= len(articles) // 6
    assert len({article["style"] for article in articles}) >= 15
    years = {article["published"].year for article in articles if "published" in article}
    assert years >= set(range(2020, 2027))


def test_held_half_is_large_and_hard_enough() -> None:
    articles = [load(path) for path in HELD]
    negatives = [article for article in articles if not article["expect"]["relevant"]]
    reports = [report for article in articles for report in article["expect"].get("report", [])]
    positives = [article for article in articles if article["expect"]["relevant"]]
    long_ones = [article for article in positives if len(article["text"].split()) >= 300]
    assert len(long_ones) >= 25
    assert len(articles) >= LEAST_HELD_ARTICLES
    assert len(negatives) >= LEAST_HELD_NEGATIVES
    assert len({article["style"] for article in articles}) >= 15
    assert len({report["site"] for report in reports if "site" in report}) >= 35
    years = {article["published"].year for article in articles if "published" in article}
    assert years >= set(range(2020, 2027))


@pytest.mark.parametrize(("half", "paths"), [("open", OPEN_AR), ("held", HELD_AR)])
def test_arabic_half_is_large_and_hard_enough(half: str, paths: list[Path]) -> None:
    articles = [load(path) for path in paths]
    negatives = [article for article in articles if not article["expect"]["relevant"]]
    least_articles, least_negatives = LEAST_ARABIC[half]
    assert len(articles) >= least_articles
    assert len(negatives) >= least_negatives


def test_language_is_the_folder() -> None:
    for path in FILES:
        assert load(path).get("language", "en") == path.parts[-3], path


CROSSLINGUAL = tomllib.loads((HERE / "crosslingual.toml").read_text(encoding="utf-8"))


def labelled(name: str) -> dict[str, Any]:
    """The report label that `language/half/slug#n` names."""
    slug, _, number = name.partition("#")
    return load(HERE / f"{slug}.toml")["expect"]["report"][int(number) - 1]  # type: ignore[no-any-return]


def spans_days(report: dict[str, Any]) -> tuple[dt.date, dt.date]:
    first = report.get("date", report.get("date_earliest", dt.date.min))
    last = report.get("date", report.get("date_latest", dt.date.max))
    return first, last


@pytest.mark.parametrize("group", CROSSLINGUAL["same"], ids=lambda group: group["attack"])
def test_what_is_one_attack_in_two_languages_can_be_one(group: dict[str, Any]) -> None:
    assert {name.partition("/")[0] for name in group["labels"]} == set(LANGUAGES)
    reports = [labelled(name) for name in group["labels"]]
    assert len({report["country"] for report in reports}) == 1
    days = [spans_days(report) for report in reports]
    assert max(first for first, _ in days) <= min(last for _, last in days) + dt.timedelta(days=1)


@pytest.mark.parametrize("group", CROSSLINGUAL["apart"], ids=lambda group: group["why"])
def test_what_stays_apart_differs_in_its_labels(group: dict[str, Any]) -> None:
    reports = [labelled(name) for name in group["labels"]]
    articles = {name.partition("#")[0] for name in group["labels"]}
    keys = {(spans_days(report), report.get("site"), report["weapon"]) for report in reports}
    # One article may tell of two attacks of one kind at one place; two articles must differ in a label.
    assert len(set(group["labels"])) == len(group["labels"])
    assert len(articles) == 1 or len(keys) == len(reports)
    for same in CROSSLINGUAL["same"]:
        assert len(set(same["labels"]) & set(group["labels"])) <= 1, same["attack"]


def test_crosslingual_lists_are_many_enough() -> None:
    assert len(CROSSLINGUAL["same"]) >= 50
    assert len(CROSSLINGUAL["apart"]) >= 17


def test_halves_share_no_name() -> None:
    assert not {path.name for path in OPEN} & {path.name for path in HELD}
    assert not {path.name for path in OPEN_AR} & {path.name for path in HELD_AR}
