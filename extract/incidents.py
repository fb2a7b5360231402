"""From sentences to attacks: which of them speak of one attack, where, when, and whether it is news.

Sentences are read in order. An attack that a sentence tells of joins the draft it is compatible with
(same place, or one place inside or beside the other; same days) and opens a new draft otherwise; a
sentence without an attack of its own ("the drone was shot down", "no one was hurt") joins the drafts
last spoken of. Two drafts are better than one draft for two attacks, but a headline and its body tell
one attack.

What is news, and what is background, is decided as follows. An attack is current where a clause of its
own tells of it (not "a day after a drone struck ...") and it happened on the day of publication or the
two days before; or where title or lede tell of it and it is no older than six weeks (a toll revised, a
claim made later). Everything else is background. Without a publication time the title's or lede's
attacks are current.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extract.clauses import Attack
from extract.dates import DateMention
from extract.knowledge import Knowledge
from extract.text import Document

FRESH = dt.timedelta(days=2)
NEWS = dt.timedelta(days=1)  # what is told without a day is of that day or the one before
REVISITED = dt.timedelta(days=45)
WEEK = dt.timedelta(days=8)
BESIDE_KM = 4.0  # sites nearer than this are hit by one attack
LEDE_SENTENCES = 2


_BASES = ("air_base", "airport", "base", "gas_field", "oil_field", "outpost", "zone")
_STANDS_FOR = {
    "airport": ("air_base", "airport"), "base": (*_BASES, "consulate", "diplomatic_facility", "embassy"),
    "embassy": ("embassy", "zone"), "consulate": ("consulate",), "outpost": _BASES, "oil_field": _BASES,
}  # fmt: skip


@lru_cache(maxsize=4)
def _airports(knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """The names of airports in small letters, each with its site."""
    names = ((name.alias.lower(), name.site_id) for name in knowledge.site_aliases)
    return tuple((name, site) for name, site in names if "airport" in name)


@dataclass(slots=True)
class Told:
    """One attack of one sentence, with its day; a draft is made of these."""

    attack: Attack
    place: str | None  # site or town
    earliest: dt.date | None
    latest: dt.date | None
    mention: DateMention | None
    spoken: bool  # the day is that of the statement
    passing: bool  # named as the cause or context of something else
    another: bool
    is_title: bool
    is_lede: bool
    antecedent: str | None = None  # the site named before, which "the base" may be
    zoned: bool = False  # the day was converted from another clock, and may be told otherwise elsewhere
    referred: bool = False  # "the attack on ...", as of something known
    caused: bool = False  # the arrests, the answer or the talks after it are what the sentence tells
    rumour: bool = False  # what channels and unnamed reports say


@dataclass(slots=True)
class Draft:
    """An attack in the making."""

    order: int
    told: list[Told] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    place: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    mention: DateMention | None = None
    spoken: bool = False
    lead: list[int] = field(default_factory=list)  # the sentence that told of several attacks before this one

    eclipsed: bool = False  # title or lede tell of a later attack as well: this one is its background

    @property
    def leading(self) -> bool:
        """Title or lede tell of it, and not in passing; nor does the title tell what came of it."""
        if any(told.is_title and told.caused for told in self.told):
            return False
        return any((told.is_title or told.is_lede) and not told.passing for told in self.told)

    @property
    def dated(self) -> bool:
        return self.earliest is not None and not self.spoken


class Grouper:
    """Holds the drafts of one article."""

    def __init__(self, doc: Document, knowledge: Knowledge, published: dt.date | None) -> None:
        self.doc, self.knowledge, self.published = doc, knowledge, published
        self.drafts: list[Draft] = []
        self.focus: list[Draft] = []
        self._airports: frozenset[str] | None = None
        self.last: list[Draft] = []  # those last told, even where the text has turned away since

    def tell(self, sentence: int, told: Sequence[Told]) -> None:
        """The attacks of the next sentence."""
        fresh: list[Draft] = []
        for item in told:
            item = self._placed(item)
            draft = self._draft_for(item, fresh)
            if draft is None:
                draft = Draft(order=len(self.drafts))
                self.drafts.append(draft)
            self._add(draft, item)
            if draft not in fresh:
                fresh.append(draft)
            if sentence not in draft.sentences:
                draft.sentences.append(sentence)
        self.focus = self.last = fresh

    def _placed(self, item: Told) -> Told:
        """ "The base" is the base last spoken of."""
        if not item.attack.definite:
            return item
        for draft in [*reversed(self.focus), *reversed(self.drafts)]:
            if draft.place is None or not self._may_stand_for(item, draft.place):
                continue
            if item.place is None or self.knowledge.contains(item.place, draft.place):
                return replace(item, place=draft.place)
        return replace(item, place=item.antecedent) if item.place is None else item

    def _may_stand_for(self, item: Told, place: str) -> bool:
        """ "The airport" is no embassy, "the embassy" no air base."""
        kind = self.knowledge.site(place).kind
        if "airport" in item.attack.kinds:
            return place in self._named_airports()
        wanted = {kind for word in item.attack.kinds for kind in _STANDS_FOR.get(word, ())}
        return not wanted or kind in wanted or self.knowledge.site(place).precision != "site"

    def _named_airports(self) -> frozenset[str]:
        """The sites that the article calls airports."""
        if self._airports is None:
            names = _airports(self.knowledge)
            self._airports = frozenset(site for name, site in names if name in self.doc.folded)
        return self._airports

    def refine(self, site_id: str) -> None:
        """A later sentence names the base that was only described."""
        for draft in self.focus:
            if (
                draft.place is not None
                and draft.place != site_id
                and self.knowledge.contains(draft.place, site_id)
            ):
                draft.place = site_id

    def is_recalled(self, attack: Attack) -> bool:
        """ "It was the first attack on K1 since ...": the one just told, which may get its place so."""
        if attack.letter != "K" or len(attack.sites) != 1 or not self.focus:
            return False
        draft, site = self.focus[-1], attack.sites[0]
        if draft.place is None:
            return False
        province = self.knowledge.site(draft.place).within or draft.place
        if draft.place != site and not self.knowledge.contains(province, site):
            return False
        if self._is_finer(site, draft.place) or self.knowledge.site(draft.place).precision != "site":
            draft.place = site
        return True

    def recall(self, sentences: Sequence[int]) -> None:
        """The sentences before a list speak of each of its items."""
        for draft in self.focus:
            draft.sentences.extend(index for index in sentences if index not in draft.sentences)

    def go_on(self, sentence: int, of_all: bool = False) -> None:
        """The next sentence tells of no attack of its own, but may say more of the last, or of all."""
        for draft in self.drafts if of_all else self.focus:
            draft.sentences.append(sentence)

    def date(self, mention: DateMention, *, spoken: bool) -> None:
        """A later sentence says when it was."""
        for draft in self.focus:
            if draft.earliest is None or (draft.spoken and not spoken) or _within(mention, draft):
                draft.earliest, draft.latest = mention.earliest, mention.latest
                draft.mention, draft.spoken = mention, spoken

    def turn_away(self) -> None:
        """The text now speaks of something else."""
        self.focus = []

    def _draft_for(self, item: Told, fresh: Sequence[Draft]) -> Draft | None:
        candidates = [d for d in self.drafts if self._same_days(d, item) and self._same_place(d, item, fresh)]
        if not candidates:
            return None
        exact = [d for d in candidates if item.place is not None and d.place == item.place]
        focused = [d for d in candidates if d in self.focus]
        for group in (exact, focused, candidates):
            if group:
                return group[-1] if group is not candidates or item.place is not None else group[0]
        return None

    def _same_days(self, draft: Draft, item: Told) -> bool:
        if item.earliest is None or item.latest is None or item.spoken:
            return (
                item.passing
                or not self._is_past(draft.earliest)
                or item.attack.definite
                or (item.place is not None and item.place == draft.place and not item.is_title)
            )
        if draft.earliest is None or draft.latest is None or draft.spoken:
            return self._may_be_of(draft, item)
        slack = dt.timedelta(days=1 if item.zoned and self._same_base(draft, item) else 0)
        return item.earliest <= draft.latest + slack and draft.earliest <= item.latest + slack

    def _same_base(self, draft: Draft, item: Told) -> bool:
        if draft.place is None or item.place is None:
            return False
        return self.knowledge.contains(draft.place, item.place) or self.knowledge.contains(
            item.place, draft.place
        )

    def _may_be_of(self, draft: Draft, item: Told) -> bool:
        """Whether an attack told without a day may be the one that now gets one."""
        if self.published is None or item.latest is None:
            return True
        if all(told.passing for told in draft.told) and draft.place == item.place:
            return item.latest >= self.published - REVISITED
        only_title = all(told.is_title for told in draft.told)
        leading = any(told.is_title or told.is_lede for told in draft.told)
        if only_title and item.is_lede:
            return True
        if only_title or (leading and draft.place != item.place):
            return item.latest >= self.published - REVISITED
        return item.latest >= self.published - NEWS

    def _is_past(self, day: dt.date | None) -> bool:
        """Too old for an attack told without a date, which is taken as news."""
        return day is not None and self.published is not None and day < self.published - FRESH

    def _same_place(self, draft: Draft, item: Told, fresh: Sequence[Draft]) -> bool:
        if item.another and draft in self.last and any(not told.is_title for told in draft.told):
            return any(told.another for told in draft.told) and item.place == draft.place
        if draft.place is not None and self._other_kind(draft.place, item):
            return False
        if item.place is None or draft.place is None:
            return item.place is not None or draft in self.focus or not self.focus
        if draft in fresh and item.place != draft.place:
            return self._beside(draft.place, item.place)
        return (
            self._holds(draft.place, item.place)
            or self._holds(item.place, draft.place)
            or self._beside(draft.place, item.place)
        )

    def _holds(self, place: str, other: str) -> bool:
        """Whether the one lies in the other; "in Hasakah" often means the province of that name."""
        if self.knowledge.contains(place, other):
            return True
        town = self.knowledge.site(place)
        if town.precision != "city" or town.country != "Syria" or town.within is None:
            return False
        return self.knowledge.contains(town.within, other)

    def _other_kind(self, place: str, item: Told) -> bool:
        """An air base is no embassy, though both are in Iraq."""
        if item.place is not None and self.knowledge.site(item.place).precision == "site":
            return False
        site, kinds = self.knowledge.site(place), item.attack.kinds
        mission = {"embassy", "consulate"}
        if site.target_kind in mission:
            named = mission | {"other"}  # "the diplomatic mission"
            return bool(kinds & {"base", "outpost", "convoy"}) and not kinds & named
        return (
            bool(kinds & mission)
            and site.precision == "site"
            and site.kind in ("air_base", "base", "outpost")
        )

    def _beside(self, one: str, other: str) -> bool:
        a, b = self.knowledge.site(one), self.knowledge.site(other)
        if a.precision != "site" or b.precision != "site" or a.country != b.country:
            return False
        if self.knowledge.contains(one, other) or self.knowledge.contains(other, one):
            return True
        return self._distance_km(one, other) <= BESIDE_KM

    def _distance_km(self, one: str, other: str) -> float:
        a, b = self.knowledge.site(one), self.knowledge.site(other)
        if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
            return math.inf
        east = (a.lon - b.lon) * math.cos(math.radians(a.lat))
        return math.hypot(a.lat - b.lat, east) * 111.2

    def _add(self, draft: Draft, item: Told) -> None:
        draft.told.append(item)
        if item.place is not None and self._is_finer(item.place, draft.place):
            draft.place = item.place
        if item.earliest is not None and (draft.earliest is None or (draft.spoken and not item.spoken)
                                          or (self._narrower(item, draft) and not item.spoken)):  # fmt: skip
            draft.earliest, draft.latest = item.earliest, item.latest
            draft.mention, draft.spoken = item.mention, item.spoken

    @staticmethod
    def _narrower(item: Told, draft: Draft) -> bool:
        if not (item.earliest and item.latest and draft.earliest and draft.latest):
            return False
        return item.latest - item.earliest < draft.latest - draft.earliest

    def _is_finer(self, place: str, than: str | None) -> bool:
        if than is None:
            return True
        new, old = self.knowledge.site(place), self.knowledge.site(than)
        if new.precision != old.precision:
            ladder = ("site", "city", "province", "country")
            return ladder.index(new.precision) < ladder.index(old.precision)
        return old.site_id != new.site_id and self.knowledge.contains(than, place)


def _within(mention: DateMention, draft: Draft) -> bool:
    """One of the days that the attack may have been on."""
    if mention.precision != "day" or not (mention.earliest and draft.earliest and draft.latest):
        return False
    return draft.earliest < draft.latest and draft.earliest <= mention.earliest <= draft.latest


def is_current(draft: Draft, published: dt.date | None, roundup: bool = False) -> bool:
    """Whether the attack is the article's news; the rule is told at the top of this module."""
    own = [told for told in draft.told if not told.passing]
    if not own:
        return False
    leading = draft.leading and not draft.eclipsed
    if published is None or draft.latest is None:
        return leading or (draft.latest is None and not draft.eclipsed)
    if roundup and draft.latest >= published - WEEK:
        return True
    if draft.latest >= published - FRESH and draft.earliest is not None:
        return draft.latest - draft.earliest <= FRESH + NEWS or leading
    return leading and draft.latest >= published - REVISITED


