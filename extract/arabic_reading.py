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
from dataclasses import dataclass, replace
from typing import Any

from extract.arabic_clauses import Told as Sentenced
from extract.arabic_clauses import find_attacks, parties_in
from extract.arabic_names import Name, names_of
from extract.arabic_values import damage_in, find_casualties, find_tallies, find_weapons
from extract.clauses import Attack, Clause
from extract.dates import BAGHDAD, DateMention, local_day
from extract.incidents import LEDE_SENTENCES, Draft, Grouper, Told, is_current, settled
from extract.knowledge import Knowledge, Site
from extract.languages import ar_events as ar
from extract.languages.ar import find_dates, find_numbers
from extract.languages.arabic import Plain, plain
from extract.numbers import Number
from extract.reading import RUNNING_SENTENCES, _days_of, _Facts, _Reader, _reading
from extract.records import Article, Confirmer, Damage, Evidence, Intercepted, Reading, Report, TargetKind
from extract.text import Document
from extract.weapons import WeaponMention

_WEAPON_LETTER = re.compile(ar.ANY_WEAPON.pattern)
_THE_ATTACK = re.compile(
    r"(?<![ء-ي])[وف]?(?:ان )?(?:الهجوم|الاستهداف|القصف|الحادث|الانفجار|العمليه)(?: (?:وقع|نفذ|حدث|حصل|جري|تم))?(?![ء-ي])"
)
_DAYS_APART = dt.timedelta(days=3)


def read_arabic(article: Article, knowledge: Knowledge) -> Reading:
    """Everything the Arabic article says of attacks on US facilities; never raises on any text."""
    spelled = plain(article.document)
    title = plain(article.title).text
    doc = Document(title, spelled.text[len(title) + 2 :])
    text = doc.folded
    if not (ar.GATE_ATTACK.search(text) and ar.GATE_US.search(text) and ar.GATE_THEATRE.search(text)):
        return _reading(article, "no_attack", (), ())
    if ar.MARCHERS.search(text) and not ar.ARMS.search(text):
        return _reading(article, "no_attack", (), ())
    return _restored(_ArabicReader(article, doc, knowledge).read(), spelled)


