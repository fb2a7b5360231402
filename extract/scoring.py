"""How well the reader reads: its answers on labelled articles against the labels, field by field.

An article's reports are paired with its labels one to one, the best matches first. A report is *found and
placed* where its pair agrees on place (the same site; without one in the label, the country and no site) and
on day (the same day; where the label is a range, the two overlap). Fields are scored on such pairs only: a
wrong place is one error, not ten.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import InputError
from extract.knowledge import Knowledge
from extract.reading import read_article
from extract.records import Article, Reading, Report, StatedTally
from extract.scraping import article_from_text

EPOCH = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)  # after every article of the corpus
NAMES = "names.toml"
PHRASES = "phrases"  # a folder of sentences with the attacks that they tell of
# What an article around such a sentence would say somewhere.
AROUND = "\n\nThe United States keeps about 2,500 troops in Iraq and some 900 in Syria."
NONE_IS_NONE = ("confirmed_by", "denied_by")  # fields whose word for "nobody" is "none"
FIELDS = (
    "country", "target_kind", "weapon", "munitions_min", "munitions_max", "intercepted", "killed", "wounded",
    "us_killed", "us_wounded", "damage", "claimed_by", "attributed_to", "confirmed_by", "denied_by",
    "current",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article of the corpus with its labels as written."""

    slug: str
    style: str
    article: Article
    expect: Mapping[str, Any]


@dataclass(slots=True)
class Count:
    """Hits and misses of one thing. Where there is nothing to find, precision and recall are 1."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0


@dataclass(slots=True)
class Score:
    """All counts over a corpus, and every disagreement in words."""

    articles: int = 0
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    faults: list[str] = field(default_factory=list)
    confidences: list[tuple[float, bool]] = field(default_factory=list)  # (stated, found and placed)


def load_corpus(folder: Path, knowledge: Knowledge) -> tuple[Labelled, ...]:
    """Every labelled article below a folder, names as ids. Raises InputError for none, or a wrong one."""
    names = names_of(folder, knowledge)
    paths = [path for path in sorted(folder.rglob("*.toml")) if path.name != NAMES]
    if not paths:
        raise InputError(f"{folder}: no labelled articles (*.toml) are in there")
    return tuple(load_labelled(path, names) for path in paths)


def names_of(folder: Path, knowledge: Knowledge) -> dict[str, str]:
    """The id of every name that labels may use: those of the knowledge, and what names.toml adds to them.

    names.toml is looked for in the folder and the ones above it.
    """
    names = {a.alias.casefold(): a.site_id for a in knowledge.site_aliases if a.site_id}
    names |= {a.alias.casefold(): a.actor_id for a in knowledge.actor_aliases}
    names |= {s.name.casefold(): s.site_id for s in knowledge.sites}
    names |= {a.name.casefold(): a.actor_id for a in knowledge.actors}
    own = next((f / NAMES for f in (folder, *folder.resolve().parents) if (f / NAMES).is_file()), None)
    given = read_toml(own).get("ids", {}) if own else {}
    return names | {name.casefold(): str(identity) for name, identity in given.items()}


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file. Raises InputError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: {error}") from error


def load_labelled(path: Path, names: Mapping[str, str]) -> Labelled:
    """One file of the corpus."""
    raw = read_toml(path)
    published = raw.get("published")
    article = article_from_text(
        url=raw["url"],
        title=raw["title"],
        text=raw["text"],
        published=published.isoformat() if published else None,
        now=EPOCH,
        language=raw.get("language"),
        outlet=raw.get("outlet"),
        kind=raw.get("kind"),
    )
    expect = raw["expect"]
    labels = [with_ids(label, names, path) for label in expect.get("report", [])]
    return Labelled(path.stem, raw.get("style", ""), article, {**expect, "report": labels})


def load_phrases(path: Path, knowledge: Knowledge) -> dict[str, tuple[Labelled, ...]]:
    """The labelled sentences of one file by their half, each as a small article. Raises InputError."""
    names = names_of(path.parent, knowledge)
    halves: dict[str, list[Labelled]] = defaultdict(list)
    for number, raw in enumerate(read_toml(path).get("phrase", []), start=1):
        labels = [_phrase_label(words, names, knowledge, path) for words in raw["attacks"]]
        article = article_from_text(
            url=f"https://phrases.example/{number}", title="", text=raw["text"] + AROUND,
            published=raw["published"].isoformat(), now=EPOCH, language=None, outlet="Phrases", kind="world",
        )  # fmt: skip
        relevant = any(label["country"] in ("Iraq", "Syria") for label in labels)
        slug = f"{path.stem} {number} ({raw['text'][:40]}...)"
        halves[raw["half"]].append(Labelled(slug, "", article, {"relevant": relevant, "report": labels}))
    if not halves:
        raise InputError(f"{path}: no [[phrase]] is in there")
    return {half: tuple(labelled) for half, labelled in halves.items()}


def _phrase_label(
    words: str, names: Mapping[str, str], knowledge: Knowledge, path: Path
) -> dict[str, dt.date | str]:
    """ "Harir Air Base 2023-11-13" as a label; see phrases/en.toml for the days."""
    name, _, days = words.rpartition(" ")
    identity = names.get(name.casefold())
    if identity is None:
        raise InputError(f"{path}: {name!r} is in neither extract/data nor {NAMES} [ids]")
    site = knowledge.site(identity)
    label: dict[str, dt.date | str] = {"country": site.country}
    if site.precision in ("site", "city") or site.kind == "convoy_route":
        label["site"] = identity
    if days != "?":
        first, _, last = days.partition("..")
        label["date_earliest"] = dt.date.fromisoformat(first)
        label["date_latest"] = dt.date.fromisoformat(last or first)
    return label


def with_ids(label: Mapping[str, Any], names: Mapping[str, str], path: Path) -> dict[str, Any]:
    """A labelled report with ids for names. Raises InputError for a name that nobody knows."""
    changed = dict(label)
    for key in ("site", "claimed_by", "attributed_to"):
        if key in label:
            identity = names.get(str(label[key]).casefold())
            if identity is None:
                raise InputError(f"{path}: {key} {label[key]!r} is in neither extract/data nor {NAMES} [ids]")
            changed[key] = identity
    return changed


def score(corpus: Iterable[Labelled], knowledge: Knowledge) -> Score:
    """The reader's score on a corpus."""
    total = Score()
    for labelled in corpus:
        score_one(total, labelled, read_article(labelled.article, knowledge))
    return total


