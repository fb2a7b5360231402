"""One article's words as the clause engine needs them: terms found once, sentences turned to letters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.clauses import Clause
from extract.knowledge import Knowledge, Site
from extract.languages.en_events import ENGLISH_EVENTS
from extract.languages.events import LETTERS, EventRules
from extract.terms import Hit, TermIndex, Tokens, Word
from extract.text import Document, Sentence

_BOUNDARIES = {";": ";", ":": ";", "\n": ";", "\u2022": ";", "--": ";", ",": ","}
_SILENT = frozenset((*'()"', "s"))
_DETERMINERS = frozenset(("the", "its", "same", "that", "this", "their"))
_ORDINALS = frozenset(("deadliest", "first", "fourth", "latest", "only", "third", "worst"))
_MILITARY = frozenset("BCKLUWZlu")  # beside these a bare "Conoco" is the base
_SINGULAR = frozenset(("barracks", "headquarters", "premises"))
_TELLING = frozenset("@HnqsX")  # a sentence with none of all these has nothing to say
_ATTACKING = frozenset("BCDFKLUVWXZglu")  # and beside these "the coalition" is the one we mean
LONGEST_PRONOUN = 8
_PRONOUNS = ENGLISH_EVENTS.stands_for_weapon | ENGLISH_EVENTS.stands_for_place  # one plain word each
_ACTS = frozenset("VLlDgX")
_OURS = frozenset("UCM")
_ON_ROADS = frozenset(("convoy", "convoys", "lorries", "lorry", "patrol", "patrols", "truck", "trucks"))
_PLACED = frozenset("STNBO")
_THEN_ACTS = re.compile(r"[xc]?e?b?[xc]?[VLlDg]")  # "another hit", "the other was shot down"
_HELD_KINDS = frozenset(
    ("air_base", "airport", "base", "consulate", "diplomatic_facility", "embassy", "outpost", "zone")
)


@lru_cache(maxsize=4)
def index_of(knowledge: Knowledge) -> TermIndex:
    """The trie of all English names and words; built once for a knowledge."""
    return TermIndex(_terms(knowledge, ENGLISH_EVENTS))


def _terms(knowledge: Knowledge, rules: EventRules) -> Iterator[tuple[str, Word]]:
    for alias in knowledge.site_aliases:
        if alias.language == "en":
            yield alias.alias, Word("site", alias.site_id, alias.needs, _is_short(alias.alias))
    for name in knowledge.actor_aliases:
        if name.language == "en":
            yield name.alias, Word("actor", name.actor_id, name.needs, _is_short(name.alias))
    for kind, phrases in rules.words.items():
        for phrase in phrases:
            yield phrase, Word(kind, "")
    for kind, values in rules.values.items():
        for value, listed in values.items():
            for phrase in listed.split(","):
                yield phrase.strip(), Word(kind, value)


def _is_short(alias: str) -> bool:
    return len(alias) <= 4 and alias.isupper()


@dataclass(frozen=True)
class Lexis:
    """The known terms of a document, by sentence."""

    doc: Document
    clauses: tuple[Clause, ...]


def read_words(doc: Document, knowledge: Knowledge) -> Lexis:
    """Find every term and turn each sentence into its letters."""
    tokens = Tokens(doc.level, doc.folded)
    index = index_of(knowledge)
    clauses = []
    starts, at, total = tokens.starts, 0, len(tokens.starts)
    elsewhere = _is_about_elsewhere(doc, tokens, index, knowledge)
    ours = ENGLISH_EVENTS.patterns["our_convoys"].search(doc.folded) is not None
    before = False
    for number, sentence in enumerate(doc.sentences):
        at = first = bisect_left(starts, sentence.start, at, total)
        at = bisect_left(starts, sentence.end, at, total)
        hits = index.find(tokens, first, at)
        if elsewhere:
            hits = [hit for hit in hits if not _is_mission(hit, knowledge, doc)]
        kinds = frozenset().union(*[_classes(hit.words) for hit in hits])
        military = not kinds.isdisjoint(_MILITARY)
        clauses.append(
            _clause(number, sentence, tokens, first, at, hits, kinds, military or before, knowledge, ours)
        )
        before = military  # "... three bases. One of them was Harir."
    return Lexis(doc, tuple(clauses))


def _is_about_elsewhere(doc: Document, tokens: Tokens, index: TermIndex, knowledge: Knowledge) -> bool:
    """The article's first place is of another theatre: "the US embassy" is not the one in Baghdad."""
    for hit in index.find(tokens, 0, min(len(tokens.words), 60)):
        for word in hit.words:
            if word.kind == "other_place":
                return True
            if word.kind == "site" and word.value and not _is_mission(hit, knowledge, doc):
                return not knowledge.site(word.value).watched
    return False


def _is_mission(hit: Hit, knowledge: Knowledge, doc: Document) -> bool:
    """ "The US embassy", without the name of its city."""
    words = [word for word in hit.words if word.kind == "site" and word.value]
    if not words or knowledge.site(words[0].value).kind not in ("embassy", "zone"):
        return False
    return "baghdad" not in doc.folded[hit.start : hit.end]


