"""The numbers that resolution weighs with, read from data/resolution.csv: each has its reason there."""

from __future__ import annotations

import csv
import dataclasses
import functools
from pathlib import Path

from extract.errors import KnowledgeError

_FILE = Path(__file__).parent / "data" / "resolution.csv"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """One field a row of data/resolution.csv; points are evidence, above nought for 'one attack'."""

    adjacent_prior: float
    area_prior: float
    area_same_prior: float
    attach_margin: float
    both_told: float
    burst_apart: float
    burst_apart_hours: float
    burst_hours: float
    burst_same: float
    casualties_apart: float
    casualties_same: float
    city_km: float
    clock_apart: float
    clock_apart_hours: float
    clock_part_hours: float
    count_apart: float
    count_same: float
    fingerprint_k: float
    fingerprint_min_shingles: float
    indirect_apart: float
    low_confidence: float
    max_span_days: float
    near_km: float
    near_prior: float
    outlet_both: float
    overnight_both: float
    overnight_one: float
    part_apart: float
    part_apart_hours: float
    place_only_apart: float
    same_text_containment: float
    site_prior: float
    stray: float
    stray_voices: float
    text_same: float
    voice_discount: float
    weapon_apart: float
    weapon_same: float


@functools.cache
def thresholds() -> Thresholds:
    """The table, checked: every name known, none missing, each with a reason. Raises KnowledgeError."""
    values: dict[str, float] = {}
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            name = row["name"]
            if name in values or not row["reason"]:
                raise KnowledgeError(_FILE.name, number, f"{name} stands twice or has no reason")
            values[name] = float(row["value"])
    known = {field.name for field in dataclasses.fields(Thresholds)}
    if known != set(values):
        raise KnowledgeError(_FILE.name, None, f"names differ from the code's: {sorted(known ^ set(values))}")
    return Thresholds(**values)
