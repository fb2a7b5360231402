"""Measures the reader on the labelled articles that were held out, and writes what the page says of it.

    python tests/benchmarks/accuracy.py

Writes flows/report/data/accuracy.json. Run it after a change of the reader or of the articles.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from extract.knowledge import load_knowledge
from extract.scoring import Count, load_corpus, score

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "flows" / "report" / "data" / "accuracy.json"
LANGUAGES = {"en": "English", "ar": "Arabic"}
FOUND = (
    ("relevance", "Articles that tell of an attack, told from those that do not"),
    ("found and placed", "Attacks found, at the right place and day"),
    ("stated tallies", "Counts that others state"),
)
RIGHT = (
    ("weapon (all)", "Weapon"),
    ("killed (all)", "Killed"),
    ("wounded (all)", "Wounded"),
    ("claimed_by (all)", "Who claims it"),
    ("confirmed_by (all)", "Who confirms it"),
    ("current (all)", "News or background"),
)


def main() -> None:
    knowledge, rows = load_knowledge(), []
    for language, name in LANGUAGES.items():
        folder = ROOT / "tests" / "golden" / language / "held"
        if not folder.is_dir():
            continue
        corpus = load_corpus(folder, knowledge)
        counts = score(corpus, knowledge).counts
        on = f"{len(corpus)} {name} articles"
        rows += [row(label, found(counts[key]), on) for key, label in FOUND if key in counts]
        placed = counts["found and placed"].right
        rows += [
            row(
                f"{label}, where attack, place and day are right",
                f"{counts[key].precision:.0%}",
                f"{placed} attacks",
            )
            for key, label in RIGHT
            if key in counts and placed
        ]
    about = (
        "Measured on labelled articles that the rules were not written on, hard cases on purpose. "
        "One article is read at a time. Right: the share of what was found that is right. "
        "Found: the share of what there is."
    )
    TARGET.write_text(json.dumps({"about": about, "rows": rows}, indent=1) + "\n", encoding="utf-8")
    print(TARGET.read_text(encoding="utf-8"))


def found(count: Count) -> str:
    """Precision and recall in words."""
    return f"{count.precision:.0%} right, {count.recall:.0%} found"


def row(measure: str, value: str, on: str) -> dict[str, str]:
    """A row of the page's table."""
    return {"measure": measure, "value": value, "on": on}


if __name__ == "__main__":
    main()
