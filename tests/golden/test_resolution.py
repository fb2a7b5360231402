"""Resolution on labelled situations: every pair, every scenario, and figures that may not fall."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest

from extract.dedup import resolve
from extract.knowledge import load_knowledge
from extract.records import Reported
from tests.builders import shorthand
from tests.golden.campaign import Noise, campaign
from tests.golden.scoring import Agreement, agreement

HERE = Path(__file__).parent
SCENARIOS = sorted((HERE / "resolution").glob("*.json"))
FLOORS: dict[str, float] = json.loads((HERE / "floors.json").read_text())["resolution"]
CLEANER = Noise(
    no_weapon=0.06, wrong_weapon=0.03, coarse_place=0.08, wrong_site=0, undated=0.04, day_off=0.02,
    no_hours=0.6, wrong_hours=0.01, no_count=0.4,
)  # fmt: skip


def pairs() -> list[dict[str, str]]:
    with (HERE / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def scenario(path: Path) -> tuple[list[Reported], list[list[str]]]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return [shorthand(line) for line in read["reports"]], read["gold"]


def measure(reports: list[Reported], gold: list[list[str]]) -> Agreement:
    return agreement([incident.report_ids for incident in resolve(reports, load_knowledge())], gold)


@pytest.mark.parametrize("pair", pairs(), ids=[pair["case"] for pair in pairs()])
def test_a_pair_is_one_attack_or_two(pair: dict[str, str]) -> None:
    """Two reports with nothing else known: the label, and its reason in the file."""
    reports = [shorthand(f"a-0 {pair['one']}"), shorthand(f"b-0 {pair['other']}")]
    for ordered in (reports, reports[::-1]):
        assert len(resolve(ordered, load_knowledge())) == (1 if pair["same"] == "yes" else 2), pair["why"]


@pytest.mark.parametrize("path", SCENARIOS, ids=[path.stem for path in SCENARIOS])
def test_a_scenario_joins_no_two_attacks(path: Path) -> None:
    """Two records for one attack are better than one for two: precision first, in each situation."""
    assert measure(*scenario(path)).pair_precision >= FLOORS["scenario_pair_precision"]


@pytest.mark.parametrize("path", SCENARIOS, ids=[path.stem for path in SCENARIOS])
def test_a_scenario_is_the_same_in_any_order(path: Path) -> None:
    """Twenty random orders, byte for byte."""
    reports, _ = scenario(path)
    expected = repr(resolve(reports, load_knowledge()))
    chance = random.Random(path.stem)  # noqa: S311 -- not for secrets
    for _ in range(20):
        chance.shuffle(reports)
        assert repr(resolve(reports, load_knowledge())) == expected


def test_the_scenarios_keep_their_figures() -> None:
    """All scenarios together: pairwise F1 and B-cubed."""
    total = sum((measure(*scenario(path)) for path in SCENARIOS), start=Agreement())
    assert total.pair_f1 >= FLOORS["scenarios_pair_f1"]
    assert total.b_cubed >= FLOORS["scenarios_b_cubed"]


@pytest.mark.parametrize(
    ("name", "noise"),
    [("campaign", Noise()), ("cleaner_campaign", CLEANER)],
    ids=["very noisy", "less noisy"],
)
def test_a_campaign_keeps_its_figures(name: str, noise: Noise) -> None:
    """150 attacks in 110 days, ten reports each: the clusters, and the count that the tally rests on."""
    total, counted, happened = Agreement(), 0, 0
    for seed in (1, 2, 3):
        reports, gold = campaign(seed=seed, noise=noise)
        incidents = resolve(reports, load_knowledge())
        total += agreement([incident.report_ids for incident in incidents], gold)
        counted += sum(incident.current for incident in incidents)
        happened += len(gold)
    assert total.pair_f1 >= FLOORS[f"{name}_pair_f1"]
    assert total.b_cubed >= FLOORS[f"{name}_b_cubed"]
    assert abs(counted - happened) / happened <= FLOORS[f"{name}_count_error"]