def eclipse(drafts: Sequence[Draft], opens_with_attacks: bool) -> None:
    """Marks what is background: what title and lede tell beside a later attack, which is the news then.

    Where they do not speak of attacks at all, an attack told without a day is no news either.
    """
    newest = max((d.earliest or dt.date.max for d in drafts if d.leading), default=None)
    for draft in drafts:
        if newest is not None and draft.latest is not None and draft.latest < dt.date.max - FRESH:
            draft.eclipsed = draft.latest + FRESH < newest
        if draft.latest is None:
            draft.eclipsed = not opens_with_attacks or all(told.referred for told in draft.told)


def _is_vague_headline(draft: Draft, drafts: Sequence[Draft], knowledge: Knowledge) -> bool:
    """Only the headline tells of it, without a site, and the body tells of an attack in that country."""
    if not all(told.is_title for told in draft.told):
        return False
    place = knowledge.site(draft.place) if draft.place else None
    if place is not None and place.precision == "site":
        return _is_told_otherwise(draft, drafts, knowledge)
    return any(
        other is not draft and other.place is not None
        and (place is None or knowledge.site(other.place).country == place.country)
        for other in drafts
    )  # fmt: skip


def _is_told_otherwise(draft: Draft, drafts: Sequence[Draft], knowledge: Knowledge) -> bool:
    """The headline's "base in Erbil" is Harir in the body, which tells of no other attack there."""
    provinces = set(knowledge.around(draft.place or "")) - {"iraq", "syria", "jordan"}
    return any(
        other is not draft and other.place is not None and not all(told.is_title for told in other.told)
        and provinces & set(knowledge.around(other.place))
        and (draft.earliest is None or other.earliest is None or draft.earliest == other.earliest)
        for other in drafts
    )  # fmt: skip


def settled(drafts: Sequence[Draft], knowledge: Knowledge) -> list[Draft]:
    """The drafts that stand: a headline too general to be matched yields to what the body tells."""
    standing = []
    for draft in drafts:
        if _is_vague_headline(draft, drafts, knowledge):
            continue
        if draft.place is None:
            continue
        standing.append(draft)
    return standing
