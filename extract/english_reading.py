"""An English article in, a Reading out.

words       every known term in one pass (extract.lexis), sentences as letters
attacks     who attacks what, sentence by sentence (extract.clauses, extract.segments)
drafts      sentences of one attack put together (extract.incidents)
values      weapon, counts, casualties, damage, claims of each draft (extract.english_reports)
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from extract.casualties import CasualtyMention, find_casualties
from extract.clauses import TRIGGERS, Attack, Clause, find_attacks
from extract.dates import PLAUSIBLE_YEARS, DateMention, Link, day_of_telling, filed_at, find_dates
from extract.incidents import Draft, Grouper, Told, eclipse, is_current, settled
from extract.knowledge import Knowledge
from extract.languages.en_events import ENGLISH_EVENTS
from extract.lexis import Lexis, read_words
from extract.listing import echo, fragment, gone_on, list_item, loose, sites_listed, towns_listed
from extract.numbers import Number, numbers_alone
from extract.reader import RUNNING_SENTENCES, ArticleReader, days_of
from extract.records import Article
from extract.segments import weighed
from extract.speakers import find_speeches
from extract.tallies import find_tallies, may_state
from extract.text import Document

_DIGITS = re.compile(r"\b\d{1,3}(?=\s(?:[a-z-]+\s){0,2}\Z)")
HEADING = 30  # characters
AGAIN = 8  # characters: "was attacked again"
BESIDE = 40  # characters
_RELATIVE = 12  # characters: ", which killed"
PASSING_REACH = 140  # characters before an attack that may say that it is named in passing
SAID_FIRST = 200  # characters by which the day of telling stands further from the attack
OPENING = 12  # characters: "On Monday, ...", "Earlier on Monday, ..."
FICTION_REACH = 1500  # a game, a novel or a scenario says so at the start
ROUNDUP_REACH = 300
_EVENT_DAYS = ("absolute", "relative")  # kinds of mention that may say when an attack was
DAYS_APART = dt.timedelta(days=3)
RELEASE_REACH = 600
TOLD_BEFORE = 2  # sentences in which an attack told is gone on from
_SAYS = ENGLISH_EVENTS.patterns


class EnglishReader(ArticleReader):
    """One English article while it is read."""

    def __init__(self, article: Article, doc: Document, knowledge: Knowledge) -> None:
        self.article, self.doc, self.knowledge = article, doc, knowledge
        self.told_at = told_at = article.published_at or filed_at(doc)
        self.published = day_of_telling(told_at) if told_at and told_at.year in PLAUSIBLE_YEARS else None
        self.lexis: Lexis = read_words(doc, knowledge)
        self.clauses = self.lexis.clauses
        self.dates, self._days_found = (), False
        self._harm: dict[int, tuple[CasualtyMention, ...]] = {}  # by sentence

    def attacks(self) -> list[Draft]:
        """The attacks told; the tallies stated, and why a sentence tells of none, are kept beside them."""
        self.headings, self.lede = self._opening()
        told, self.whys = self._told_by_sentence()
        counting = may_state(self.doc)
        if told or counting:
            self._find_days()
        self.tallies = (
            find_tallies(self.doc, self.dates, self.told_at, self.article.article_id) if counting else ()
        )
        if not told:
            return []
        drafts = self._drafts(told)
        self.numbers = self._numbers_of(drafts)
        self.speeches = find_speeches(self.doc, self.clauses, self.knowledge) if drafts else {}
        return drafts

    @cached_property
    def counting(self) -> frozenset[int]:
        """The sentences that state a tally."""
        return frozenset(
            self.doc.sentence_index(item.start) for tally in self.tallies for item in tally.evidence[:1]
        )

    def casualties_in(self, sentences: Sequence[int]) -> list[CasualtyMention]:
        """Killed and wounded as these sentences tell them, each read once."""
        for index in sentences:
            if index not in self._harm:
                self._harm[index] = find_casualties(self.doc, (index,))
        return [mention for index in sentences for mention in self._harm[index]]

    def _numbers_of(self, drafts: Sequence[Draft]) -> list[Number]:
        """The counts of the sentences that tell of attacks; other sentences are not looked at."""
        found: list[Number] = []
        for index in sorted({index for draft in drafts for index in draft.sentences}):
            found.extend(numbers_alone(self.doc, self.clauses[index].start, self.clauses[index].end))
        return found

    def _told_by_sentence(self) -> tuple[dict[int, list[Attack]], dict[int, str]]:
        told: dict[int, list[Attack]] = {}
        whys: dict[int, str] = {}
        if _SAYS["fiction"].search(self.doc.folded[:FICTION_REACH]):
            return told, {0: "threat_only"}
        counting = False  # the text has just counted attacks, and may list them now
        for clause in self.clauses:
            attacks, why = find_attacks(clause)
            if attacks and _SAYS["proved_false"].search(self.doc.folded, clause.start, clause.end):
                attacks, why = [], "denied"
            for attack in attacks:
                sites_listed(clause, attack)
                attack.plural = attack.plural or self._is_count(attack) or self._is_line_of_counts(clause)
            if not attacks and clause.index - 1 in told and (more := echo(clause)) is not None:
                attacks = [more]
            if counting and not attacks:
                item = list_item(clause) or fragment(clause)
                attacks = [item] if item is not None else attacks
            counting = counting or any(attack.plural or not attack.sites for attack in attacks)
            counting = counting or any(clause.letters[at] == "K" for at in clause.plural_at)
            attacks = [*attacks, *gone_on(clause, attacks)]
            before = any(index in told for index in range(clause.index - TOLD_BEFORE, clause.index))
            attacks.extend(weighed(clause, attacks, why, before, self._has_day))
            if attacks:
                told[clause.index] = attacks
            if why:
                whys[clause.index] = why
        return told, whys

    def _find_days(self) -> None:
        """Days are looked for once, and only where somebody asks for them."""
        if not self._days_found:
            self.dates, self._days_found = find_dates(self.doc, self.told_at), True

    def _has_day(self, start: int, end: int) -> bool:
        """Whether the text between says when something was."""
        self._find_days()
        return any(start <= m.start < end and m.kind in _EVENT_DAYS for m in self.dates)

    def _is_anywhere(self, attack: Attack) -> bool:
        """It names no place nearer than a country."""
        return all(self.knowledge.site(town).precision == "country" for town in attack.towns)

    def _is_count(self, attack: Attack) -> bool:
        """ "Seven attacks on al-Omar": a count of attacks, not one of them."""
        if attack.letter not in "KZ" or not attack.sites or attack.weak:
            return False
        before = self.doc.folded[max(0, attack.start - 40) : attack.start]
        if len(attack.sites) > 1 and not any(int(n) > len(attack.sites) for n in _DIGITS.findall(before)):
            return False
        return self.doc.folded[attack.end - 1] == "s" and _SAYS["counted"].search(before) is not None

    def _is_line_of_counts(self, clause: Clause) -> bool:
        """ "14 attacks on ...", "One attack on ...": a line of a table of counts."""
        beside = (self.clauses[i] for i in (clause.index - 1, clause.index, clause.index + 1)
                  if 0 <= i < len(self.clauses))  # fmt: skip
        lines = [other.index for other in beside if _SAYS["count_line"].match(self.doc.folded, other.start)]
        return clause.index in lines and len(lines) > 1

    @cached_property
    def claims_of_all(self) -> frozenset[int]:
        """The sentences in which somebody claims several attacks at once."""
        says, text = _SAYS["claims_all"], self.doc.folded
        return frozenset([c.index for c in self.clauses if says.search(text, c.start, c.end)])

    @cached_property
    def is_roundup(self) -> bool:
        """A digest of the week: what the week brought is its news."""
        return _SAYS["roundup"].search(self.doc.folded[:ROUNDUP_REACH]) is not None

    @cached_property
    def is_official(self) -> bool:
        """A release or the transcript of a briefing: the article itself is the American voice."""
        if self.article.kind == "official" or _SAYS["release"].search(self.doc.folded[:RELEASE_REACH]):
            return True
        return len(_SAYS["transcript"].findall(self.doc.folded)) > 2

    def _drafts(self, told: dict[int, list[Attack]]) -> list[Draft]:
        self.grouper = grouper = Grouper(self.doc, self.knowledge, self.published)
        self.focused: tuple[dt.date, dt.date] | None = None  # days of the attack last spoken of
        self.general: list[int] = []  # sentences before any detail that hold for all attacks
        lead: list[int] = []  # sentences that count attacks before a list of them
        self.said: tuple[int, DateMention] | None = None  # a sentence and the day on which it was told
        self.running: tuple[int, DateMention | None] = (0, None)  # a sentence and the day it was about
        for clause in self.clauses:
            attacks = told.get(clause.index, [])
            attacks = [*attacks, *self._told_loosely(clause, attacks)]
            for attack in attacks:
                if (
                    attack.going_on
                    and self._is_anywhere(attack)
                    and not self._date_of(clause, attack, attacks)[0]
                ):
                    attack.plural = True
            single = [attack for attack in attacks if not attack.plural or self._has_days(clause, attack)]
            if _SAYS["recalls"].match(self.doc.folded, clause.start):  # "It was the second attack in a week"
                single = [attack for attack in single if attack.span_of or attack.letter != "K"]
                single = [attack for attack in single if not grouper.is_recalled(attack)]
            items = [item for attack in single for item in self._items(clause, attack, single)]
            if any(attack.plural or not (attack.sites or attack.definite) for attack in attacks):
                lead = [clause.index]
                counted_on, spoken = self._date_of(clause, attacks[0], attacks)
                if counted_on is not None and not spoken:
                    self.running = (clause.index, counted_on)
            elif lead and not items:
                lead.append(clause.index)
                if not grouper.drafts and _SAYS["of_all"].search(self.doc.folded, clause.start, clause.end):
                    self.general.append(clause.index)
            telling = (TRIGGERS | {"A"}) & set(clause.letters) or self._is_short(clause)
            if not items and (telling or (clause.index + 1 in told and self._opens_with_day(clause))):
                self._pass_day(clause)
            if items:
                grouper.tell(clause.index, items)
                self.focused = days_of([draft for draft in grouper.focus if draft.dated])
                for draft in grouper.focus:
                    draft.lead = draft.lead or lead[:1]
                if items[0].attack.listed:
                    grouper.recall(lead)
            elif self._goes_on(clause, attacks):
                everything = _SAYS["of_all"].search(self.doc.folded, clause.start, clause.end)
                grouper.go_on(clause.index, everything is not None)
                self._refine(grouper, clause)
                self._date_later(grouper, clause)
            else:
                self._date_by_name(grouper, clause)
                if attacks or clause.index in self.whys:
                    grouper.turn_away()
        drafts = [draft for draft in settled(grouper.drafts, self.knowledge) if self._is_ours(draft)]
        opening = [self.clauses[index] for index in self.headings | self.lede]
        eclipse(drafts, any(TRIGGERS & set(clause.letters) for clause in opening))
        for draft in drafts:
            if draft.lead and is_current(draft, self.published):
                draft.sentences.extend(index for index in self.general if index not in draft.sentences)
        return drafts

    def _told_loosely(self, clause: Clause, told: Sequence[Attack]) -> list[Attack]:
        """An attack told with a verb that is not known, where the sentence has a day."""
        if clause.index in self.headings or clause.index in self.whys:
            return []
        attack = loose(clause, {site for other in told for site in other.sites})
        if attack is None or any(not other.sites for other in told):
            return []
        attack.listed = False
        mention, spoken = self._date_of(clause, attack, [attack])
        return [attack] if mention is not None and not spoken and mention.kind != "window" else []

    def _speaks_of_us(self, draft: Draft) -> bool:
        """Its sentences name our people, or another place of ours ("the quarter of the US embassy")."""
        told = {item.attack.sentence for item in draft.told}
        place = self.knowledge.site(draft.place) if draft.place else None
        shared = place is not None and (place.precision != "site" or place.kind in ("airport", "zone"))
        before = {index - 1 for index in told if index and shared}
        for index in sorted({*draft.sentences, *before}):
            clause = self.clauses[index]
            others = {site for at, site in clause.site_at.items() if clause.letters[at] == "S"} - {
                draft.place
            }
            missions = {self.knowledge.site(site).kind for site in others} & {"embassy", "consulate"}
            if missions or {"U", "C", "M"} & set(clause.letters):
                return True
        return False

    def _is_of_another_day(self, clause: Clause) -> bool:
        """The sentence dates itself days away from the attack last spoken of."""
        if not self.focused:
            return False
        for mention in self.dates_in(clause):
            if not clause.start <= mention.start < clause.end or mention.kind not in _EVENT_DAYS:
                continue
            if mention.earliest is None or mention.latest is None or is_spoken(self.doc, mention):
                continue
            first, last = self.focused
            return mention.latest < first - DAYS_APART or mention.earliest > last + DAYS_APART
        return False

    def _happened(self, draft: Draft) -> bool:
        """Somebody tells it as a fact, and it was no drill, no demolition and no bomb found in time."""
        told = [item for item in draft.told if not item.attack.denied]
        denied = len(told) < len(draft.told)
        doc = self.doc.folded
        if denied and _SAYS["explained"].search(doc) and _SAYS["denies"].search(doc):
            return False
        if not told or (denied and all(item.rumour or item.is_title for item in told)):
            return False
        clauses = [self.clauses[index] for index in draft.sentences]
        here = [clause for clause in clauses if draft.place in clause.site_at.values() or not _sites(clause)]
        if all(item.attack.listed for item in told):
            return True
        weak_lede = any(item.attack.weak and (item.is_title or item.is_lede) for item in told)
        if weak_lede and any(_SAYS["explained"].search(doc, self.clauses[i].start, self.clauses[i].end)
                             for i in self.headings | self.lede):  # fmt: skip
            return False
        if all(item.attack.weak or item.attack.letter == "W" for item in told):
            after = self.clauses[max(draft.sentences) + 1 : max(draft.sentences) + 2]
            armed = any("W" in clause.letters for clause in clauses) or any(
                _SAYS["recalls"].match(self.doc.folded, clause.start) for clause in [*clauses, *after]
            )
            return armed and not _SAYS["explained"].search(self.doc.folded)
        text = " ".join(self.doc.folded[clause.start : clause.end] for clause in here)
        explained = _SAYS["explained"].search(text) is not None
        thwarted = [self.clauses[item.attack.sentence].letters for item in told]
        return not (explained and all("D" in letters for letters in thwarted))

    @staticmethod
    def _refine(grouper: Grouper, clause: Clause) -> None:
        """ "The compound, known as ..., houses advisers": a name for what was described."""
        sites = [at for at, letter in enumerate(clause.letters) if letter == "S"]
        named = (
            any(anchor.definite and anchor.first < sites[0] for anchor in clause.anchors) if sites else False
        )
        speaks = set("XK") & set(clause.letters) and not set("am") & set(clause.letters)
        opening = "S" in clause.letters[:6] and not TRIGGERS & set(clause.letters)
        if len({clause.site_at[at] for at in sites}) == 1 and (named or speaks or opening):
            grouper.refine(clause.site_at[sites[0]])

    def _date_later(self, grouper: Grouper, clause: Clause) -> None:
        """ "The attacks were reported early on Sunday": a day for the attack told before without one."""
        if len(grouper.focus) != 1 or not _SAYS["refers"].search(self.doc.folded, clause.start, clause.end):
            return
        draft = grouper.focus[0]
        for mention in self.dates_in(clause):
            if not clause.start <= mention.start < clause.end or mention.kind not in _EVENT_DAYS:
                continue
            if mention.earliest is None or mention.precision == "unknown" or mention.link is not None:
                continue
            spoken = is_spoken(self.doc, mention)
            if draft.leading or not spoken:  # whoever speaks of an older attack does so on another day
                grouper.date(mention, spoken=spoken)

    def _date_by_name(self, grouper: Grouper, clause: Clause) -> None:
        """ "The incident on December 7 was the latest of many": the day of the one attack told before."""
        drafts = grouper.focus or grouper.drafts
        if len(drafts) != 1 or drafts[0].dated:
            return
        folded = self.doc.folded
        for mention in self.dates_in(clause):
            if not clause.start <= mention.start < clause.end or mention.precision != "day":
                continue
            before = folded[max(clause.start, mention.start - BESIDE) : mention.start]
            named = before.endswith("the ") and _SAYS["on_day_attack"].match(folded, mention.end)
            if mention.kind in _EVENT_DAYS and (named or _SAYS["attack_of"].search(before)):
                grouper.focus = drafts
                grouper.date(mention, spoken=False)

    def _goes_on(self, clause: Clause, attacks: Sequence[Attack]) -> bool:
        letters = clause.letters
        if any(attack.plural for attack in attacks) or "Z" in letters:
            return False
        if self.whys.get(clause.index) in ("us_strike", "other_theatre") or self._is_of_another_day(clause):
            return False
        if any(attack.denied for attack in attacks):
            return True
        if not attacks and self._is_elsewhere(clause):
            return False
        return bool(set("XDlKWVLH") & set(letters)) or ("s" in letters and bool(set("qA") & set(letters)))

    def _is_elsewhere(self, clause: Clause) -> bool:
        """What is hit there is elsewhere than the attack last spoken of: "a drone struck ... in Kirkuk"."""
        letters = clause.letters
        if not ("W" in letters and set("Vl") & set(letters)):
            return False
        named = {site for at, site in clause.site_at.items() if letters[max(0, at - 2) : at].count("f") == 0}
        known = [draft.place for draft in self.grouper.focus if draft.place]
        near = any(
            self.knowledge.contains(site, place) or self.knowledge.contains(place, site)
            for site in named for place in known
        )  # fmt: skip
        return bool(named and known) and not near

    def _items(self, clause: Clause, attack: Attack, others: Sequence[Attack]) -> Iterable[Told]:
        mention, spoken = self._date_of(clause, attack, others)
        referred = attack.letter in "KZ" and attack.trigger in clause.determined  # "the attack on Tower 22"
        fresh = clause.index not in self.headings and not referred
        passing = _is_passing(clause, attack, self.doc.folded)
        another = self._is_another(clause, attack)
        placed = attack.listed or attack.sites or self._is_in_town(attack)
        placed = placed or (attack.definite and (another or not self.grouper.drafts))
        if mention is None and placed and fresh and not passing:
            mention = self._running_date(clause)
            if mention is None and self.said is not None and clause.index - self.said[0] <= RUNNING_SENTENCES:
                mention, spoken = self.said[1], True
        if mention is not None and not spoken:
            self.running = (clause.index, mention)
        elif mention is not None and clause.index not in self.headings and not passing:
            self.said = (clause.index, mention)
        folded, reach = self.doc.folded, max(clause.start, attack.start - PASSING_REACH)
        places: list[str | None] = list(attack.sites) or self._town(attack) or [None]
        if "convoy" in attack.kinds and len(towns := self._provinces(clause, attack)) > 1:
            places = [*towns]
        if attack.second is not None:
            places.append(attack.second)
        for place, day in self._each_on(clause, attack, places, mention, others):
            yield Told(
                attack=attack, place=place, earliest=day.earliest if day else None,
                latest=day.latest if day else None, mention=day, spoken=spoken, passing=passing,
                another=another,
                is_title=clause.index in self.headings, is_lede=clause.index in self.lede,
                antecedent=self._site_before(clause), referred=referred,
                caused=bool(_SAYS["cause"].search(folded, reach, attack.start)),
                zoned=day is not None and bool(_SAYS["zoned"].search(folded[day.start : day.end])),
                rumour=_SAYS["rumour"].search(folded, clause.start, attack.end) is not None,
            )  # fmt: skip

    def _is_another(self, clause: Clause, attack: Attack) -> bool:
        """ "A second attack", "hit again", "another base"; but not "it was the second attack in a week"."""
        folded = self.doc.folded
        until = max([attack.end + AGAIN, *(start for start, _ in attack.spans)])
        if _SAYS["recalls"].match(folded, clause.start):
            return False
        told = folded[attack.clause_start : until]
        return any(_SAYS[said].search(told) for said in ("another", "another_base"))

    def _is_in_town(self, attack: Attack) -> bool:
        """It was in a town or province, and not only somewhere in a country."""
        return any(town and self.knowledge.site(town).precision != "country" for town in self._town(attack))

    def _each_on(
        self,
        clause: Clause,
        attack: Attack,
        places: Sequence[str | None],
        mention: DateMention | None,
        others: Sequence[Attack],
    ) -> list[tuple[str | None, DateMention | None]]:
        """Every place with its days: two attacks where it was "on Monday and again on Thursday"."""
        own = self._days_by_place(clause, attack)
        if own:
            return [(place, own.get(place or "", mention)) for place in places]
        days = self._days_of(clause, attack, mention, others)
        if len(days) > 1 and len(places) == len(days):
            return list(zip(places, days, strict=True))
        if not (attack.sites or attack.definite):
            days = days[:1]  # "US troops were attacked on Monday and Tuesday" will be told place by place
        return [(place, day) for place in places for day in days]

    def _days_by_place(self, clause: Clause, attack: Attack) -> dict[str, DateMention]:
        """ "At Harir on Wednesday and at al-Asad on Friday": each place has the day that follows it."""
        spans = sorted((span, site) for site, span in attack.span_of.items())
        if len(spans) < 2:
            return {}
        found = self._days_before(clause, spans)
        if found:
            return found
        edges = [*(start for (start, _), _ in spans[1:]), clause.end]
        for ((_, end), site), edge in zip(spans, edges, strict=True):
            following = (m for m in self.dates_in(clause) if end <= m.start < edge and m.kind in _EVENT_DAYS)
            mention = next((m for m in following if m.earliest is not None), None)
            if mention is None or is_spoken(self.doc, mention):
                continue
            if _is_beside(self.doc.folded[end : mention.start]):
                found[site] = mention
        if len({mention.earliest for mention in found.values()}) < 2:
            return {}
        sites = [site for _, site in reversed(spans)]
        for after, site in pairwise(sites):  # "at al-Asad and Harir on Friday"
            if after in found:
                found.setdefault(site, found[after])
        return found

    def _days_before(
        self, clause: Clause, spans: Sequence[tuple[tuple[int, int], str]]
    ) -> dict[str, DateMention]:
        """ "On Tuesday against Harir, on Wednesday against al-Asad": each place has the day before it."""
        days = [
            m
            for m in self.dates_in(clause)
            if clause.start <= m.start < spans[-1][0][0] and m.kind in _EVENT_DAYS and m.earliest is not None
        ]
        days = [m for m in days if not is_spoken(self.doc, m)]
        first, last = spans[0][0][0], spans[-1][0][0]
        leading = len(days) > 1 and days[0].start < first < days[-1].start
        if not leading or any(
            m.start > last for m in self.dates_in(clause) if m.start < clause.end and m.kind in _EVENT_DAYS
        ):
            return {}
        return {site: [m for m in days if m.start < start][-1] for (start, _), site in spans}

    def _days_of(
        self, clause: Clause, attack: Attack, mention: DateMention | None, others: Sequence[Attack]
    ) -> list[DateMention | None]:
        """The days that the attack was on."""
        if mention is None or mention.earliest is None or mention.latest is None:
            return [mention]
        if mention.start < clause.start and not mention.two:
            return [mention]  # of a sentence before
        if mention.kind == "window":  # of "since Monday" the first day
            return [replace(mention, latest=mention.earliest)]
        if mention.two:
            return [*_two_days(mention)]
        days: list[DateMention | None] = [mention]
        last, open_end = mention, 0  # days at the end that only a comma has joined so far
        taken = [self._date_of(clause, other, others)[0] for other in others if other is not attack]
        for other in self.dates_between(mention.end, clause.end):
            if not mention.end <= other.start < clause.end or other.kind not in _EVENT_DAYS:
                continue
            whole = other.precision == "day" or other.two
            if not whole or other.link is not None or other.earliest == last.earliest:
                continue
            if other in taken or is_spoken(self.doc, other):
                break
            listed = not self.doc.folded[last.end : other.start].strip(", ")
            if not listed and not self._is_one_more(clause, attack, last, other):
                break
            days += _two_days(other) if other.two else [other]
            last, open_end = other, open_end + 1 if listed and not other.two else 0
        return days[: len(days) - open_end]

    def _has_days(self, clause: Clause, attack: Attack) -> bool:
        """ "The base was previously attacked on Nov. 2 and Nov. 8": attacks told day by day."""
        if not (attack.sites or attack.definite):
            return False
        mention, spoken = self._date_of(clause, attack, ())
        return not spoken and len(self._days_of(clause, attack, mention, ())) > 1

    def _is_one_more(self, clause: Clause, attack: Attack, last: DateMention, other: DateMention) -> bool:
        """ "... and on Thursday", "... and again late on Thursday"."""
        since = max(last.end, attack.end)
        if any(since < at < other.start for at in clause.triggers_at):
            return False
        folded = self.doc.folded
        adjoins = _SAYS["and_on"].fullmatch(folded, last.end, other.start)
        return adjoins is not None or _SAYS["again_on"].search(folded, last.end, other.start) is not None

    def _provinces(self, clause: Clause, attack: Attack) -> list[str]:
        """The towns and provinces of a list; convoys were hit in each."""
        found: list[str] = []
        for town in towns_listed(clause, attack):
            if self.knowledge.site(town).precision not in ("city", "province"):
                continue
            if not any(
                self.knowledge.contains(a, b) for other in found for a, b in ((town, other), (other, town))
            ):
                found.append(town)
        return found

    @staticmethod
    def _is_short(clause: Clause) -> bool:
        """A heading: "Thursday 16 Nov."."""
        return clause.end - clause.start <= HEADING and not clause.is_title

    def _opens_with_day(self, clause: Clause) -> bool:
        """ "Wednesday was a busy day. Five rockets for al-Asad.": what follows was on that day."""
        return any(clause.start <= m.start <= clause.start + 3 and m.kind in _EVENT_DAYS for m in self.dates)

    def _pass_day(self, clause: Clause) -> None:
        """ "October 30 saw four attacks": the day stands for what follows, though nothing is placed yet."""
        days = [
            mention for mention in self.dates_in(clause)
            if clause.start <= mention.start < clause.end and mention.kind in _EVENT_DAYS
            and mention.earliest is not None and mention.earliest == mention.latest
            and not is_spoken(self.doc, mention)
        ]  # fmt: skip
        if len({mention.earliest for mention in days}) == 1:  # not "attacks on Monday and Tuesday"
            self.running = (clause.index, days[0])

    def _site_before(self, clause: Clause) -> str | None:
        """The last site named in the sentences just before."""
        for index in range(clause.index - 1, max(-1, clause.index - 5), -1):
            before = self.clauses[index]
            sites = [before.site_at[at] for at, letter in enumerate(before.letters) if letter == "S"]
            if sites:
                return sites[0]
        every = (c.site_at[at] for c in self.clauses for at, letter in enumerate(c.letters) if letter == "S")
        return next(every, None)

    def _running_date(self, clause: Clause) -> DateMention | None:
        """The day that the sentences just before were about; a list keeps that of its heading."""
        index, mention = self.running
        if clause.letters[:3].lstrip("x").startswith("w"):
            return None  # "Days after that strike ..."
        # "In the afternoon": of a day that was named, though it may be longer ago
        in_the_day = any(
            other.earliest is None and (other.day_part or other.clock) for other in self.dates_in(clause)
        )
        reach = 2 * RUNNING_SENTENCES if in_the_day else RUNNING_SENTENCES
        return mention if mention is not None and clause.index - index <= reach else None

    def _date_of(
        self, clause: Clause, attack: Attack, others: Sequence[Attack]
    ) -> tuple[DateMention | None, bool]:
        """The day that the sentence gives the attack, and whether it is only that of "said on Monday"."""
        mentions = self.dates_in(clause)
        for mention in mentions:  # "the first since drones were aimed at al-Asad on Oct. 17"
            if mention.kind == "window" and mention.start <= attack.start < mention.end:
                return (mention if mention.precision == "day" else None), False
        reach = max(clause.start, attack.start - PASSING_REACH)
        cause = _SAYS["cause"].search(self.doc.folded, reach, attack.start)
        if cause is not None:  # "US jets struck on Thursday in response to ..."
            mentions = [m for m in mentions if m.start > cause.start() or is_spoken(self.doc, m)]
        for mention in mentions:
            if mention.link is not None:
                return self._across(mention, mention.link, mentions, clause, attack, others)
        return self._nearest(mentions, clause, attack, others)

    def _across(
        self,
        link: DateMention,
        words: Link,
        mentions: Sequence[DateMention],
        clause: Clause,
        attack: Attack,
        others: Sequence[Attack],
    ) -> tuple[DateMention | None, bool]:
        """The day of one of two events that are so many days apart: its own, or counted from the other's."""
        edge = self._end_of_led_to(link, clause) if words.opens else link.start

        def led_to(at: int) -> bool:  # the event right after "a day after"
            return (at < edge) is words.opens

        here = [m for m in mentions if led_to(m.start) is led_to(attack.start) and m.link is None]
        there = [m for m in mentions if led_to(m.start) is not led_to(attack.start) and m.link is None]
        own, spoken = self._nearest(here, clause, attack, others)
        if own is not None and not spoken:
            return own, False
        if words.gap is not None:
            gap = -words.gap if led_to(attack.start) else words.gap
            far, of_statement = self._nearest(there, clause, attack, ())
            if of_statement and not words.opens:
                far = None
            if far is not None and far.earliest is not None and far.latest is not None:
                return _moved(far, far.earliest, far.latest, gap, words.slack), False
            if words.of_other is not led_to(attack.start):
                known = self._told_before(link, words, clause)
                if known is not None:
                    return _moved(link, known, known, gap, words.slack), False
                if link.earliest is not None:
                    return link, False
        return own, spoken

    def _told_before(self, link: DateMention, words: Link, clause: Clause) -> dt.date | None:
        """The day of the attack last spoken of, where one of the two events is that one."""
        if words.of_other or words.gap == 0:
            end = self._end_of_led_to(link, clause) if words.opens else clause.end
            named = {site for at, site in clause.site_at.items() if link.end <= clause.starts[at] < end}
            for draft in reversed(self.grouper.drafts):
                if draft.place in named and draft.dated and draft.earliest == draft.latest:
                    return draft.earliest
        if link.earliest is not None and words.of_other:
            return None
        if self.focused is None or self.focused[0] != self.focused[1]:
            return None
        if words.of_other:
            told_before = self.doc.language.dates.told_before
            match = told_before.match(self.doc.folded, link.end) if told_before is not None else None
        else:
            match = _SAYS["refers"].search(self.doc.folded, clause.start, link.start)
        return self.focused[0] if match is not None else None

    def _end_of_led_to(self, link: DateMention, clause: Clause) -> int:
        """Where "A day after the raids" ends and the other event begins."""
        told_before = self.doc.language.dates.told_before
        match = told_before.match(self.doc.folded, link.end) if told_before is not None else None
        if match is not None and match.end() > link.end + 5:
            return match.end()
        comma = self.doc.folded.find(",", link.end, clause.end)
        return comma if comma >= 0 else next((end for end in clause.ends_at if end > link.end), clause.end)

    def _nearest(
        self, mentions: Sequence[DateMention], clause: Clause, attack: Attack, others: Sequence[Attack]
    ) -> tuple[DateMention | None, bool]:
        """The nearest of these days; that of "said on Monday" only where there is no other."""
        best: tuple[int, DateMention] | None = None
        spoken: tuple[int, DateMention] | None = None
        folded = self.doc.folded
        rivals = sorted(other.start for other in others)
        for mention in mentions:
            if mention.kind == "filed" or mention.earliest is None:
                continue
            if mention.kind == "window" and not (
                attack.start > mention.end and _SAYS["when"].match(self.doc.folded, mention.end)
            ):
                continue
            if _in_aside(clause, mention.start, attack.start):
                continue
            cost = min(abs(mention.start - attack.end), abs(mention.end - attack.start))
            if any(
                _is_beside(folded[end : mention.start]) for _, end in attack.spans if end <= mention.start
            ):
                cost = 0  # "at al-Asad in Anbar on Tuesday"
            low, high = sorted((mention.start, attack.start))
            if _SAYS["when"].match(folded, mention.end) and low == mention.start:
                cost = 0  # "on Monday when rockets struck"
            cost += 100 * _between(clause.ends_at, low, high)
            cost += 40 * _between(clause.triggers_at, low, high)
            cost += 200 * _between(rivals, low, high)
            if mention.start - clause.start < OPENING and _SAYS["then_says"].match(folded, mention.end):
                cost += SAID_FIRST  # "On June 18, the coalition said rockets fell on June 17"
            if is_spoken(self.doc, mention):
                spoken = min(spoken or (cost, mention), (cost, mention), key=lambda pair: pair[0])
            elif best is None or cost < best[0]:
                best = (cost, mention)
        if best is not None:
            return best[1], False
        return (spoken[1], True) if spoken is not None else (None, False)


