"""Who says what in English: the speakers of each sentence, and which of its words are theirs.

A speaker is found from the verb of saying: the words before it back to the last break ("two Kurdish
officials who asked not to be named said"), those after it where the order is turned (", said Major Roe, a
spokesman for the coalition"), those after "according to", and those set off at either end of a headline.
What sort of speaker it is follows from the words themselves. "The official", "the military", a surname and
"he" are whom the text named before; "officials" without a nation are those that it names otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.claims import named_in
from extract.clauses import Clause
from extract.knowledge import Knowledge
from extract.languages.en_speech import ENGLISH_SPEECH
from extract.text import Document

_SAYS = ENGLISH_SPEECH
_LONGEST_SUBJECT = 220  # characters
_TURNED = ("said", "says", "added", "wrote", "confirmed", "announced")
_MOST_SPEECHES = 12  # in one sentence; more are no sentence
_FAR_PRONOUN = 3  # sentences back to whom "he" is
_NAME = re.compile(r"[A-Z][\w'-]{2,}")
_OFFICIAL = ("us", "coalition", "host_government", "security_source")


@dataclass(frozen=True, slots=True)
class Speech:
    """One speaker in one sentence; `said` are the spans of the words that are said."""

    side: str  # of Confirmer, or "other": attackers, media, residents
    start: int
    end: int
    said: tuple[tuple[int, int], ...]
    acts: bool = False  # condemns it or has it looked into
    vague: bool = False  # "officials", by whom the text names elsewhere

    def covers(self, position: int) -> bool:
        """Whether the words at the position are said by this speaker."""
        return any(start <= position < end for start, end in self.said)


def find_speeches(
    doc: Document, clauses: Sequence[Clause], knowledge: Knowledge
) -> dict[int, tuple[Speech, ...]]:
    """The speeches of each sentence that has any, by its index."""
    return _Listener(doc, clauses, knowledge).listen()


class _Listener:
    """One text while its speakers are made out."""

    def __init__(self, doc: Document, clauses: Sequence[Clause], knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.text, self.level, self.clauses = doc.folded, doc.level, clauses
        self.last: tuple[int, str] | None = None  # sentence and side of who spoke last
        self.by_head: dict[str, str] = {}  # "official" -> us, as last named
        self.by_name: dict[str, str] = {}  # "Roe" -> coalition
        self.waiting: list[tuple[int, Speech, str]] = []  # "officials" of no nation yet

    def listen(self) -> dict[int, tuple[Speech, ...]]:
        found: dict[int, list[Speech]] = {}
        for clause in self.clauses:
            if not _SAYS["gate"].search(self.text, clause.start, clause.end):
                continue
            here = self._in_sentence(clause)
            if here:
                found[clause.index] = here
        self._settle(found)
        return {index: tuple(speeches) for index, speeches in found.items()}

    def _settle(self, found: dict[int, list[Speech]]) -> None:
        """Officials of no nation are those that the text names further on."""
        for index, speech, head in self.waiting:
            side = self.by_head.get(head) or self._dateline()
            speeches = found.setdefault(index, [])
            if side in _OFFICIAL:
                speeches.append(replace(speech, side=side, vague=True))

    def _dateline(self) -> str:
        match = _SAYS["dateline"].search(self.text[:400])
        return "" if match is None else "us" if match.lastgroup == "us" else "host_government"

    # -- one sentence -----------------------------------------------------------------------------------

    def _in_sentence(self, clause: Clause) -> list[Speech]:
        found: list[Speech] = []
        floor = clause.start
        for match in _SAYS["verb"].finditer(self.text, clause.start, clause.end):
            if len(found) >= _MOST_SPEECHES:
                break
            if match.start() < floor or _SAYS["unsaid"].search(
                self.text[max(floor, match.start() - 30) : match.start()]
            ):
                continue
            span, turned = self._subject(clause, floor, match)
            if span is None:
                continue
            speech = self._speech(clause, span, match, turned)
            if speech is not None:
                found.append(speech)
            floor = max(match.end(), span[1])
        for match in _SAYS["by"].finditer(self.text, clause.start, clause.end):
            if len(found) >= 2 * _MOST_SPEECHES:
                break
            span = self._after(clause, match.end())
            speech = self._made(clause, span, ((clause.start, clause.end),)) if span else None
            if speech is not None:
                found.append(speech)
        found.extend(self._set_off(clause))
        return found

    def _speech(
        self, clause: Clause, span: tuple[int, int], verb: re.Match[str], turned: bool
    ) -> Speech | None:
        acts = verb.lastgroup == "acts"
        after = (verb.end(), clause.end)
        before = (clause.start, span[0] if not turned else verb.start())
        rest = self.text[verb.end() : min(clause.end, verb.end() + _LONGEST_SUBJECT)]
        if verb.group() in ("told", "tells") and (whom := _SAYS["told_whom"].match(rest)) is not None:
            rest = rest[whom.end() :]  # "..., an officer told the newspaper on Friday"
        ends = turned or _SAYS["ends"].match(rest) is not None
        broken = self.text[before[0] : before[1]].rstrip()[-1:] in {",", '"', "-"}
        said = (before, after) if ends and (turned or broken) else (after,)
        return self._made(clause, span, said, acts)

    def _made(
        self, clause: Clause, span: tuple[int, int], said: tuple[tuple[int, int], ...], acts: bool = False
    ) -> Speech | None:
        """The speech of the one named at the span, if it can be told who that is."""
        words = self.text[span[0] : span[1]]
        if not words.strip():
            return None
        known = _SAYS["pronoun"].search(words) is not None
        side = None if known else side_of(words, self.level[span[0] : span[1]])
        heads = [match.group() for match in _SAYS["head"].finditer(words)]
        if side is None:
            side = self._by_actor(clause, span) or self._known(clause, span, words, heads)
        if side == "bare":
            self.waiting.append((clause.index, Speech("other", *span, said, acts), heads[-1].rstrip("s")))
            return None
        if side is None:
            return None
        self.last = (clause.index, side)
        for head in heads:
            self.by_head[head.rstrip("s")] = side
        if side in _OFFICIAL:
            for name in _NAME.findall(self.level[span[0] : span[1]]):
                if not _SAYS["no_name"].fullmatch(name.lower()):
                    self.by_name[name.lower()] = side
        return Speech(side, *span, said, acts)

    def _by_actor(self, clause: Clause, span: tuple[int, int]) -> str | None:
        """The side of somebody in the list of actors who is named there."""
        named = (name for name in named_in(clause, self.knowledge) if span[0] <= name.start < span[1])
        sides = {name.side for name in named}
        return next((side for side in _OFFICIAL[:3] if side in sides), None)

    def _known(self, clause: Clause, span: tuple[int, int], words: str, heads: Sequence[str]) -> str | None:
        """Who is meant by words that name nobody by themselves."""
        for name in _NAME.findall(self.level[span[0] : span[1]]):
            if name.lower() in self.by_name:
                return self.by_name[name.lower()]
        for head in reversed(heads):
            if head.rstrip("s") in self.by_head:
                return self.by_head[head.rstrip("s")]
        if _SAYS["pronoun"].search(words):
            near = self.last is not None and clause.index - self.last[0] <= _FAR_PRONOUN
            return self.last[1] if near and self.last else None
        return "bare" if heads and _SAYS["bare"].search(words) else None

    # -- where the speaker stands -----------------------------------------------------------------------

    def _subject(
        self, clause: Clause, floor: int, verb: re.Match[str]
    ) -> tuple[tuple[int, int] | None, bool]:
        """The span of who says it, and whether it follows the verb."""
        start = max(floor, verb.start() - _LONGEST_SUBJECT)
        before = self.text[start : verb.start()]
        before = before[: _SAYS["adverbs"].search(before).start()]  # type: ignore[union-attr]
        end = start + len(before)
        if before.endswith(",") and verb.group() in _TURNED:
            after = self._after(clause, verb.end())
            if (
                after is not None
                and side_of(self.text[slice(*after)], self.level[slice(*after)]) in _OFFICIAL
            ):
                return after, True
        if not before or before[-1] in '"' or (before[-1] == "," and not self._apposed(before)):
            return self._after(clause, verb.end()), True
        aside = _SAYS["aside"].search(before)
        if aside is not None:
            before = before[: aside.start("aside")]
        comma = before.endswith(",")
        before = before.rstrip(", ")
        if comma and "," in before:
            head, _, apposed = before.rpartition(",")
            cut = self._cut(head)
            return (start + cut, start + len(head) + 1 + len(apposed)), False
        return (start + self._cut(before), min(end, start + len(before))), False

    @staticmethod
    def _apposed(before: str) -> bool:
        """ "The army's spokesman, Major Roe, said": the comma closes what describes the speaker."""
        chunks = before.rstrip(", ").rsplit(",", 1)
        if len(chunks) < 2:
            return False
        if _SAYS["apposed"].match(chunks[1]) is not None:
            return True
        return _SAYS["head"].search(chunks[0][-60:]) is not None and not _SAYS["breaks"].search(chunks[1])

    @staticmethod
    def _cut(words: str) -> int:
        """Where the subject begins: after the last break before it."""
        at = 0
        for match in _SAYS["breaks"].finditer(words):
            at = match.end()
        return at

    def _after(self, clause: Clause, start: int) -> tuple[int, int] | None:
        match = _SAYS["name_after"].match(self.text, start, min(clause.end, start + _LONGEST_SUBJECT))
        return match.span("words") if match is not None and match["words"].strip() else None

    def _set_off(self, clause: Clause) -> list[Speech]:
        """ "Rockets hit base - Iraqi military", "Pentagon: ...", "No casualties (US officials)"."""
        found: list[Speech] = []
        text = self.text[clause.start : clause.end]
        for name in ("heads", "tails", "bracketed"):
            match = _SAYS[name].search(text)
            if match is None or (name == "tails" and not clause.is_title):
                continue
            span = (clause.start + match.start("words"), clause.start + match.end("words"))
            if name == "bracketed" and " " not in match["words"]:
                continue
            if (
                not _SAYS["head"].search(match["words"])
                or side_of(match["words"], self.level[span[0] : span[1]]) is None
            ):
                continue
            speech = self._made(clause, span, ((clause.start, clause.end),))
            if speech is not None:
                found.append(speech)
        return found


def side_of(words: str, written: str) -> str | None:
    """What sort of speaker the words name; None where they do not say. `written`: the same with capitals."""
    plain = _SAYS["led"].sub("coalition", _SAYS["backed"].sub("", words))
    nobody = _SAYS["nobody"].search(plain) is not None
    role = _SAYS["role"].search(plain) is not None
    if nobody and not role:
        return "other"
    if _SAYS["attackers"].search(plain) and not role:
        return "other"
    ours = (
        _SAYS["us"].search(plain) is not None
        or _SAYS["us_written"].search(_SAYS["led_written"].sub("", written)) is not None
    )
    if _SAYS["coalition"].search(plain) and (not ours or _SAYS["of_coalition"].search(plain)):
        return "coalition"
    if ours:
        return "us"
    if _SAYS["others"].search(plain):
        return "other"
    unnamed = _SAYS["unnamed"].search(plain) is not None
    if _SAYS["sources"].search(plain) and not _SAYS["security"].search(plain):
        return "other"
    if _SAYS["host"].search(plain) or _SAYS["host_body"].search(plain):
        return "security_source" if unnamed else "host_government"
    if unnamed and _SAYS["security"].search(plain):
        return "security_source"
    return "other" if nobody and not role else None
