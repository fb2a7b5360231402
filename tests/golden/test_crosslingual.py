"""One attack told in both languages becomes one incident: the labelled pairs, through reader and resolution.

All articles of the corpus that crosslingual.toml names are read and resolved together, as a run would do. A
label whose attack the reader does not find and place has no report to join: such pairs count against the
reader, not against resolution, and both shares have a floor.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

from extract.dedup import resolve
from extract.knowledge import load_knowledge
from extract.reading import read_article
from extract.records import Reported
from extract.scoring import load_labelled, names_of, pair

HERE = Path(__file__).parent
LISTS: dict[str, list[dict[str, Any]]] = tomllib.loads((HERE / "crosslingual.toml").read_text("utf-8"))
FLOORS: dict[str, float] = json.loads((HERE / "floors.json").read_text())["crosslingual"]


@cache
def incident_of() -> dict[str, str]:
    """Label -> the incident that its report became; without those that the reader did not find and place."""
    knowledge = load_knowledge()
    names = names_of(HERE, knowledge)
    named = [label for group in (*LISTS["same"], *LISTS["apart"]) for label in group["labels"]]
    reported: list[Reported] = []
    report_of: dict[str, str] = {}
    for slug in dict.fromkeys(label.partition("#")[0] for label in named):
        labelled = load_labelled(HERE / f"{slug}.toml", names)
        article = labelled.article
        reading = read_article(article, knowledge)
        labels = labelled.expect["report"]
        numbers = {id(label): number for number, label in enumerate(labels, start=1)}
        for report, label in pair(reading.reports, labels):
            report_of[f"{slug}#{numbers[id(label)]}"] = report.report_id
        reported.extend(
            Reported(
                report=report, outlet=article.outlet, family=article.family, kind=article.kind,
                url=article.url, published_at=article.published_at, seen_at=article.published_at,
                fingerprint=article.fingerprint,
            )
            for report in reading.reports
        )  # fmt: skip
    incidents = resolve(reported, knowledge)
    holder = {report_id: inc.incident_id for inc in incidents for report_id in inc.report_ids}
    return {label: holder[report_id] for label, report_id in report_of.items()}


def crossing(group: dict[str, Any]) -> list[tuple[str, str]]:
    """The pairs of labels of one list, one of each language."""
    english = [label for label in group["labels"] if label.startswith("en/")]
    arabic = [label for label in group["labels"] if label.startswith("ar/")]
    return list(product(english, arabic))


def told_alike() -> tuple[int, int, int]:
    """Pairs of one attack: those labelled, those read on both sides, those in one incident."""
    incidents = incident_of()
    every = [both for group in LISTS["same"] for both in crossing(group)]
    read = [(one, other) for one, other in every if one in incidents and other in incidents]
    return len(every), len(read), sum(incidents[one] == incidents[other] for one, other in read)


def test_what_is_told_in_both_languages_is_one_incident() -> None:
    """Of the pairs read on both sides."""
    _, read, joined = told_alike()
    assert joined / read >= FLOORS["joined of those read"]


def test_most_attacks_told_in_both_languages_are_read_and_joined() -> None:
    """Of all pairs labelled: what a reader of the tally sees."""
    every, _, joined = told_alike()
    assert joined / every >= FLOORS["joined of all"]


def test_what_is_apart_stays_apart() -> None:
    """Two records for one attack are better than one for two: of the pairs read, nearly all stay two."""
    incidents = incident_of()
    pairs = [
        (one, other)
        for group in LISTS["apart"]
        for one, other in combinations([label for label in group["labels"] if label in incidents], 2)
    ]
    apart = sum(incidents[one] != incidents[other] for one, other in pairs)
    assert apart / len(pairs) >= FLOORS["kept apart"]