def score_one(total: Score, labelled: Labelled, reading: Reading) -> None:
    """Add one article."""
    total.articles += 1
    score_relevance(total, labelled, reading)
    score_evidence(total, labelled, reading)
    score_tallies(total, labelled, reading)
    labels = labelled.expect.get("report", [])
    pairs = pair(reading.reports, labels)
    count = total.counts["found and placed"]
    count.found += len(reading.reports)
    count.wanted += len(labels)
    paired = {id(report) for report, _ in pairs}
    for report in reading.reports:
        total.confidences.append((report.confidence, id(report) in paired))
        if id(report) not in paired:
            total.faults.append(f"{labelled.slug}: reads {told(report)}, which no label has")
    matched = {id(label) for _, label in pairs}
    for label in labels:
        if id(label) not in matched:
            total.faults.append(f"{labelled.slug}: misses {wanted(label)}")
    for report, label in pairs:
        count.right += 1
        score_fields(total, labelled, report, label)


def score_relevance(total: Score, labelled: Labelled, reading: Reading) -> None:
    """Relevant or not."""
    count, wants = total.counts["relevance"], bool(labelled.expect["relevant"])
    count.found += reading.relevant
    count.wanted += wants
    count.right += reading.relevant and wants
    if reading.relevant != wants:
        total.faults.append(
            f"{labelled.slug}: relevant is {reading.relevant} ({reading.reason}), label {wants}"
        )


def score_evidence(total: Score, labelled: Labelled, reading: Reading) -> None:
    """Whether the words stand where they are said to stand."""
    document, count = labelled.article.document, total.counts["evidence spans"]
    said = [e for report in reading.reports for e in report.evidence]
    said += [e for tally in reading.stated_tallies for e in tally.evidence]
    for item in said:
        exact = document[item.start : item.end] == item.quote
        count.found += 1
        count.wanted += 1
        count.right += exact
        if not exact:
            total.faults.append(f"{labelled.slug}: the words of {item.field} are not at {item.start}")


def score_tallies(total: Score, labelled: Labelled, reading: Reading) -> None:
    """Stated tallies: exact in total, Iraq and Syria; and of those, the start of the window."""
    labels = [tally_key(t) for t in labelled.expect.get("tally", [])]
    count, left = total.counts["stated tallies"], list(reading.stated_tallies)
    count.found += len(left)
    count.wanted += len(labels)
    for key, since in labels:
        hit = next((t for t in left if said_key(t) == key), None)
        if hit is None:
            total.faults.append(f"{labelled.slug}: misses the tally {key}")
            continue
        left.remove(hit)
        count.right += 1
        add(total.counts["tally since"], hit.since, since)
    total.faults += [f"{labelled.slug}: states a tally {said_key(t)} that no label has" for t in left]