def _clause(
    number: int, sentence: Sentence, tokens: Tokens, first: int, last: int, hits: list[Hit],
    kinds: frozenset[str], military: bool, knowledge: Knowledge, convoys_ours: bool,
) -> Clause:  # fmt: skip
    letters: list[str] = []
    held: list[Hit | None] = []
    starts: list[int] = []
    ends: list[int] = []
    site_at: dict[int, str] = {}
    determined: set[int] = set()
    near: set[int] = set()
    plural: set[int] = set()
    words, text, is_title = tokens.words, tokens.text, sentence.is_title
    attacking = not kinds.isdisjoint(_ATTACKING)
    telling = attacking or not kinds.isdisjoint(_TELLING)
    if not telling:  # the sentence has nothing to say
        return _silent(number, sentence, convoys_ours)
    letters_of = _letters_of(knowledge, military, attacking)
    spelled = frozenset(words[first:last])
    ranked = not spelled.isdisjoint(_ORDINALS)
    at = first
    for hit in [*hits, None]:
        until = hit.first if hit is not None else last
        while at < until:
            word = words[at]
            if word not in _SILENT:
                letters.append(_BOUNDARIES.get(word, "x"))
                held.append(None)
                starts.append(tokens.starts[at])
                ends.append(tokens.ends[at])
            at += 1
        if hit is None:
            break
        start, end, _, at_last, _ = hit
        place = len(letters)
        last_word = words[at_last - 1]
        for letter, site in letters_of(hit.words, last_word):
            if letter == "?":  # "US targets", "drone targets"
                letter = "V" if letters and letters[-1] in "WKA" else "F"
            elif letter == "T" and not is_title and _is_dateline(text, hit, place):
                letter, site = "x", None
            elif letter == "a" and not is_title and place and text[start].isupper():
                letter = "x"  # "told Tigris Daily": a name, and not how often
            elif letter == "p" and text[start:end].lower() in ENGLISH_EVENTS.nearness:
                near.add(len(letters))
            if site is not None:
                site_at[len(letters)] = site
            letters.append(letter)
            held.append(hit)
            starts.append(start)
            ends.append(end)
        if at > first and (
            (words[at - 1] in _DETERMINERS and not (words[at - 1] == "that" and last_word[-1:] == "s"))
            or (ranked and not _ORDINALS.isdisjoint(words[max(first, at - 3) : at]))
        ):
            determined.add(place)
            determined.add(len(letters) - 1)
        if last_word[-1:] == "s" and last_word not in _SINGULAR:
            plural.add(len(letters) - 1)
        at = at_last
    if (
        words[first] == "it"
        and hits[0].first > first
        and _is_hit({hit.first: hit for hit in hits}, first + 1)
    ):
        letters[0] = "B"
        determined.add(0)
    _name_bases(letters, site_at, spelled, knowledge)
    _spread_determiners(letters, determined)
    if not spelled.isdisjoint(_PRONOUNS):
        _read_pronouns(letters, held, starts, ends, text, determined)
    return Clause(
        index=number, letters="".join(letters), hits=held, starts=starts, ends=ends, site_at=site_at,
        determined=frozenset(determined), plural_at=frozenset(plural), start=sentence.start,
        end=sentence.end, is_title=is_title, convoys_ours=convoys_ours, near_at=frozenset(near),
        zones=frozenset([site for site in site_at.values() if knowledge.site(site).kind == "zone"]),
        text=text,
    )  # fmt: skip


def _silent(number: int, sentence: Sentence, convoys_ours: bool) -> Clause:
    return Clause(
        index=number, letters="", hits=[], starts=[], ends=[], site_at={}, determined=frozenset(),
        plural_at=frozenset(), start=sentence.start, end=sentence.end, is_title=sentence.is_title,
        convoys_ours=convoys_ours,
    )  # fmt: skip


def _is_hit(by_first: dict[int, Hit], at: int) -> bool:
    """ "It was also attacked", "it had been hit": the words after "it" make it what was spoken of before."""
    said = ""
    while len(said) < 4:
        hit = by_first.get(at)
        said += next((LETTERS[word.kind] for word in hit.words if word.kind in LETTERS), "x") if hit else "x"
        at = hit.last if hit else at + 1
    return re.match(r"e?b[cx]?V", said) is not None


def _is_dateline(text: str, hit: Hit, at: int) -> bool:
    """ "BAGHDAD (Agency) - ": where it was written, not where it happened."""
    words = text[hit.start : hit.end]
    return at < 8 and len(words) > 3 and words.isupper()