def _between(places: Sequence[int], low: int, high: int) -> int:
    """How many of these places, in order, lie between two others."""
    return max(0, bisect_left(places, high) - bisect_right(places, low))


def _two_days(mention: DateMention) -> list[DateMention]:
    """ "Nov. 9 and 11" as two mentions."""
    return [replace(mention, latest=mention.earliest), replace(mention, earliest=mention.latest)]


def _moved(mention: DateMention, earliest: dt.date, latest: dt.date, days: int, slack: int) -> DateMention:
    """The mention for so many days later."""
    first, last = earliest + dt.timedelta(days=days - slack), latest + dt.timedelta(days=days + slack)
    return replace(mention, earliest=first, latest=last, precision="day" if first == last else "range")


def _sites(clause: Clause) -> set[str]:
    """The sites that the sentence names."""
    return {clause.site_at[at] for at, letter in enumerate(clause.letters) if letter == "S"}


def _is_beside(between: str) -> bool:
    """Whether nothing but where it lies stands between a place and a day."""
    return len(between) <= BESIDE and not _SAYS["new_clause"].search(between)


def _in_aside(clause: Clause, at: int, trigger: int) -> bool:
    """Whether the day stands between dashes or brackets that the attack does not stand in."""
    ends = clause.ends_at
    before, after = bisect_left(ends, at), bisect_right(ends, at)
    if not before or ends[before - 1] <= clause.start + 4 or after == len(ends):
        return False
    return not ends[before - 1] <= trigger <= ends[after] + _RELATIVE


def is_spoken(doc: Document, mention: DateMention) -> bool:
    """Whether the day is that of a statement ("said on Monday")."""
    sentence = doc.sentence_at(mention.start)
    first = sentence.start if sentence else 0
    if mention.start - first < OPENING and _SAYS["then_said"].match(doc.folded, mention.end):
        return True  # "On Monday, the agency reported that a base had been hit"
    return bool(_SAYS["said_on"].search(doc.folded, max(first, mention.start - 60), mention.start))


def _is_passing(clause: Clause, attack: Attack, text: str) -> bool:
    """The attack is only the cause or context of what the sentence is about."""
    if re.search(r"X[^VKLlD]*w", clause.letters[: attack.trigger]):
        return False  # "five were wounded after a drone struck": the same attack
    start = max(clause.start, attack.start - PASSING_REACH)
    said = text[start : attack.start]
    return bool(_SAYS["passing"].search(said) or _SAYS["cause"].search(said))
