"""What the sentences of one attack say of it in English: weapon, counts, damage, and whose word it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from extract.claims import RANK, Voice, blamed, claimant, denier
from extract.clauses import Clause
from extract.damage import damage_in, worst
from extract.english_reading import RELEASE_REACH, EnglishReader, is_spoken
from extract.filtering import refuse_text
from extract.incidents import is_current
from extract.knowledge import Knowledge
from extract.languages.en_events import ENGLISH_EVENTS
from extract.records import Article, Confirmer, Damage, Intercepted, Reading
from extract.reports import DraftReport, read_with
from extract.rules import reading_of
from extract.speakers import Speech
from extract.text import Document
from extract.weapons import WeaponMention, find_weapons

LEAD_SENTENCES = 4  # how far from "two bases were attacked, officials said" its details stand
_SAYS = ENGLISH_EVENTS.patterns
_NEXT_REACH = 140
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_AS_MANY = {"one": 1, "another": 1, "second": 1, "third": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_NOT_OURS = ("us_strike", "other_theatre")
_OF_ATTACKS = frozenset("XDlWVL")  # harm, interception, attacks and weapons


def read_english(article: Article, knowledge: Knowledge) -> Reading:
    """Everything the English article says of attacks on US facilities; never raises on any text."""
    reason = refuse_text(article)
    if reason is not None:
        return reading_of(article, reason, (), ())
    doc = Document(article.title, article.text)
    return read_with(EnglishReader(article, doc, knowledge), EnglishReport)


class EnglishReport(DraftReport):
    """Everything that the sentences of one draft say."""

    reader: EnglishReader

    def _says_air_base(self) -> bool:
        """ "The air base at Balad": the town's own."""
        spans = [span for told in self.draft.told for span in told.attack.spans]
        return any(_SAYS["air_base"].search(self.text, start, end) for start, end in spans)

    def _weapons(self) -> list[WeaponMention]:
        """Weapon words: of the clauses that tell the attack first, then of the sentences that go on."""
        own: list[WeaponMention] = []
        more: list[WeaponMention] = []
        for clause in sorted(self.clauses, key=lambda clause: clause.is_title):
            mentions = list(find_weapons(self.text, clause, self.reader.numbers))
            spans = [
                span
                for span, told in zip(self.own, self.draft.told, strict=True)
                if told.attack.sentence == clause.index
            ]
            crowded = clause.index in self.shared
            for mention in mentions:
                if crowded and not self._used_here(clause, mention):
                    continue
                if any(start <= mention.start < end for start, end in spans):
                    own.append(mention)
                elif not crowded or spans:
                    if _SAYS["since"].search(self.text, clause.start, clause.end):  # of other attacks too
                        mention = replace(mention, counted=False, joined=False)
                    more.append(mention)
        return self._with_next([*own, *more])

    def _with_next(self, mentions: list[WeaponMention]) -> list[WeaponMention]:
        """ "Two were shot down and a third hit the base" are three."""
        found: list[WeaponMention] = []
        for mention in mentions:
            count = mention.low
            if mention.counted and count is not None and count == mention.high and 2 <= count < 6:
                after = self.text[mention.end : mention.end + _NEXT_REACH]
                told = _SAYS["next_one"].finditer(after)
                if any(_ORDINALS.get(match["ordinal"]) == count + 1 for match in told):
                    mention = replace(mention, low=count + 1, high=count + 1, part=False)
            found.append(mention)
        return found

    def _weapon_before(self) -> list[WeaponMention]:
        """ "Another was aimed at Harir": the weapon is that of the sentences before."""
        for told in self.draft.told:
            clause = self.reader.clauses[told.attack.sentence]
            if not any(
                letter == "W" and hit is None for letter, hit in zip(clause.letters, clause.hits, strict=True)
            ):
                continue
            for index in range(clause.index, max(-1, clause.index - LEAD_SENTENCES), -1):
                named = find_weapons(self.text, self.reader.clauses[index], ())
                found = [mention for mention in named if mention.start < told.attack.start]
                if found:
                    return [self._counted_again(found[-1], clause)]
        near = [index for index in self.draft.lead if 0 <= self.draft.sentences[0] - index <= LEAD_SENTENCES]
        for index in near:
            if index not in self.draft.sentences:
                named = find_weapons(self.text, self.reader.clauses[index], ())
                return [replace(mention, counted=False) for mention in named]
        return []

    def _counted_again(self, named: WeaponMention, clause: Clause) -> WeaponMention:
        """ "Two more were shot down": as many of the weapon named before as the word for them says."""
        for at, letter in enumerate(clause.letters):
            word = self.text[clause.starts[at] : clause.ends[at]]
            if letter == "W" and clause.hits[at] is None and word in _AS_MANY:
                count = _AS_MANY[word]
                return replace(named, low=count, high=count, counted=True, part=False, plural=count > 1)
        return replace(named, counted=False)

    def _used_here(self, clause: Clause, mention: WeaponMention) -> bool:
        """Several places in one sentence: "struck A with drones and B with rockets"."""
        here = {told.attack.start for draft in self.drafts for told in draft.told
                if told.attack.sentence == clause.index}  # fmt: skip
        mine_at = {told.attack.start for told in self.draft.told if told.attack.sentence == clause.index}
        if len(here) > 1 and mine_at and here != mine_at:
            return min(here, key=lambda start: abs(start - mention.start)) in mine_at
        sites = {
            span[0]: site
            for draft in self.drafts
            for told in draft.told
            if told.attack.sentence == clause.index
            for site, span in told.attack.span_of.items()
        }
        before = [start for start in sites if start < mention.start]
        if len(sites) < 2 or not before:
            return True
        mine = {told.place for told in self.draft.told}
        others = [at for at, letter in enumerate(clause.letters)
                  if letter == "W" and min(sites) < clause.starts[at] < max(sites)]  # fmt: skip
        if len(before) == len(sites) and not others:
            return True  # "attacked A and B with rockets"
        if len(before) == len(sites) and not _SAYS["by_means"].search(
            self.text, max(0, mention.counted_from - 40), mention.counted_from
        ):
            return True
        return sites[max(before)] in mine

    def _intercepted(
        self, weapons: Sequence[WeaponMention], low: int | None, high: int | None
    ) -> Intercepted | None:
        down = landed = partly = False
        for clause in [*self.clauses, *self._trailing]:
            sentence = self.text[clause.start : clause.end]
            if not {"D", "l"} & set(clause.letters) and not _SAYS["defences"].search(sentence):
                continue
            crowded = clause.index in self.shared
            if crowded and not self._own_down(clause):
                continue
            if _SAYS["down_open"].search(sentence):
                continue
            if _SAYS["none_down"].search(sentence):
                self._cite("intercepted", clause.start, clause.end)
                return "none"
            if "D" in clause.letters and ("W" in clause.letters or _SAYS["of_them"].search(sentence)):
                down = True
                self._cite("intercepted", clause.start, clause.end)
                if _SAYS["some_down"].search(sentence) or _SAYS["got_through"].search(sentence):
                    partly = True
                elif _SAYS["all_down"].search(sentence):
                    partly = partly or False
                elif low is not None and low == high and low > 1 and self._fewer_down(clause, low):
                    partly = True
            elif "l" in clause.letters and "f" not in clause.letters and high != 1:
                landed = landed or any(
                    mention.kind and clause.start <= mention.start < clause.end for mention in weapons
                )
        if not down:
            return None
        return "some" if partly or (landed and not _SAYS["all_down"].search(self._joined())) else "all"

    def _own_down(self, clause: Clause) -> bool:
        return any(
            start <= clause.starts[at] < end
            for at, letter in enumerate(clause.letters)
            if letter == "D"
            for start, end in self.own
        )

    def _fewer_down(self, clause: Clause, launched: int) -> bool:
        counts = [
            number.value
            for number in self.reader.numbers
            if clause.start <= number.start < clause.end and number.value is not None
        ]
        return bool(counts) and launched not in counts and min(counts) < launched

    def _damage(self) -> Damage | None:
        mentions = [
            mention
            for clause in self._of_harm()
            for mention in damage_in(self.text, clause.start, clause.end)
            if self._is_own(clause, mention.start)
        ]
        told = worst(mentions)
        if told is None:
            return None
        clause = next(c for c in self.reader.clauses if c.start <= told.start < c.end)
        self._cite("damage", clause.start, clause.end)
        return told.value

    def _is_own(self, clause: Clause, position: int) -> bool:
        """In a sentence that tells of several attacks: whether the words are nearest to this one."""
        here = [(draft, told) for draft in self.drafts for told in draft.told
                if told.attack.sentence == clause.index]  # fmt: skip
        if len({told.attack.start for _, told in here}) < 2:
            return True
        at = min((told.attack.start for _, told in here), key=lambda start: abs(start - position))
        return any(draft is self.draft and told.attack.start == at for draft, told in here)

    def _is_correction(self) -> bool:
        head = self.text[:400] + self.text[-400:]
        return _SAYS["corrects"].search(head) is not None

    def _voices(self) -> dict[str, Any]:
        alone = len(self.drafts) == 1 and self.current  # what is said of background is said beside it
        clauses = self.clauses if not alone else list(self.reader.clauses)
        claim = claimant(self.text, self._claim_clauses(alone), self.reader.clauses, self.knowledge)
        claim = claim or self._goes_on_claiming()
        blame = blamed(self.text, self.clauses, self.knowledge, self.own)
        confirmed, who = self._confirmed_in(self._confirming())
        near = [index for index in self.draft.lead if 0 <= self.draft.sentences[0] - index <= LEAD_SENTENCES]
        if who is None and near and is_current(self.draft, self.reader.published):
            lead = [self.reader.clauses[index] for index in self.draft.lead]
            confirmed, who = self._confirmed_in(lead)
        if confirmed == "none" and self.reader.is_official:
            head = self.text[:RELEASE_REACH]
            confirmed = "coalition" if _SAYS["allied"].search(head) else "us"
        denied, denying = denier(self.text, clauses if alone else self.clauses, self.knowledge)
        for field, voice in (("claimed_by", claim), ("attributed_to", blame)):
            if voice is not None:
                self._cite(field, voice.start, voice.end)
        for field, named in (("confirmed_by", who), ("denied_by", denying)):
            if named is not None:
                self._cite(field, named.start, named.end)
        return {
            "claimed_by": claim.value if claim else None,
            "attributed_to": blame.value if blame and (not claim or claim.value != blame.value) else None,
            "confirmed_by": confirmed, "denied_by": denied,
        }  # fmt: skip

    def _confirming(self) -> list[Clause]:
        """The sentences in which an official may confirm it: of background only those that tell it.

        Who gives the attack as the reason for something else says that it was, but does not report it.
        """
        if self.current:
            return [*self.clauses, *self._trailing]
        mine = {told.attack.sentence for told in self.draft.told}
        wanted = mine | ({index + 1 for index in mine} - self.shared)
        return [clause for clause in self.reader.clauses if clause.index in wanted]

    @cached_property
    def _trailing(self) -> list[Clause]:
        """The sentences right after those of the attack that are of no other: "Damage was slight." """
        taken = {*self.draft.sentences, *self.shared}
        found: list[Clause] = []
        for clause in self.clauses:
            following = self.reader.clauses[clause.index + 1 : clause.index + 2]
            found += [
                after
                for after in following
                if after.index not in taken
                and self.reader.whys.get(after.index) not in _NOT_OURS
                and after.is_title == clause.is_title
                and not self._is_of_another(after)
            ]
        return found

    def _is_of_another(self, clause: Clause) -> bool:
        """The sentence names another site, or another day."""
        sites = {site for at, site in clause.site_at.items() if clause.letters[at] == "S"}
        if sites and self.draft.place not in sites and self.site.precision == "site":
            return True
        first, last = self.draft.earliest, self.draft.latest
        if first is None or last is None:
            return False
        days = [day for day in self.reader.dates_in(clause) if day.kind in ("absolute", "relative")]
        return any(
            day.earliest is not None
            and day.latest is not None
            and (day.latest < first or day.earliest > last)
            and not is_spoken(self.doc, day)
            for day in days
        )

    def _of_harm(self) -> list[Clause]:
        """The sentences that may tell of those who were hit: not those of other places, nor those that count
        the campaign's ("there have been 78 attacks since October; 66 troops have been hurt")."""
        told = {told.attack.sentence for told in self.draft.told}
        counting = self.reader.counting
        return [
            clause
            for clause in [*self.clauses, *self._trailing]
            if clause.index in told
            or not (
                clause.index in counting
                or clause.index - 1 in counting
                or self._is_elsewhere(clause)
                or "O" in clause.letters
            )
        ]

    def _confirmed_in(self, clauses: Iterable[Clause]) -> tuple[Confirmer, Speech | None]:
        """The strongest official voice among the sentences, where it speaks of this attack."""
        best: Confirmer = "none"
        who: Speech | None = None
        spoken = [(clause, speech) for clause in clauses
                  for speech in self.reader.speeches.get(clause.index, ())]  # fmt: skip
        for clause, speech in sorted(spoken, key=lambda pair: pair[1].vague):
            if speech.vague and best != "none":
                break
            side: Confirmer = next((name for name in RANK if name == speech.side), "none")
            if RANK.index(side) < RANK.index(best) and self._speaks_of_it(clause, speech):
                best, who = side, speech
        return best, who

    def _speaks_of_it(self, clause: Clause, speech: Speech) -> bool:
        """Whether what is said has to do with the attack, and not with the strikes that followed."""
        here = [told for told in self.draft.told if told.attack.sentence == clause.index]
        if any(speech.covers(told.attack.start) for told in here if not told.passing):
            return True
        if _SAYS["not_of_it"].search(self.text, clause.start, clause.end):
            return False
        if speech.acts:
            return bool(here) or clause.index not in self.shared
        if any(told.passing for told in here) or self._is_elsewhere(clause, speech):
            return False
        for at, letter in enumerate(clause.letters):
            if letter in _OF_ATTACKS and speech.covers(clause.starts[at]):
                return True
        return any(_SAYS["of_it"].search(self.text, start, end) for start, end in speech.said)

    def _is_elsewhere(self, clause: Clause, speech: Speech | None = None) -> bool:
        """The sentence names places, besides that of its speaker, and this attack was at none of them."""
        place = self.draft.place
        named = {
            site
            for at, site in clause.site_at.items()
            if speech is None or not speech.start <= clause.starts[at] < speech.end
        } - {"iraq", "syria", "jordan"}
        if place is None or not named or place in named:
            return False
        around = {place, *self.knowledge.around(place)} - {"iraq", "syria", "jordan"}
        return not any(around & {site, *self.knowledge.around(site)} for site in named)

    def _goes_on_claiming(self) -> Voice | None:
        """ "The fighters also targeted ...": a claim goes on where its own voice tells the next attack."""
        before = [draft for draft in self.drafts if draft.order < self.draft.order]
        first = self.reader.clauses[self.draft.told[0].attack.sentence]
        told = before[-1].told[-1].attack.sentence if before else -9
        sentence = self.text[first.start : first.end]
        if not 0 <= first.index - told <= 2 or first.index in self.reader.speeches:
            return None
        if not _SAYS["pronoun"].search(sentence) and "also" not in sentence and first.index != told:
            return None
        clauses = [self.reader.clauses[index] for index in sorted(set(before[-1].sentences))]
        return claimant(self.text, clauses, self.reader.clauses, self.knowledge)

    def _claimed_together(self) -> list[Clause]:
        """The sentences in which somebody claims all attacks at once."""
        if not self.current:
            return []
        held = set(self.draft.sentences)
        first = min(held)
        lead = {index for index in self.draft.lead if 0 <= first - index <= LEAD_SENTENCES}
        return [self.reader.clauses[index] for index in sorted((lead | self.reader.claims_of_all) - held)]

    def _claim_clauses(self, alone: bool) -> list[Clause]:
        if not alone:
            mine = {told.attack.sentence for told in self.draft.told}
            passing = {told.attack.sentence for told in self.draft.told if told.passing}
            own = [c for c in self.clauses if c.index not in passing & self.shared & mine]
            return own + self._claimed_together() if len(passing) < len(mine) else own
        wanted = {clause.index for clause in self.clauses}
        for clause in self.reader.clauses:
            text = self.text[clause.start : clause.end]
            if (
                "claim" in text
                and ("the attack" in text or "the strike" in text or "responsib" in text)
                and "attacks" not in text
            ):
                wanted.add(clause.index)
        return [clause for clause in self.reader.clauses if clause.index in wanted]