def _read_pronouns(
    letters: list[str], held: list[Hit | None], starts: list[int], ends: list[int], text: str,
    determined: set[int],
) -> None:  # fmt: skip
    """ "Another was aimed at Harir", "two hit it", "rockets fell there": words that stand for what was told.

    A pronoun before an attack word stands for the weapon spoken of, one after it, where the sentence has
    named no place before, for the place.
    """
    if _ACTS.isdisjoint(letters):
        return
    for at, letter in enumerate(letters):
        if letter not in "xcp" or ends[at] - starts[at] > LONGEST_PRONOUN:
            continue
        word = text[starts[at] : ends[at]].lower()
        if word not in _PRONOUNS:
            continue
        if word in ENGLISH_EVENTS.stands_for_weapon and _THEN_ACTS.match("".join(letters[at + 1 : at + 5])):
            if "W" not in letters:
                letters[at], held[at] = "W", None
        elif (
            word in ENGLISH_EVENTS.stands_for_place
            and not _PLACED & set(letters[:at])
            and _ACTS & set(letters[:at])
            and (letters[at - 1] in "pVg" or word == "there")
        ):
            letters[at] = "B"
            determined.add(at)


@lru_cache(maxsize=4)
def garrison_towns(knowledge: Knowledge) -> dict[str, str]:
    """Towns whose only place of ours is the base that bears their name: "American contractors at Balad"."""
    held = [site for site in knowledge.sites if place_letter(site) == "S"]
    towns = {}
    for town in knowledge.sites:
        if town.precision != "city":
            continue
        here = [site for site in held if knowledge.contains(town.site_id, site.site_id)]
        named = [site for site in held if site.name in (f"{town.name} Air Base", f"Camp {town.name}")]
        if town.name == town.province or len({site.site_id for site in (*here, *named)}) != 1 or not named:
            continue  # "in Kirkuk" is anywhere in the city
        towns[town.site_id] = named[0].site_id
    return towns


def _name_bases(
    letters: list[str], site_at: dict[int, str], spelled: frozenset[str], knowledge: Knowledge
) -> None:
    """Where the sentence speaks of our people, the name of a garrison town is that of its base."""
    if not _OURS & set(letters) or not spelled.isdisjoint(_ON_ROADS):
        return
    towns = garrison_towns(knowledge)
    for at, town in site_at.items():
        if letters[at] == "T" and town in towns:
            letters[at], site_at[at] = "S", towns[town]


def _spread_determiners(letters: list[str], determined: set[int]) -> None:
    """ "The sprawling base": the determiner holds for the base too."""
    for at in sorted(determined):
        if letters[at] == "x" and letters[at + 1 : at + 2] == ["B"]:
            determined.add(at + 1)


@lru_cache(maxsize=8192)
def _classes(words: tuple[Word, ...]) -> frozenset[str]:
    """The letters that a term's classes stand for; "@" for a name."""
    return frozenset("@" if word.kind in ("actor", "site") else LETTERS.get(word.kind, "x") for word in words)


@lru_cache(maxsize=16)
def _letters_of(
    knowledge: Knowledge, military: bool, attacking: bool
) -> Callable[[tuple[Word, ...], str], tuple[tuple[str, str | None], ...]]:
    """`_letters` for sentences with or without these classes of words, each answer kept."""

    @lru_cache(maxsize=8192)
    def kept(words: tuple[Word, ...], last_word: str) -> tuple[tuple[str, str | None], ...]:
        return _letters(words, last_word, knowledge, military, attacking)

    return kept


def _letters(
    words: tuple[Word, ...], last_word: str, knowledge: Knowledge, military: bool, attacking: bool
) -> tuple[tuple[str, str | None], ...]:
    """The letters a term stands for, with the site where it is a place; "?" where the word before decides."""
    kinds = {word.kind: word for word in reversed(words)}
    actor, site = kinds.get("actor"), kinds.get("site")
    if site is not None and not site.value:
        site = None  # known, and not a place; it may be an actor or a word of ours
        kinds.pop("site")
    if site is not None and (site.needs != "context" or military):
        place = knowledge.site(site.value)
        if place.watched:
            return ((place_letter(place), site.value),)
        if actor is None:
            return (("O", None),)
    if actor is not None and actor.value and (actor.needs != "context" or attacking):
        return tuple((letter, None) for letter in _actor_letters(knowledge, actor.value, last_word))
    if "force" in kinds and "hits" in kinds:
        return (("?", None),)
    return ((next((LETTERS[kind] for kind in kinds if kind in LETTERS), "x"), None),)


def place_letter(place: Site) -> str:
    """S for a site with a US presence, N for one without, T for a town, province or country."""
    if place.precision != "site":
        return "T"
    if place.target_kind == "convoy" or (place.kind == "area" and place.us_presence != "no"):
        return "T"
    return "S" if place.us_presence != "no" and place.kind in _HELD_KINDS else "N"


def _actor_letters(knowledge: Knowledge, actor_id: str, last_word: str) -> str:
    side = knowledge.actor(actor_id).side
    in_arms = last_word in _FORCES
    if side == "us":
        return "UF" if in_arms else "q"
    if side == "coalition":
        return "CF" if in_arms else "C" if last_word in _ALLIES else "q"
    if side == "host_government":
        return "G" if in_arms else "q"
    return _SIDES.get(side, "G")


_FORCES = frozenset(("army", "force", "forces", "military", "navy", "troops"))
_ALLIES = frozenset(("coalition", "daesh", "isil", "isis", "oir", "resolve"))
_SIDES = {
    "attacker": "A", "security_source": "q", "monitor": "q", "media": "q", "israel": "I", "turkey": "I",
}  # fmt: skip
