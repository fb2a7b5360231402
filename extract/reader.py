"""What is read of an article in any language, up to the attacks that it tells of.

A language brings the sentences, who attacks whom in them, and the days (extract.english_reading,
extract.arabic_reading); what a draft of an attack says is extract.reports.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from extract.casualties import CasualtyMention
from extract.clauses import Attack, Clause
from extract.dates import DateMention
from extract.incidents import LEDE_SENTENCES, Draft
from extract.knowledge import Knowledge
from extract.numbers import Number
from extract.records import Article, Report, StatedTally
from extract.text import Document, fold

PROSE = 60  # characters; shorter lines above a story are what the page has around it
LEDE_REACH = 12  # sentences
RUNNING_SENTENCES = 6  # how long a day once named stands for the attacks that follow


class ArticleReader:
    """One article while it is read."""

    article: Article
    doc: Document
    knowledge: Knowledge
    published: dt.date | None
    clauses: Sequence[Clause]
    dates: Sequence[DateMention]
    numbers: Sequence[Number]
    casualties: Sequence[CasualtyMention]
    tallies: Sequence[StatedTally]
    whys: dict[int, str]  # sentence -> why it tells of no attack on us

    def attacks(self) -> list[Draft]:
        """The attacks told; the tallies stated, and why a sentence tells of none, are kept beside them."""
        raise NotImplementedError

    def _opening(self) -> tuple[frozenset[int], frozenset[int]]:
        """The sentences that are the headline, or say it again, and those that are the lede.

        What scraping leaves above the story (menus, bylines, captions in a few words) is neither.
        """
        title = fold(self.doc.title.strip())
        headings, lede, prose = set(), set(), 0
        for sentence, clause in zip(self.doc.sentences, self.clauses, strict=True):
            text = self.doc.folded[sentence.start : sentence.end].strip()
            if sentence.is_title or (title and text.startswith(title)):
                headings.add(clause.index)
                continue
            lede.add(clause.index)
            prose += len(text) >= PROSE and text.rstrip("\"')")[-1:] in ".!?"
            if prose == LEDE_SENTENCES or clause.index >= LEDE_REACH:
                break
        return frozenset(headings), frozenset(lede)

    def reason(self, reports: Sequence[Report]) -> str:
        """The reading's reason, one of extract.rules.REASONS."""
        here = [report for report in reports if report.country in ("Iraq", "Syria")]
        if here:
            return "attack_current" if any(report.current for report in here) else "attack_background"
        if self.tallies:
            return "tally_only"
        if reports:
            return "next_door"
        ranked = ("us_strike", "other_theatre", "not_us_target", "denied", "threat_only")
        said = list(self.whys.values())
        return max(ranked, key=said.count) if said else "no_attack"

    def _is_ours(self, draft: Draft) -> bool:
        """A shared place (an airport, the Green Zone) counts where the text ties the attack to us."""
        site = self.knowledge.site(draft.place) if draft.place else None
        if site is None or not site.watched or not self._happened(draft):
            return False
        if any(told.attack.ours for told in draft.told):
            return True
        if site.used_until is not None and draft.latest is not None and draft.latest > site.used_until:
            return self._speaks_of_us(draft)
        if site.precision == "site" and site.kind not in ("zone", "airport"):
            return True
        return self._speaks_of_us(draft)

    def _town(self, attack: Attack) -> list[str | None]:
        """The finest of the towns, provinces and countries named; none where two countries are."""
        sites = [self.knowledge.site(town) for town in attack.towns]
        ladder = ("site", "city", "province", "country")
        if not sites:
            return []
        best = min(sites, key=lambda site: ladder.index(site.precision))
        if best.precision == "country" and len({site.site_id for site in sites}) > 1:
            return []
        return [best.site_id]

    @cached_property
    def _date_bounds(self) -> tuple[list[int], list[int]]:
        return [mention.start for mention in self.dates], [mention.end for mention in self.dates]

    def dates_in(self, clause: Clause) -> Sequence[DateMention]:
        """The days that a sentence names, or that reach into it."""
        return self.dates_between(clause.start, clause.end)

    def dates_between(self, start: int, end: int) -> Sequence[DateMention]:
        """The days that have words between two offsets."""
        starts, ends = self._date_bounds
        return self.dates[bisect_right(ends, start) : bisect_left(starts, end)]

    def casualties_in(self, sentences: Sequence[int]) -> Sequence[CasualtyMention]:
        """Killed and wounded as these sentences (indexes, in order) tell them; or all of them."""
        return self.casualties

    @property
    def is_roundup(self) -> bool:
        """A digest of the week: what the week brought is its news."""
        raise NotImplementedError

    def _happened(self, draft: Draft) -> bool:
        """Somebody tells it as a fact, and it was no drill, no demolition and no bomb found in time."""
        raise NotImplementedError

    def _speaks_of_us(self, draft: Draft) -> bool:
        """Its sentences name our people, or another place of ours ("the quarter of the US embassy")."""
        raise NotImplementedError


def days_of(drafts: Sequence[Draft]) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of these attacks; None where none has a day."""
    days = [(draft.earliest, draft.latest) for draft in drafts if draft.earliest and draft.latest]
    return (min(first for first, _ in days), max(last for _, last in days)) if days else None