def tally_key(label: Mapping[str, Any]) -> tuple[tuple[int | None, ...], dt.date | None]:
    """A labelled tally's numbers, and its start."""
    return (label.get("total"), label.get("iraq"), label.get("syria")), label.get("since")


def said_key(tally: StatedTally) -> tuple[int | None, ...]:
    """A read tally's numbers."""
    return tally.total, tally.iraq, tally.syria


def pair(
    reports: Sequence[Report], labels: Sequence[Mapping[str, Any]]
) -> list[tuple[Report, Mapping[str, Any]]]:
    """One to one, those that agree on most fields first; only pairs that agree on place and day."""
    candidates = [
        (likeness(report, label), i, j)
        for i, report in enumerate(reports)
        for j, label in enumerate(labels)
        if same_place(report, label) and same_day(report, label)
    ]
    pairs, used_reports, used_labels = [], set(), set()
    for _, i, j in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if i not in used_reports and j not in used_labels:
            used_reports.add(i)
            used_labels.add(j)
            pairs.append((reports[i], labels[j]))
    return pairs


def likeness(report: Report, label: Mapping[str, Any]) -> int:
    """On how many fields the two agree."""
    return sum(getattr(report, name) == value_of(label, name) for name in FIELDS)


def same_place(report: Report, label: Mapping[str, Any]) -> bool:
    """The labelled site; or, where the label has none, its country, and no site."""
    if "site" in label:
        return bool(report.site_id == label["site"])
    return report.country == label.get("country") and report.place_precision != "site"


def same_day(report: Report, label: Mapping[str, Any]) -> bool:
    """The labelled day; where the label has a range, any overlap; where it knows no day, anything."""
    if "date" in label:
        return bool(report.date == label["date"])
    first, last = label.get("date_earliest"), label.get("date_latest")
    if first is None or last is None:
        return True
    if report.date_earliest is None or report.date_latest is None:
        return False
    return bool(report.date_earliest <= last and report.date_latest >= first)


def score_fields(total: Score, labelled: Labelled, report: Report, label: Mapping[str, Any]) -> None:
    """Every field of a pair."""
    for name in FIELDS:
        got, want = getattr(report, name), value_of(label, name)
        add(total.counts[name], None if got in unsaid(name) else got, None if want in unsaid(name) else want)
        agree = total.counts[f"{name} (all)"]
        agree.found += 1
        agree.wanted += 1
        agree.right += got == want
        if got != want:
            total.faults.append(f"{labelled.slug}: {told(report)}: {name} is {got!r}, label {want!r}")


def unsaid(name: str) -> tuple[Any, ...]:
    """The values of a field that say nothing."""
    return ("none", None) if name in NONE_IS_NONE else (None,)


def add(count: Count, got: Any, want: Any) -> None:
    """One value against its label."""
    count.found += got is not None
    count.wanted += want is not None
    count.right += got is not None and got == want


def value_of(label: Mapping[str, Any], name: str) -> Any:
    """A label's value as the reader would give it: what is left out is its field's nothing."""
    value = label.get(name)
    return "none" if value is None and name in NONE_IS_NONE else value


def told(report: Report) -> str:
    """A report in a few words."""
    when = report.date or f"{report.date_earliest}..{report.date_latest}"
    return f"[{report.site_id or report.country or 'no place'} {when} {report.weapon}]"


def wanted(label: Mapping[str, Any]) -> str:
    """A label in a few words."""
    when = label.get("date") or f"{label.get('date_earliest')}..{label.get('date_latest')}"
    where = label.get("site") or label.get("country")
    return f"[{where} {when} {label.get('weapon')}]: {label.get('quote', '')!r}"


def calibration(total: Score) -> list[tuple[str, int, float, float]]:
    """(band, reports, mean confidence, share found and placed), a row a band of a tenth."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for stated, right in total.confidences:
        bands[min(int(stated * 10), 9)].append((stated, right))
    return [
        (
            f"{band / 10:.1f}-{(band + 1) / 10:.1f}",
            len(rows),
            sum(stated for stated, _ in rows) / len(rows),
            sum(right for _, right in rows) / len(rows),
        )
        for band, rows in sorted(bands.items())
    ]