def _restored(reading: Reading, spelled: Plain) -> Reading:
    """The reading with its evidence in the words of the article."""

    def back(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        found = []
        for item in evidence:
            start, end = spelled.full_span(item.start, item.end)
            found.append(replace(item, start=start, end=end, quote=spelled.full[start:end]))
        return tuple(found)

    tallies = []
    for tally in reading.stated_tallies:
        evidence = back(tally.evidence)
        spoken = next((item.quote for item in evidence if item.field == "speaker"), None)
        tallies.append(replace(tally, evidence=evidence, speaker=spoken))
    return replace(
        reading,
        reports=tuple(replace(report, evidence=back(report.evidence)) for report in reading.reports),
        stated_tallies=tuple(tallies),
    )


@dataclass(frozen=True)
class _Words:
    """The sentences, as the shared code asks for them."""

    clauses: tuple[Clause, ...]


class _ArabicReader(_Reader):
    """One Arabic article while it is read."""

    def __init__(self, article: Article, doc: Document, knowledge: Knowledge) -> None:
        self.article, self.doc, self.knowledge = article, doc, knowledge
        self.published = local_day(article.published_at) if article.published_at else None
        self.text = doc.folded

    def read(self) -> Reading:
        """Sentences, attacks, drafts, reports."""
        self.names = self._named()
        self.sentenced = list(self._sentences())
        self.lexis = _Words(tuple(self._clauses()))  # type: ignore[assignment]
        self.whys = {i: told.why for i, told in enumerate(self.sentenced) if told.why}
        self.dates = find_dates(self.text, self.article.published_at)
        self.numbers = self._counts()
        tallies = find_tallies(
            self.doc, self.dates, self.numbers, self.article.published_at, self.article.article_id
        )
        self._set_aside_counts(tallies)
        reports: list[Report] = []
        told = {i: said.attacks for i, said in enumerate(self.sentenced) if said.attacks}
        if told and not ar.FICTION.search(self.text[:600]):
            counting = {self.doc.sentence_index(tally.evidence[0].start) for tally in tallies}
            self.casualties = tuple(
                replace(mention, running=True)
                if self.doc.sentence_index(mention.start) in counting
                else mention
                for mention in find_casualties(self.doc, self.numbers)
            )
            self.spoken = {}
            drafts = self._drafts(told)
            reports = [
                _ArabicFacts(self, draft, drafts).report(number) for number, draft in enumerate(drafts)
            ]
        return _reading(self.article, self._reason(reports, tallies, self.whys), reports, tallies)

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
        grouper = Grouper(self.doc, self.knowledge, self.published)
        self.focused: tuple[dt.date, dt.date] | None = None
        self.running: tuple[int, DateMention | None] = (0, None)
        lead: list[int] = []
        for clause in self.lexis.clauses:
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
                self.focused = _days_of(grouper.focus)
                for draft in grouper.focus:
                    draft.lead = draft.lead or lead[:1]
            elif self._goes_on(clause, attacks):
                grouper.go_on(clause.index, "الهجمات الثلاث" in self.text[clause.start : clause.end])
                self._dated_by_its_word(clause, grouper.focus)
            elif attacks or clause.index in self.whys:
                grouper.turn_away()
        return [draft for draft in settled(grouper.drafts, self.knowledge) if self._is_ours(draft)]

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
            if mention.latest < first - _DAYS_APART or mention.earliest > last + _DAYS_APART:
                return True
        return False

    def _mentions_in(self, clause: Clause) -> list[DateMention]:
        return [m for m in self.dates if clause.start <= m.start < clause.end and m.kind != "filed"]

    def _told(self, clause: Clause, attack: Attack, others: Sequence[Attack]) -> Iterator[Told]:
        mention, spoken = self._date_of(clause, attack, others)
        if mention is None and attack.sites and not clause.is_title:
            mention = self._running_date(clause)
        if mention is not None:
            self.running = (clause.index, mention)
        titled = bool(self.article.title.strip())
        lede = 0 < clause.index <= LEDE_SENTENCES if titled else clause.index < LEDE_SENTENCES
        before = self.text[max(clause.start, attack.start - 70) : attack.start]
        passing = ar.PASSING.search(before) is not None
        passing = passing or ar.ANSWERED.search(self.text, clause.start, attack.start) is not None
        places: list[str | None] = list(attack.sites) or self._town(attack) or [None]
        for place in places:
            yield Told(
                attack=attack, place=place, earliest=mention.earliest if mention else None,
                latest=mention.latest if mention else None, mention=mention, spoken=spoken, passing=passing,
                another=ar.ANOTHER.search(self.text, attack.clause_start, attack.end + 20) is not None,
                is_title=clause.is_title, is_lede=lede, antecedent=self._site_before(clause), zoned=False,
                rumour=False,
            )  # fmt: skip

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
        for mention in self._mentions_in(clause):
            if mention.earliest is None or mention.kind == "window":
                continue
            if (
                attack.clause_start != clause.start
                and mention.start < attack.clause_start
                and len(others) > 1
            ):
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
        return (spoken[1], True) if spoken is not None else (None, False)

    def _is_spoken(self, clause: Clause, mention: DateMention, attack: Attack) -> bool:
        """The day stands with the verb of speech, before what is told: "said on Friday that"."""
        if mention.start > attack.start or mention.day_part in ("dawn", "night"):
            return False
        head, between = self.text[clause.start : mention.start], self.text[mention.end : attack.start]
        return bool(ar.SPEECH.search(head)) and bool(
            re.search(r"(?<![ء-ي])(?:ب?ان|عن|تفاصيل|انها|انه|تعرض)(?![ء-ي])|^[^ء-ي]*$", between)
        )

    def _is_ours(self, draft: Draft) -> bool:
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

    def _speaks_of_us(self, draft: Draft) -> bool:
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


class _ArabicFacts(_Facts):
    """Everything that the sentences of one draft say."""

    reader: _ArabicReader

    def _mentions(self, word: str) -> bool:
        wanted = {"embassy": "سفار", "consulate": "قنصلي"}.get(word, word)
        return any(wanted in self.text[clause.start : clause.end] for clause in self.clauses)

    def _target_kind(self, site: Site) -> TargetKind:
        kinds = frozenset[str]().union(*(told.attack.kinds for told in self.draft.told))
        if "convoy" in kinds and site.precision != "site":
            return "convoy"
        if site.precision == "site" and site.kind == "airport":
            return "base" if "base" in kinds else "airport"
        found = super()._target_kind(site)
        if found in ("other", "personnel") and site.precision != "site":
            for kind in ("embassy", "consulate", "base", "outpost", "airport"):
                if kind in kinds:
                    return kind
        return found

    def _when(self) -> dict[str, Any]:
        """A part of the day that stands without a day is that of publication, an evening before it the day before."""
        draft, published = self.draft, self.reader.article.published_at
        if draft.earliest is None and published is not None and is_current(draft, self.reader.published):
            _, part = self._clock()
            here = published.astimezone(BAGHDAD)
            if part is not None:
                ahead = (part == "evening" and here.hour < 17) or (
                    part in ("noon", "afternoon") and here.hour < 12
                )
                draft.earliest = draft.latest = here.date() - dt.timedelta(days=1 if ahead else 0)
        return super()._when()

    def _weapons(self) -> list[WeaponMention]:
        """Weapon words: of the clauses that tell the attack first, then of the sentences that go on."""
        own: list[WeaponMention] = []
        more: list[WeaponMention] = []
        for clause in sorted(self.clauses, key=lambda clause: clause.is_title):
            spans = [span for span, told in zip(self.own, self.draft.told, strict=True)
                     if told.attack.sentence == clause.index]  # fmt: skip
            crowded = clause.index in self.shared
            for mention in find_weapons(
                self.text, clause.start, clause.end, clause.is_title, self.reader.numbers
            ):
                if crowded and not self._used_here(clause, mention):
                    continue
                if any(start <= mention.start < end for start, end in spans):
                    own.append(mention)
                elif not crowded or spans:
                    more.append(mention)
        return [*own, *more]

    def _weapon_before(self) -> list[WeaponMention]:
        """Arabic names the weapon again, or says "the attack"."""
        return []

    def _used_here(self, clause: Clause, mention: WeaponMention) -> bool:
        """Several attacks in one sentence: the weapon is that of the nearest."""
        here = [
            (draft, told)
            for draft in self.drafts
            for told in draft.told
            if told.attack.sentence == clause.index
        ]
        if not here or len({told.attack.start for _, told in here}) == 1:
            return True
        nearest = min(abs(told.attack.start - mention.start) for _, told in here)
        return any(
            draft is self.draft and abs(told.attack.start - mention.start) == nearest for draft, told in here
        )

    def _intercepted(
        self, weapons: Sequence[WeaponMention], low: int | None, high: int | None
    ) -> Intercepted | None:
        down = partly = landed = False
        joined = " ".join(self.text[clause.start : clause.end] for clause in self.clauses)
        for clause in self.clauses:
            match = self._down_in(clause)
            sentence = self.text[clause.start : clause.end]
            if (
                clause.index not in self.shared
                and ar.NONE_DOWN.search(sentence)
                and re.search(r"دفاع|منظوم|اعترض|تصد", sentence)
            ):
                self._cite("intercepted", clause.start, clause.end)
                return "none"
            if match is None:
                landed = landed or (
                    clause.index not in self.shared and ar.HIT_INSIDE.search(sentence) is not None
                )
                continue
            down = True
            self._cite("intercepted", clause.start, clause.end)
            around = (
                self.text[match.end() : min(clause.end, match.end() + 45)]
                + self.text[max(clause.start, match.start() - 30) : match.start()]
            )
            if ar.SOME_DOWN.search(around) and not ar.ALL_DOWN.search(around):
                partly = True
            partly = partly or self._fewer(clause, match.end(), low, high)
            landed = (
                landed
                or re.search(
                    r"(?:فيما|بينما|و)\s?(?:[ء-ي]+ )?(?:سقط|اصاب|انفجر|وقع)\w* [^.]{0,40}(?:داخل|المجمع|القاعده|الثالث|الثاني|اخر)",
                    sentence,
                )
                is not None
            )
        if not down:
            return None
        return "some" if partly or (landed and not ar.ALL_DOWN.search(joined)) else "all"

    def _down_in(self, clause: Clause) -> re.Match[str] | None:
        match = ar.DOWN.search(self.text, clause.start, clause.end)
        if match is None or ar.DOWN_OPEN.search(
            self.text[max(clause.start, match.start() - 25) : match.start()]
        ):
            return None
        if re.search(
            r"(?:لم|دون ان|لا)\s+$", self.text[max(clause.start, match.start() - 10) : match.start()]
        ):
            return None
        if clause.index in self.shared:
            own = [
                (a, b)
                for (a, b), told in zip(self.own, self.draft.told, strict=True)
                if told.attack.sentence == clause.index
            ]
            if not any(start <= match.start() < end for start, end in own):
                return None
        return match

    def _fewer(self, clause: Clause, after: int, low: int | None, high: int | None) -> bool:
        if low is None or low < 2:
            return False
        stop = min(clause.end, after + 60)
        near = [n.value for n in self.reader.numbers if after <= n.start <= min(stop, after + 20) and n.value]
        weapons = find_weapons(self.text, after, stop, False, self.reader.numbers)
        near.extend(mention.high for mention in weapons if mention.counted and mention.high)
        return bool(near) and min(near) < low

    def _damage(self) -> Damage | None:
        found: Damage | None = None
        for clause in self.clauses:
            if clause.index in self.shared and not any(
                told.attack.sentence == clause.index for told in self.draft.told
            ):
                continue
            value = damage_in(self.text[clause.start : clause.end])
            if value is None or (
                found not in (None, "none", "unspecified") and value in ("none", "unspecified")
            ):
                continue
            if found is None or value in ("minor", "major") or found == "none":
                found = value
                self._cite("damage", clause.start, clause.end)
        return found

    def _is_correction(self) -> bool:
        return ar.CORRECTS.search(self.text[:200]) is not None

    # who says so

    def _voices(self) -> dict[str, Any]:
        alone = len(self.drafts) == 1
        clauses = list(self.reader.lexis.clauses) if alone else self.clauses
        claim = self._claim(self._claiming(alone))
        blame = self._blame()
        if claim is not None and blame is not None and blame.value == claim.value:
            blame = None
        confirmed, spoken = self._confirmed()
        denied, denying = self._denied(clauses)
        for field, span in (("claimed_by", claim), ("attributed_to", blame)):
            if span is not None:
                self._cite(field, span.start, span.end)
        for field, voice in (("confirmed_by", spoken), ("denied_by", denying)):
            if voice is not None:
                self._cite(field, *voice)
        return {
            "claimed_by": claim.value if claim else None,
            "attributed_to": blame.value if blame else None,
            "confirmed_by": confirmed, "denied_by": denied,
        }  # fmt: skip

    def _claiming(self, alone: bool) -> list[Clause]:
        wanted = {clause.index for clause in self.clauses}
        for clause in self.reader.lexis.clauses:
            sentence = self.text[clause.start : clause.end]
            if not (ar.CLAIM.search(sentence) and ar.CLAIM_OBJECT.search(sentence)):
                continue
            of_all = "الهجمات" in sentence and any(
                word in sentence for word in ("الثلاث", "الاربع", "كل", "جميع")
            )
            if of_all or (alone and self.reader.whys.get(clause.index) != "us_strike"):
                wanted.add(clause.index)
        return [clause for clause in self.reader.lexis.clauses if clause.index in wanted]

    def _attackers(self, clause: Clause) -> list[Name]:
        return [name for name in self.reader.names
                if name.letter == "@" and name.side == "attacker" and clause.start <= name.start < clause.end]  # fmt: skip

    def _claim(self, clauses: Sequence[Clause]) -> Name | None:
        best: Name | None = None
        for clause in clauses:
            sentence = self.text[clause.start : clause.end]
            if ar.UNCLAIMED.search(sentence):
                continue
            for name in self._attackers(clause):
                if name.value in (
                    "iran_backed_militias",
                    "unknown_attackers",
                    "iran",
                    "militia_channels",
                    "sabereen_news",
                ):
                    continue
                before = self.text[max(clause.start, name.start - 40) : name.start]
                after = self.text[name.end : min(clause.end, name.end + 90)]
                if ar.ANSWER_TO_CLAIM.search(before) or re.search(
                    r"(?:ضد|علي|اتهم\w*|حمل\w*|استهداف (?:مقر|موقع|عناصر)\w*|مقر\w*|تابع\w* ل) ?\"?$", before
                ):
                    continue
                claims = ar.CLAIM.search(sentence) is not None and bool(ar.CLAIM_OBJECT.search(sentence))
                banner = self.knowledge.actor(name.value).type in ("umbrella", "front")
                acts = re.match(
                    r"[\s\"،,]*(?:في العراق)?[\s\"]*(?:[ء-ي]+ ){0,2}(?:[يت]?ستهدف\w*|استهدف\w*|[تي]?قصف\w*|[تي]?هاجم\w*|[تي]?تبن\w*|[تي]?علن\w*|اعلن\w*|دك\w*|:)",
                    after,
                )
                said = re.search(
                    r"(?:قال\w*|اعلن\w*|تبن\w*|ذكر\w*|بيان\w*|زعم\w*|اكد\w*) [^.]{0,40}$", before
                )
                if not (claims or (banner and (acts or (said and ar.VERB.search(after))))):
                    continue
                if best is None or self._is_below(name.value, best.value):
                    best = name
        return best

    def _is_below(self, actor_id: str, than: str) -> bool:
        up = self.knowledge.actor(actor_id).parent
        while up is not None:
            if up == than:
                return True
            up = self.knowledge.actor(up).parent
        return False

    def _blame(self) -> Name | None:
        """Whom an official or the article blames: an attacker beside a word of blame or before a launch."""
        for clause in self.clauses:
            sentence = self.text[clause.start : clause.end]
            if (
                ar.CLAIM.search(sentence)
                and ar.CLAIM_OBJECT.search(sentence)
                and not ar.UNCLAIMED.search(sentence)
            ):
                continue
            for name in self._attackers(clause):
                if name.value == "unknown_attackers":
                    continue
                before = self.text[max(clause.start, name.start - 60) : name.start]
                after = self.text[name.end : min(clause.end, name.end + 45)]
                if ar.ANSWER_TO_CLAIM.search(before) or re.search(r"(?:رد\w*|زعم\w*|لم) [^.]{0,20}$", before):
                    continue
                if ar.BLAME.search(before) or re.search(
                    r"^[^.,]{0,24}(?:اطلق\w*|استهدف\w*|هاجم\w*|قصف\w*|نفذ\w*|المسووليه|مسووليه|بالوقوف|شن\w*|تقف|يقف)",
                    after,
                ):
                    return name
        return None

    def _confirmed(self, in_lead: bool = False) -> tuple[Confirmer, tuple[int, int] | None]:
        """The strongest official voice that tells of this attack."""
        ranked = ("us", "coalition", "host_government", "security_source")
        best: tuple[int, tuple[int, int]] | None = None
        every = self.reader.lexis.clauses
        for clause in [every[index] for index in self.draft.lead] if in_lead else self.clauses:
            sentence = self.text[clause.start : clause.end]
            titled = clause.is_title and re.search(r"^[^:]{3,40}:", sentence) is not None
            if not titled and (ar.SILENT.search(sentence) or not ar.SPEECH.search(sentence)):
                continue
            for rank, pattern in enumerate(
                (ar.US_VOICE, ar.COALITION_VOICE, ar.HOST_VOICE, ar.SECURITY_SOURCE)
            ):
                for match in pattern.finditer(self.text, clause.start, clause.end):
                    if not self._speaks(clause, match):
                        continue
                    if best is None or rank < best[0]:
                        best = (rank, match.span())
        if best is None and self.draft.lead and not in_lead:
            return self._confirmed(in_lead=True)
        if best is None:
            return "none", None
        return ranked[best[0]], best[1]  # type: ignore[return-value]

    def _speaks(self, clause: Clause, match: re.Match[str]) -> bool:
        """A word of speech stands beside the voice, and it is not what was attacked."""
        before = self.text[max(clause.start, match.start() - 45) : match.start()]
        after = self.text[match.end() : min(clause.end, match.end() + 60)]
        if re.search(
            r"(?:علي|استهداف|استهدف\w*|قرب|داخل|محيط|باتجاه|طال\w*|مبني|تعرض\w*|نحو|ضد|الي) (?:مبني |مقر |محيط )?$",
            before,
        ):
            return False
        return bool(
            ar.SPEECH.search(before)
            or ar.SPEECH.search(after)
            or re.match(r"\s*:", after)
            or ar.SPEECH.search(match.group())
        )

    def _denied(self, clauses: Sequence[Clause]) -> tuple[Confirmer, tuple[int, int] | None]:
        for clause in clauses:
            denial = ar.DENY.search(self.text, clause.start, clause.end)
            if denial is None or ar.DENIED_LINK.search(
                self.text, denial.end(), min(clause.end, denial.end() + 60)
            ):
                continue
            if not re.search(r"هجوم|استهداف|قصف|سقوط|تعرض|صاروخ|حادث", self.text[denial.end() : clause.end]):
                continue
            for side, pattern in (("us", ar.US_VOICE), ("coalition", ar.COALITION_VOICE),
                                  ("host_government", ar.HOST_VOICE), ("security_source", ar.SECURITY_SOURCE)):  # fmt: skip
                if (match := pattern.search(self.text, clause.start, clause.end)) is not None:
                    return side, match.span()  # type: ignore[return-value]
        return "none", None
