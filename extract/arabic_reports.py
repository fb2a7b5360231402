"""What the sentences of one attack say of it in Arabic: weapon, counts, damage, and whose word it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extract.arabic_names import Name
from extract.arabic_reading import ArabicReader
from extract.arabic_values import damage_in, find_weapons
from extract.clauses import Clause
from extract.dates import BAGHDAD
from extract.incidents import is_current
from extract.knowledge import Knowledge, Site
from extract.languages import ar_events as ar
from extract.languages.arabic import Plain, plain
from extract.records import Article, Confirmer, Damage, Evidence, Intercepted, Reading, TargetKind
from extract.reports import DraftReport, read_with
from extract.rules import reading_of
from extract.text import Document
from extract.weapons import WeaponMention


def read_arabic(article: Article, knowledge: Knowledge) -> Reading:
    """Everything the Arabic article says of attacks on US facilities; never raises on any text."""
    spelled = plain(article.document)
    title = plain(article.title).text
    doc = Document(title, _LOOSE_END.sub(" ", spelled.text[len(title) + 2 :]))
    text = doc.folded
    if not (ar.GATE_ATTACK.search(text) and ar.GATE_US.search(text) and ar.GATE_THEATRE.search(text)):
        return reading_of(article, "no_attack", (), ())
    if ar.MARCHERS.search(text) and not ar.ARMS.search(text):
        return reading_of(article, "no_attack", (), ())
    return _restored(read_with(ArabicReader(article, doc, knowledge), ArabicReport), spelled)


_ONE_AT_LEAST = re.compile(r"\s*(?:طائره|مسيره|صاروخا?)(?: [ء-ي]+){0,2}? (?:واحد[اه]?|علي الاقل)(?![ء-ي])")
_LOOSE_END = re.compile(r"\n(?=[,.;:)])")  # a line that begins with a comma ends the one before


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


class ArabicReport(DraftReport):
    """Everything that the sentences of one draft say."""

    reader: ArabicReader

    def _mentions(self, word: str) -> bool:
        wanted = {"embassy": "سفار", "consulate": "قنصلي"}.get(word, word)
        return any(wanted in self.text[clause.start : clause.end] for clause in self.clauses)

    def _target_kind(self, site: Site) -> TargetKind:
        kinds = frozenset[str]().union(*(told.attack.kinds for told in self.draft.told))
        if "convoy" in kinds and site.precision != "site":
            return "convoy"
        if site.precision == "site" and site.kind == "airport":
            return "base" if "base" in kinds else "airport"
        if site.kind == "zone" and self.reader._speaks_of_embassy():
            return "embassy"
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
            for mention in self.reader.weapons_in(clause):
                if crowded and not self._used_here(clause, mention):
                    continue
                if self._is_taken_back(clause, mention):
                    continue
                if any(start <= mention.start < end for start, end in spans):
                    own.append(mention)
                elif not crowded or spans:
                    more.append(mention)
        found = [*own, *more]
        most = max((m.high or 0 for m in found if m.counted and not m.fell), default=0)
        # "Two drones came in, one of them was shot down": what fell is among what came
        several = any(m.plural and not m.counted for m in found)
        return [
            replace(m, part=True) if m.fell and ((m.high or 0) < most or (several and m.low == 1)) else m
            for m in found
        ]

    def _is_taken_back(self, clause: Clause, mention: WeaponMention) -> bool:
        """ "Rockets, not drones"; "the agency told of drones, the truth is that rockets"."""
        if ar.NOT_THIS.search(self.text, clause.start, mention.start):
            return True
        truth = ar.TRUTH.search(self.text, clause.start, clause.end)
        return truth is not None and mention.end <= truth.start()

    def _weapon_before(self) -> list[WeaponMention]:
        """ "A similar attack": the weapon is that of the sentence, or of the one before."""
        alike = [clause for clause in self.clauses if ar.ALIKE.search(self.text, clause.start, clause.end)]
        if not alike:
            return []
        every = self.reader.clauses
        near = [alike[0], *reversed([clause for clause in every if clause.index < alike[0].index])]
        for clause in near[:4]:
            found = self.reader.weapons_in(clause)
            if found:
                return [replace(mention, counted=False) for mention in found]
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
        every = self.reader.weapons_in(clause)
        segment = {told.attack.clause_start for _, told in here}
        if len(every) == 1 and len(segment) == 1:
            return True  # one weapon, and several places hit with it
        inside = [
            (draft, told)
            for draft, told in here
            if told.attack.clause_start <= mention.start < told.attack.clause_end
        ]
        here = inside or here
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
        if low is None and _ONE_AT_LEAST.match(self.text, after, clause.end):
            return True
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
        clauses = list(self.reader.clauses) if alone else self.clauses
        claim = self._claim(self._claiming(alone))
        blame = self._blame()
        if claim is not None and blame is not None and self._are_one(claim.value, blame.value):
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
        for clause in self.reader.clauses:
            sentence = self.text[clause.start : clause.end]
            if not (ar.CLAIM.search(sentence) and ar.CLAIM_OBJECT.search(sentence)):
                continue
            of_all = "الهجمات" in sentence and any(
                word in sentence for word in ("الثلاث", "الاربع", "كل", "جميع")
            )
            if of_all or (alone and self.reader.whys.get(clause.index) != "us_strike"):
                wanted.add(clause.index)
            if ar.CLAIMS_IT.search(sentence) and {clause.index - 1, clause.index - 2} & set(
                self.draft.sentences
            ):
                wanted.add(clause.index)
        return [clause for clause in self.reader.clauses if clause.index in wanted]

    def _attackers(self, clause: Clause) -> list[Name]:
        return [name for name in self.reader.names
                if name.letter == "@" and name.side == "attacker" and clause.start <= name.start < clause.end]  # fmt: skip

    def _claim(self, clauses: Sequence[Clause]) -> Name | None:
        best: Name | None = None
        for clause in clauses:
            sentence = self.text[clause.start : clause.end]
            if ar.UNCLAIMED.search(sentence) or ar.CLAIMS_MANY.search(sentence):
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
                    r"[\s\"،,]*(?:في العراق)?[\s\"]*(?:[ء-ي]+ ){0,3}(?:[يت]?ستهدف\w*|استهدف\w*|[تي]?قصف\w*|[تي]?هاجم\w*|[تي]?تبن\w*|[تي]?علن\w*|اعلن\w*|دك\w*|:|انها (?:من |هي التي )?(?:اطلق|استهدف|هاجم|قصف|نفذ)\w*)",
                    after,
                )
                said = re.search(
                    r"(?:قال\w*|اعلن\w*|تبن\w*|ذكر\w*|بيان\w*|زعم\w*|اكد\w*) [^.]{0,40}$", before
                )
                if not (claims or (banner and (acts or (said and ar.VERB.search(after))))):
                    continue
                if best is None or self._is_more_exact(name.value, best.value):
                    best = name
        return best

    def _are_one(self, actor_id: str, other: str) -> bool:
        """The same, or one under the banner of the other; "Iran's militias" is what others call them."""
        if "iran_backed_militias" in (actor_id, other):
            return actor_id == other
        return actor_id == other or self._is_below(actor_id, other) or self._is_below(other, actor_id)

    def _is_more_exact(self, actor_id: str, than: str) -> bool:
        """A member of an umbrella says more than the umbrella, and any name more than "factions"."""
        return self._is_below(actor_id, than) or (than in ar.LOOSE_NAMES and actor_id not in ar.LOOSE_NAMES)

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
                if ar.SPEAKER_OF.search(before):
                    continue
                if ar.BYSTANDER.search(self.text, clause.start, name.start):
                    continue
                if ar.ANSWER_TO_CLAIM.search(before) or re.search(r"(?:رد\w*|زعم\w*|لم) [^.]{0,20}$", before):
                    continue
                agent = ar.BLOW_BEFORE.search(self.text, max(clause.start, name.start - 22), name.start)
                if agent is not None and self._is_agent(clause, name):
                    return name
                if (
                    ar.BLAMED.search(before)
                    or ar.BLAME.search(before)
                    or re.search(
                        r"^[^.,]{0,24}(?:اطلق\w*|استهدف\w*|هاجم\w*|قصف\w*|نفذ\w*|المسووليه|مسووليه|بالوقوف|شن\w*|تقف|يقف)",
                        after,
                    )
                ):
                    return name
        return None

    def _is_agent(self, clause: Clause, name: Name) -> bool:
        """ "The factions shelled the base": what is hit is named after them."""
        return any(
            told.attack.sentence == clause.index and told.attack.clause_start <= name.start
            and any(start >= name.end for start, _ in told.attack.spans)
            for told in self.draft.told
        )  # fmt: skip

    def _confirmed(self, in_lead: bool = False) -> tuple[Confirmer, tuple[int, int] | None]:
        """The strongest official voice that tells of this attack."""
        ranked = ("us", "coalition", "host_government", "security_source")
        best: tuple[int, tuple[int, int]] | None = None
        every = self.reader.clauses
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
            r"(?:علي|استهداف|استهدف\w*|قرب|داخل|محيط|باتجاه|طال\w*|مبني|تعرض\w*|نحو|ضد|الي|صوب|في|مجمع|حمايه) (?:مبني |مقر |محيط )?$",
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
