"""Names of places and actors in plain Arabic text: one pass over the words, with clitics taken off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.knowledge import Knowledge
from extract.languages.arabic import plain, stems, words_of
from extract.lexis import place_letter

# Names that are everyday words as well: they count only after a word for a place or a base.
_COMMON = frozenset(
    plain(
        "بلد التقدم النصر العمر حرير الخضراء الأزرق البغدادي المثنى ربيعة القليب العديد القصور البرج كونيكو الحضر"
        " الشعب باشور بانوراما الجفرة الوليد القائم سنجار فيكتوريا"
    ).text.split()
) - {"كونيكو", "فيكتوريا", "سنجار"}
_PLACE_NOUNS = frozenset(
    plain(
        "قاعدة قاعدتي قاعدتا قواعد مطار مطاري معسكر حقل حقلي ناحية قضاء مدينة منطقة محيط قرب باتجاه معبر حامية بقاعدة"
        " محافظة ريف موقع سد جبل بلدة جسر لقاعدة القاعدة وقاعدة وحقل وقاعدتي"
    ).text.split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A place or actor named, in the plain text. `letter` as in extract.lexis for places; "@" for actors."""

    start: int
    end: int
    letter: str
    value: str
    needs: str
    side: str = ""


_Entry = tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]]  # words; kind, value, needs


class NameIndex:
    """All Arabic names by their first word, the longest first."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        names: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
        for alias in knowledge.site_aliases:
            if alias.language == "ar":
                names.setdefault(_tokens(alias.alias), []).append(("site", alias.site_id or "", alias.needs))
        for name in knowledge.actor_aliases:
            if name.language == "ar":
                names.setdefault(_tokens(name.alias), []).append(("actor", name.actor_id or "", name.needs))
        self._by_first: dict[str, list[_Entry]] = {}
        for words, meanings in sorted(names.items(), key=lambda item: -len(item[0])):
            if words:
                self._by_first.setdefault(words[0], []).append((words, tuple(meanings)))

    def find(self, text: str) -> list[Name]:
        """The names of a plain text, left to right, the longest where several begin."""
        words = words_of(text)
        forms = [form for _, _, form in words]
        found: list[Name] = []
        at = 0
        while at < len(words):
            entry, cut = self._at(forms, at)
            if entry is None:
                at += 1
                continue
            span = len(entry[0])
            start, end = words[at][0] + cut, words[at + span - 1][1]
            before = forms[at - 1] if at else ""
            if found and found[-1].letter == "S" and start - found[-1].end <= 2 and forms[at].startswith("و"):
                before = "قاعده"  # "the fields of Conoco and al-Omar": what stands before holds for both
            found.extend(self._names(entry, start, end, before))
            at += span
        return found

    def _at(self, forms: list[str], at: int) -> tuple[_Entry | None, int]:
        best: _Entry | None = None
        cut = 0
        for stem in stems(forms[at]):
            for entry in self._by_first.get(stem, ()):
                size = len(entry[0])
                if (best is None or size > len(best[0])) and tuple(forms[at + 1 : at + size]) == entry[0][1:]:
                    best, cut = entry, max(0, len(forms[at]) - len(stem))
        return best, cut

    def _names(self, entry: _Entry, start: int, end: int, before: str) -> Iterator[Name]:
        common = len(entry[0]) == 1 and entry[0][0] in _COMMON
        for kind, value, needs in entry[1]:
            if not value or (common and before not in _PLACE_NOUNS):
                continue
            if kind == "actor":
                yield Name(start, end, "@", value, needs, self.knowledge.actor(value).side)
                continue
            site = self.knowledge.site(value)
            yield Name(start, end, place_letter(site) if site.watched else "O", value, needs)


def _tokens(alias: str) -> tuple[str, ...]:
    return tuple(form for _, _, form in words_of(plain(alias).text))


@lru_cache(maxsize=4)
def names_of(knowledge: Knowledge) -> NameIndex:
    """The index of a knowledge's Arabic names; built once."""
    return NameIndex(knowledge)
