"""`basewatch extract` and `basewatch resolve` as the contract has them (DESIGN.md §7)."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from extract.jsonlines import extract_lines, resolve_lines

ATTACK = {
    "id": "a1",
    "url": "https://news.example/a1",
    "title": "Rockets hit US embassy in Baghdad",
    "text": "Fourteen rockets were fired at the US embassy in Baghdad early on Friday, a US military official said. "
    "There were no casualties.\n\nUS forces have been attacked 78 times since Oct. 17, 37 times in Iraq and 41 times "
    "in Syria, the official said.",
    "published": "2023-12-08T09:00:00Z",
    "lang": None,
}
SECTION_4 = {
    "date", "date_earliest", "date_latest", "date_precision", "country", "site_id", "site", "lat", "lon",
    "place_precision", "target_kind", "weapon", "munitions_min", "munitions_max", "intercepted", "killed",
    "wounded", "us_killed", "us_wounded", "damage", "claimed_by", "attributed_to", "confirmed_by", "current",
    "confidence",
}  # fmt: skip


def lines(*items: object) -> list[bytes]:
    """Objects as JSON Lines; bytes as they are."""
    return [item if isinstance(item, bytes) else json.dumps(item).encode() for item in items]


def extracted(*items: object) -> list[dict[str, Any]]:
    """What extract prints for these lines."""
    return [json.loads(line) for line, _ in extract_lines(lines(*items))]


def test_one_line_comes_out_for_each_line_in_order() -> None:
    """Good or bad, in order; a blank line is none."""
    out = list(
        extract_lines([*lines(ATTACK), b"\n", *lines({"id": "b", "title": "Rain", "text": "It rained."})])
    )
    assert [json.loads(line)["id"] for line, _ in out] == ["a1", "b"]
    assert [good for _, good in out] == [True, True]


def test_a_report_has_every_field_and_its_words_stand_in_the_text() -> None:
    """All of §4, and text[start:end] == quote."""
    (answer,) = extracted(ATTACK)
    assert answer["relevant"] is True
    (report,) = answer["reports"]
    assert report.keys() >= SECTION_4
    assert (report["date"], report["site"], report["munitions_min"]) == (
        "2023-12-08",
        "US Embassy Baghdad",
        14,
    )
    assert (report["killed"], report["claimed_by"], report["current"]) == (0, None, True)
    document = f"{ATTACK['title']}\n\n{ATTACK['text']}"
    (tally,) = answer["stated_tallies"]
    assert (tally["total"], tally["iraq"], tally["syria"], tally["since"]) == (78, 37, 41, "2023-10-17")
    for item in report["evidence"] + tally["evidence"]:
        assert document[item["start"] : item["end"]] == item["quote"]


def test_other_keys_pass_through() -> None:
    """`outlet`, `family`, `kind`, `published` and whatever the caller adds."""
    more = {"outlet": "Gulf", "family": "Gulf Group", "kind": "local", "batch": 7}
    (answer,) = extracted(ATTACK | more)
    assert {k: answer[k] for k in more} == more
    assert (answer["url"], answer["published"]) == (ATTACK["url"], ATTACK["published"])


def test_html_gives_the_title_and_text_that_were_read_from_it() -> None:
    """Offsets count in them."""
    paragraphs = "".join(f"<p>{p}</p>" for p in str(ATTACK["text"]).split("\n\n"))
    html = f"<html><head><title>{ATTACK['title']}</title></head><body><article><h1>{ATTACK['title']}</h1>{paragraphs}"
    item = {k: v for k, v in ATTACK.items() if k not in ("text", "title")} | {"html": html}
    (answer,) = extracted(item)
    assert answer["relevant"] is True
    document = f"{answer['title']}\n\n{answer['text']}"
    assert all(
        document[e["start"] : e["end"]] == e["quote"] for r in answer["reports"] for e in r["evidence"]
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"not json", "not JSON"),
        (b"[1, 2]", "object"),
        (b'{"id": "x"}', "needed"),
        (b'{"id": "x", "title": 3}', "title"),
        (b'{"id": "x", "title": "t", "published": "yesterday"}', "published"),
        (b'{"id": "x", "text": ["a"]}', "text"),
        (b"\xff\xfe{}", "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
    ids=[
        "no JSON",
        "no object",
        "no text",
        "title no string",
        "no moment",
        "text no string",
        "no UTF-8",
        "deep",
    ],
)
def test_a_line_that_is_no_article_gives_its_error_and_the_others_come_out(line: bytes, words: str) -> None:
    """The id where there is one, and what is wrong."""
    bad, good = list(extract_lines([line, *lines(ATTACK)]))
    answer = json.loads(bad[0])
    assert answer.keys() == {"id", "error"} and words in answer["error"]
    assert (bad[1], good[1]) == (False, True)
    assert json.loads(good[0])["relevant"] is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00" * 50,
        "\u202e\u200f attack",
        "\ud800 rocket",
        "x" * 100_000,
        "Rockets hit the US embassy. " * 2000,
    ],
    ids=[
        "empty",
        "NUL",
        "right to left marks",
        "lone surrogate",
        "one long word",
        "one sentence over and over",
    ],
)
def test_strange_text_is_read_without_complaint(text: str) -> None:
    """No exception on any input."""
    ((line, good),) = extract_lines(lines({"id": "x", "title": "", "text": text}))
    assert good
    assert json.loads(line)["id"] == "x"
    line.encode()


def resolved(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What resolve prints for these lines."""
    return [json.loads(line) for line, _ in resolve_lines(lines(*outputs))]


def test_two_outlets_on_one_attack_are_one_incident_in_any_order() -> None:
    """Voices are counted by family; the order of lines does not matter."""
    other = {
        "id": "a2",
        "url": "https://levant.example/2",
        "title": "US embassy in Baghdad comes under rocket fire",
        "text": "The US embassy in Baghdad came under rocket fire at dawn on Friday, security officials said.",
        "published": "2023-12-08T07:00:00Z",
    }
    copy = ATTACK | {"id": "a3", "url": "https://copy.example/3", "family": "news.example"}
    outputs = extracted(ATTACK, other, copy)
    incidents = resolved(outputs)
    (incident,) = [i for i in incidents if i["current"]]
    assert incident["articles"] == ["a1", "a2", "a3"]
    assert incident["publishers"] == 2
    assert incident["status"] == "confirmed"
    assert incident.keys() >= SECTION_4 | {"incident_id", "status", "publishers", "articles"}
    for seed in range(5):
        shuffled = random.Random(seed).sample(outputs, len(outputs))  # noqa: S311 (no secret)
        assert resolved(shuffled) == incidents


def test_a_line_that_extract_refused_is_passed_over_and_a_wrong_one_told() -> None:
    """{"id", "error"} lines are no reports; anything else that is none is an error."""
    assert list(resolve_lines(lines({"id": "x", "error": "no"}))) == []
    ((line, good),) = resolve_lines(lines({"id": "x", "reports": "none"}))
    assert not good
    assert "reports" in json.loads(line)["error"]
