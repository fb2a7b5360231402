"""An Arabic article in, a Reading out, by the steps of extract.reading.

The article is read in its plain spelling (extract.languages.arabic); sentences, grouping of what sentences tell into
attacks, place, day, toll and report are those of the English reader. Where words and grammar decide (who attacks
whom, what counts, who says it) this reader has its own. The evidence is led back to the article as it was
stored at the very end.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from extract.arabic_clauses import Told as Sentenced
from extract.arabic_clauses import find_attacks, parties_in
from extract.arabic_names import Name, names_of
from extract.arabic_values import find_casualties, find_tallies, find_weapons
from extract.clauses import Attack, Clause
from extract.dates import DateMention, local_day
from extract.incidents import FRESH, Draft, Grouper, Told, settled
from extract.knowledge import Knowledge
from extract.languages import ar_events as ar
from extract.languages.ar import find_dates, find_numbers
from extract.numbers import Number
from extract.reader import RUNNING_SENTENCES, ArticleReader, days_of
from extract.records import Article
from extract.text import Document
from extract.weapons import WeaponMention

_WEAPON_LETTER = re.compile(ar.ANY_WEAPON.pattern)
_THE_ATTACK = re.compile(
    r"(?<![ء-ي])[وف]?(?:ان )?(?:الهجوم|الاستهداف|القصف|الحادث|الانفجار|العمليه)(?: (?:وقع|نفذ|حدث|حصل|جري|تم))?(?![ء-ي])"
)
_DAYS_APART = dt.timedelta(days=3)


class ArabicGrouper(Grouper):
    """The drafts of one Arabic article."""

    def _draft_for(self, item: Told, fresh: Sequence[Draft]) -> Draft | None:
        """What is told without a day is of the attack that is news, not of an older one recalled before."""
        if item.attack.listed:  # the second of those told in turn
            return None
        found = super()._draft_for(item, fresh)
        if found is None or item.earliest is not None or item.passing or not self._is_past(found.latest):
            return found
        for draft in self.drafts:
            if draft.place == found.place and draft not in fresh and not self._is_past(draft.latest):
                return draft
        return found

    def _add(self, draft: Draft, item: Told) -> None:
        """ "A source said on Tuesday", and later "on the night from Tuesday to Wednesday": it was Tuesday."""
        day, first, last = draft.earliest, item.earliest, item.latest
        if (
            draft.spoken
            and day is not None
            and first is not None
            and last is not None
            and first <= day <= last
        ):
            if first < last:
                item = replace(item, earliest=None, latest=None, mention=None)
            draft.spoken = first == last
        super()._add(draft, item)


class ArabicReader(ArticleReader):
    """One Arabic article while it is read."""

    def __init__(self, article: Article, doc: Document, knowledge: Knowledge) -> None:
        self.article, self.doc, self.knowledge = article, doc, knowledge
        self.published = local_day(article.published_at) if article.published_at else None
        self.text = doc.folded
        self._weapons: dict[int, Sequence[WeaponMention]] = {}

    def attacks(self) -> list[Draft]:
        """The attacks told; the tallies stated, and why a sentence tells of none, are kept beside them."""
        self.names = self._named()
        self.sentenced = list(self._sentences())
        self.clauses = tuple(self._clauses())
        self.whys = {i: told.why for i, told in enumerate(self.sentenced) if told.why}
        self.dates = find_dates(self.text, self.article.published_at)
        self.numbers = self._counts()
        self.tallies = find_tallies(
            self.doc, self.dates, self.numbers, self.article.published_at, self.article.article_id
        )
        self._set_aside_counts(self.tallies)
        self.headings, self.lede = self._opening()
        told = {i: said.attacks for i, said in enumerate(self.sentenced) if said.attacks}
        if not told or ar.FICTION.search(self.text[:600]):
            return []
        self.counting = counting = {
            self.doc.sentence_index(tally.evidence[0].start) for tally in self.tallies
        }
        self.casualties = tuple(
            replace(mention, running=True) if self.doc.sentence_index(mention.start) in counting else mention
            for mention in find_casualties(self.doc, self.numbers)
        )
        return self._drafts(told)

    def _counts(self) -> list[Number]:
        """The numbers that are no part of a date."""
        days = [(m.start, m.end) for m in self.dates]
        found: list[Number] = []
        at = 0
        for number in find_numbers(self.text):
            while at < len(days) and days[at][1] <= number.start:
                at += 1
            if at == len(days) or number.end <= days[at][0]:
                found.append(number)
        return found

    def _named(self) -> list[Name]:
        """The names, with "groups supported by Iran" as one that is not Iran's."""
        names = names_of(self.knowledge).find(self.text)
        groups = [match.span() for match in ar.GENERIC_GROUP.finditer(self.text)]
        kept = [
            name
            for name in names
            if name.letter != "@" or not any(start <= name.start < end for start, end in groups)
        ]
        kept.extend(Name(start, end, "@", "iran_backed_militias", "", "attacker") for start, end in groups)
        return sorted(kept, key=lambda name: name.start)

    def _set_aside_counts(self, tallies: Sequence[Any]) -> None:
        """A sentence that states a running count tells of no single attack."""
        for tally in tallies:
            index = self.doc.sentence_index(tally.evidence[0].start)
            for attack in self.sentenced[index].attacks:
                if abs(attack.start - tally.evidence[0].start) < 80 or not attack.sites:
                    attack.plural = True

    def _sentences(self) -> Iterator[Sentenced]:
        at = 0
        coalition = "تحالف" in self.text
        for index, sentence in enumerate(self.doc.sentences):
            names: list[Name] = []
            while at < len(self.names) and self.names[at].start < sentence.end:
                names.append(self.names[at])
                at += 1
            if not names and not ar.MILITARY.search(self.text, sentence.start, sentence.end):
                yield Sentenced(sentence.start, sentence.end)
                continue
            parties = parties_in(self.text, sentence, names, coalition)
            yield find_attacks(self.text, sentence, index, parties, self.knowledge)

    def _clauses(self) -> Iterator[Clause]:
        for index, (sentence, told) in enumerate(zip(self.doc.sentences, self.sentenced, strict=True)):
            letters = "".join(dict.fromkeys(party.letter for party in told.parties)).upper()
            letters = letters.replace("C", "U").replace("U", "UF")
            letters += "W" if ar.ANY_WEAPON.search(self.text, sentence.start, sentence.end) else ""
            letters += "D" if ar.DOWN.search(self.text, sentence.start, sentence.end) else ""
            yield _clause(index, letters, sentence.start, sentence.end, sentence.is_title)

    @property
    def is_roundup(self) -> bool:
        """A digest of the week."""
        return ar.ROUNDUP.search(self.text[:300]) is not None

    def is_official(self) -> bool:
        """No American release is in Arabic."""
        return False

    # --- drafts --------------------------------------------------------------------------------

    def _drafts(self, told: dict[int, list[Attack]]) -> list[Draft]:
        grouper = ArabicGrouper(self.doc, self.knowledge, self.published)
        self.focused: tuple[dt.date, dt.date] | None = None
        opening = self.headings | self.lede
        self.of_strikes = ar.STRIKE.search(self.text, 0, len(self.doc.title)) is not None and not any(
            not attack.plural for index in opening for attack in told.get(index, ())
        )
        self.running: tuple[int, DateMention | None] = (0, None)
        lead: list[int] = []
        for clause in self.clauses:
            attacks = told.get(clause.index, [])
            single = [attack for attack in attacks if not attack.plural]
            items = [item for attack in single for item in self._told(clause, attack, single)]
            if any(attack.plural for attack in attacks):
                lead = [clause.index]
                mention, spoken = self._date_of(clause, attacks[0], attacks)
                if mention is not None and not spoken:
                    self.running = (clause.index, mention)
            if items:
                items = [self._set_apart(item, grouper) for item in items]
                grouper.tell(clause.index, items)
                self.focused = days_of(grouper.focus)
                for draft in grouper.focus:
                    draft.lead = draft.lead or lead[:1]
            elif self._goes_on(clause, attacks):
                grouper.go_on(clause.index, "الهجمات الثلاث" in self.text[clause.start : clause.end])
                self._dated_by_its_word(clause, grouper.focus)
            elif attacks or clause.index in self.whys:
                grouper.turn_away()
        drafts = settled(grouper.drafts, self.knowledge)
        self._date_by_the_statement(drafts)
        return [draft for draft in drafts if self._is_ours(draft) and not self._is_summed_up(draft, drafts)]

    def _date_by_the_statement(self, drafts: Sequence[Draft]) -> None:
        """The day on which somebody told of it stands for the day of an attack told without one."""
        if self.published is None:
            return
        spoken: list[tuple[int, DateMention]] = []
        for clause in self.clauses:
            for mention in self._mentions_in(clause):
                day = mention.earliest
                if day is None or day != mention.latest or mention.kind == "window":
                    continue
                if day < self.published - dt.timedelta(days=2):
                    continue
                near = self.text[max(clause.start, mention.start - 90) : mention.start]
                if ar.SPEECH.search(near) or ar.SPEECH.match(self.text, mention.end):
                    spoken.append((clause.index, mention))
        for draft in drafts:
            if draft.earliest is not None or all(told.passing for told in draft.told):
                continue
            own = [mention for index, mention in spoken if index in draft.sentences]
            days = {mention.earliest for mention in own} or {mention.earliest for _, mention in spoken}
            if len(days) == 1:
                mention = (own or [mention for _, mention in spoken])[0]
                draft.earliest, draft.latest = mention.earliest, mention.latest
                draft.mention, draft.spoken = mention, True

    def _is_ours(self, draft: Draft) -> bool:
        """A base that Americans may have left counts where the text says that some are there."""
        site = self.knowledge.site(draft.place) if draft.place else None
        if (
            site is not None
            and site.us_presence == "unclear"
            and site.kind == "air_base"
            and not self._tells_of_us()
        ):
            return False
        return super()._is_ours(draft)

    def _airport_is_shared(self) -> bool:
        """ "The airport holds a base": ours are named where the text describes the airport."""
        for index, told in enumerate(self.sentenced):
            if "مطار" not in self.text[told.start : told.end]:
                continue
            for near in self.sentenced[index : index + 3]:
                if any(p.letter in "UCBE" or p.site_id == "us_embassy_baghdad" for p in near.parties):
                    return True
        return False

    def _speaks_of_embassy(self) -> bool:
        named = (party.site_id for told in self.sentenced for party in told.parties)
        return "us_embassy_baghdad" in set(named)

    def _tells_of_us(self) -> bool:
        named = any(party.letter in "UCBVE" for told in self.sentenced for party in told.parties)
        return (
            named or ar.HOSTING.search(self.text) is not None or ar.CONTRACTORS.search(self.text) is not None
        )

    def _is_summed_up(self, draft: Draft, drafts: Sequence[Draft]) -> bool:
        """Headline or lede name only the province of what the text then tells base by base."""
        place = self.knowledge.site(draft.place or "")
        if place.precision == "site" or not all(told.is_title or told.is_lede for told in draft.told):
            return False
        for other in drafts:
            site = self.knowledge.site(other.place or "")
            near = site.province == place.province or place.precision == "country"
            same_days = (
                draft.latest is None or other.earliest is None
                or abs(other.earliest - draft.latest) <= _DAYS_APART
            )  # fmt: skip
            if (
                other is not draft
                and site.precision == "site"
                and site.country == place.country
                and near
                and same_days
            ):
                return "convoy" not in frozenset[str]().union(*(told.attack.kinds for told in draft.told))
        return False

    def _set_apart(self, item: Told, grouper: Grouper) -> Told:
        """An older attack told far from the lede is not the undated one that is the news."""
        if self.published is None or item.latest is None or item.is_title or item.is_lede:
            return item
        old = item.latest < self.published - _DAYS_APART
        undated = [d for d in grouper.drafts if d.earliest is None and d.place != item.place]
        return replace(item, another=True) if old and undated else item

    def _goes_on(self, clause: Clause, attacks: Sequence[Attack]) -> bool:
        sentence = self.text[clause.start : clause.end]
        if any(attack.plural for attack in attacks) and "الهجمات" not in sentence:
            return False
        if clause.index in self.counting and not attacks:
            return False
        if ar.BACKGROUND.search(sentence) and not self._mentions_in(clause):
            return False
        if self.whys.get(clause.index) in ("us_strike", "other_theatre") or self._is_of_another_day(clause):
            return False
        words = (ar.HARM, ar.DAMAGE, ar.DOWN, ar.ANY_WEAPON, ar.SPEECH, ar.CLAIM, ar.NOUN)
        return any(pattern.search(sentence) for pattern in words)

    def _dated_by_its_word(self, clause: Clause, drafts: Sequence[Draft]) -> None:
        """ "The attack happened at dawn today": the day of an attack told before without one."""
        match = _THE_ATTACK.search(self.text, clause.start, clause.end)
        if match is None:
            return
        for mention in self._mentions_in(clause):
            near = abs(mention.start - match.end()) < 60 and mention.start >= match.start()
            if not near or mention.kind == "window" or mention.earliest is None:
                continue
            for draft in drafts:
                if not draft.dated:
                    draft.earliest, draft.latest, draft.mention, draft.spoken = (
                        mention.earliest, mention.latest, mention, False,
                    )  # fmt: skip
            return

    def _is_of_another_day(self, clause: Clause) -> bool:
        if not self.focused:
            return False
        first, last = self.focused
        for mention in self._mentions_in(clause):
            if mention.kind == "window" or mention.earliest is None or mention.latest is None:
                continue
            if "ساع" in self.text[mention.start : mention.end]:
                continue  # "hours before", counted from the attack and not from today
            if mention.latest < first - _DAYS_APART or mention.earliest > last + _DAYS_APART:
                return True
        return False

    def _mentions_in(self, clause: Clause) -> list[DateMention]:
        return [m for m in self.dates if clause.start <= m.start < clause.end and m.kind != "filed"]

    def _told(self, clause: Clause, attack: Attack, others: Sequence[Attack]) -> Iterator[Told]:
        mention, spoken = self._date_of(clause, attack, others)
        before = self.text[max(clause.start, attack.start - 70) : attack.start]
        after = ar.AFTER.match(self.text, attack.clause_start)
        passing = after is not None or ar.PASSING.search(before) is not None
        passing = passing or (attack.letter != "V" and ar.ANSWER_TO.search(before) is not None)
        passing = passing or (self.of_strikes and clause.index not in self.headings | self.lede)
        passing = passing or ar.ANSWERED.search(self.text, clause.start, attack.start) is not None
        heading = clause.index in self.headings
        same_day = ar.SAME_DAY.search(self.text, clause.start, attack.end) is not None
        referred = attack.letter == "K" and self.text.startswith("ال", attack.start)
        fresh = not heading and after is None and not referred
        again = attack.definite and ar.ANOTHER.search(self.text, attack.clause_start, attack.end + 20)
        if mention is None and (((attack.sites or same_day) and fresh) or again):
            mention = self._running_date(clause)
        if mention is not None and ar.THIS_ATTACK.match(self.text, clause.start):
            mention = mention if abs(mention.start - attack.end) < 24 else None
        if mention is not None:
            self.running = (clause.index, mention)
        earliest, latest = (mention.earliest, mention.latest) if mention else (None, None)
        if after is not None and mention is None:
            earliest, latest = self._days_before(after.group())
        places: list[str | None] = list(attack.sites) or self._town(attack) or [None]
        for place in places:
            yield Told(
                attack=attack, place=place, earliest=earliest, latest=latest, mention=mention, spoken=spoken,
                passing=passing,
                another=attack.listed or ar.ANOTHER.search(self.text, attack.clause_start, attack.end + 20) is not None,
                is_title=heading, is_lede=clause.index in self.lede and not self._is_recalled(latest), antecedent=self._site_before(clause),
                zoned=False, rumour=False,
            )  # fmt: skip

    def _is_recalled(self, latest: dt.date | None) -> bool:
        """An older attack told right after one that is fresh is not the news, however near the lede."""
        if latest is None or self.published is None or not self.focused:
            return False
        return latest < self.published - FRESH <= self.focused[1]

    def weapons_in(self, clause: Clause) -> Sequence[WeaponMention]:
        """The weapon words of a sentence; kept, as every draft asks."""
        found = self._weapons.get(clause.index)
        if found is None:
            found = find_weapons(self.text, clause.start, clause.end, clause.is_title, self.numbers)
            self._weapons[clause.index] = found
        return found

    def _days_before(self, words: str) -> tuple[dt.date | None, dt.date | None]:
        """ "On the morrow of an attack on": the day before that of the attack last spoken of."""
        days = next((days for word, days in ar.DAYS_AFTER if word in words), None)
        if days is None or not self.focused:
            return None, None
        before = dt.timedelta(days=days)
        return self.focused[0] - before, self.focused[1] - before

    def _running_date(self, clause: Clause) -> DateMention | None:
        index, mention = self.running
        return mention if mention is not None and clause.index - index <= RUNNING_SENTENCES else None

    def _site_before(self, clause: Clause) -> str | None:
        """The last site named before, else the first that the article names at all."""
        for index in range(clause.index, -1, -1):
            sites = [p.site_id for p in self.sentenced[index].parties if p.letter == "S" and p.site_id]
            if sites:
                return sites[0]
        return next((p.site_id for told in self.sentenced for p in told.parties if p.letter == "S"), None)

    def _date_of(
        self, clause: Clause, attack: Attack, others: Sequence[Attack]
    ) -> tuple[DateMention | None, bool]:
        """The nearest day that the sentence names; that of "said on Monday" only where there is no other."""
        best: tuple[int, DateMention] | None = None
        spoken: tuple[int, DateMention] | None = None
        general: DateMention | None = None
        for mention in self._mentions_in(clause):
            if mention.earliest is None or mention.kind == "window":
                continue
            if (
                attack.clause_start != clause.start
                and mention.start < attack.clause_start
                and (len(others) > 1 or ar.AFTER.match(self.text, attack.clause_start))
            ):
                if not ar.AFTER.match(self.text, attack.clause_start) and all(
                    mention.end <= other.clause_start for other in others
                ):
                    general = mention  # "on Sunday three attacks: the first ..., the second ..."
                continue
            cost = min(abs(mention.start - attack.end), abs(mention.end - attack.start))
            cost += 200 * sum(1 for other in others if other is not attack
                              and min(mention.start, attack.start) < other.start < max(mention.start, attack.start))  # fmt: skip
            if self._is_spoken(clause, mention, attack):
                spoken = min(spoken or (cost, mention), (cost, mention), key=lambda pair: pair[0])
            elif best is None or cost < best[0]:
                best = (cost, mention)
        if best is not None:
            return best[1], False
        if general is not None:
            return general, self._is_spoken(clause, general, attack)
        return (spoken[1], True) if spoken is not None else (None, False)

    def _is_spoken(self, clause: Clause, mention: DateMention, attack: Attack) -> bool:
        """The day stands with the verb of speech, before what is told: "said on Friday that"."""
        if mention.start > attack.start or mention.day_part in ("dawn", "night"):
            return False
        head, between = self.text[clause.start : mention.start], self.text[mention.end : attack.start]
        return bool(ar.SPEECH.search(head)) and bool(
            re.search(r"(?<![ء-ي])(?:ب?ان|عن|تفاصيل|انها|انه|تعرض)(?![ء-ي])|^[^ء-ي]*$", between)
        )

    def _speaks_of_us(self, draft: Draft) -> bool:
        kind = self.knowledge.site(draft.place).kind if draft.place else ""
        if kind == "zone" and self._speaks_of_embassy():
            return True
        if kind == "airport" and self._airport_is_shared():
            return True
        for index in draft.sentences:
            parties = self.sentenced[index].parties
            missions = {self.knowledge.site(p.site_id).kind for p in parties
                        if p.letter == "S" and p.site_id and p.site_id != draft.place}  # fmt: skip
            sentence = self.text[self.sentenced[index].start : self.sentenced[index].end]
            if missions & {"embassy", "consulate"} or ar.HOSTING.search(sentence):
                return True
            if any(p.letter in "UCBVE" for p in parties):
                return True
        return False

    def _happened(self, draft: Draft) -> bool:
        told = [item for item in draft.told if not item.attack.denied]
        denied = len(told) < len(draft.told)
        if not told or (denied and all(item.is_title for item in told)):
            return False
        sentences = " ".join(
            self.text[self.sentenced[i].start : self.sentenced[i].end] for i in draft.sentences
        )
        explained = ar.EXPLAINED.search(sentences) is not None
        officials = ar.DENY.search(self.text) is not None and ar.EXPLAINED.search(self.text) is not None
        denied = denied or officials
        if explained and all(item.attack.letter == "D" for item in told):
            return False  # "trained its crews to shoot down drones"
        if all(item.attack.weak for item in told):
            return bool(_WEAPON_LETTER.search(sentences)) and not explained and not denied
        return not (explained and denied)


def _clause(index: int, letters: str, start: int, end: int, is_title: bool) -> Clause:
    """A sentence as the shared code knows it; only the letters that tell what is attacked, and no words."""
    clause = Clause(
        index=index, letters="", hits=[], starts=[], ends=[], site_at={}, determined=frozenset(),
        plural_at=frozenset(), start=start, end=end, is_title=is_title,
    )  # fmt: skip
    clause.letters = letters
    return clause
