"""Arabic as it is written: one plain spelling to match on, offsets back into the stored text, words and clitics.

News is spelled in many ways: with and without hamza, dots on the ya, vowel signs, tatweel, marks that set
the direction, presentation forms left over from old type. `plain` makes one spelling of them. Letters are
replaced one for one; signs that are only drawn are left out, so a `Plain` keeps where they stood and
gives for any stretch of the plain text the stretch of the stored one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه",
    "ہ": "ه", "ھ": "ه", "ک": "ك", "ڪ": "ك", "گ": "ك", "ؤ": "و", "،": ",", "٫": ".", "٬": ",", "٪": "%",
    "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "−": "-",
    "_": " ",  # hashtags are words with their spaces drawn
    "\u00a0": " ", "\u202f": " ", "\t": " ", "\r": "\n", "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip
_DIGITS = {chr(first + digit): str(digit) for first in (0x0660, 0x06F0) for digit in range(10)}
_FOLD = str.maketrans({**_LETTERS, **_DIGITS})

# Vowel signs and other marks drawn on letters, the tatweel, and what sets the direction or joins letters.
_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_UNSEEN = "#\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_FORMS = "\ufb50-\ufdff\ufe70-\ufefc"  # presentation forms, a ligature of which stands for several letters
_SPECIAL = re.compile(f"[{_MARKS}{_UNSEEN}]+|[{_FORMS}]|(?<=[ \u00a0]) +")
_DROPPED = re.compile(f"[{_MARKS}{_UNSEEN}]")
_MARK = re.compile(f"[{_MARKS}]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain spelling; `full_span` leads back to the text that it was made of."""

    text: str
    full: str
    _plain_at: tuple[int, ...]  # where in the plain text the distance to the full one changes
    _full_at: tuple[int, ...]  # the offset in the full text there

    def full_offset(self, offset: int) -> int:
        """Where the character at the plain offset begins in the full text."""
        index = bisect_right(self._plain_at, offset) - 1
        return min(self._full_at[index] + offset - self._plain_at[index], len(self.full))

    def full_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the full text that the plain one was made of, with the signs on its last letter."""
        if end <= start:
            begin = self.full_offset(start)
            return begin, begin
        last = self.full_offset(end - 1) + 1
        marks = _MARK.match(self.full, last)
        return self.full_offset(start), marks.end() if marks else last


def plain(text: str) -> Plain:
    """The text in one spelling; linear in its length. Applied to its own result it changes nothing."""
    pieces: list[str] = []
    plain_at, full_at = [0], [0]
    length = begin = 0

    def note(at: int) -> None:
        if plain_at[-1] == length:
            full_at[-1] = at
        else:
            plain_at.append(length)
            full_at.append(at)

    for match in _SPECIAL.finditer(text):
        if match.start() > begin:
            pieces.append(text[begin : match.start()])
            length += match.start() - begin
        for letter in _shown(match.group()):
            note(match.start())
            pieces.append(letter)
            length += 1
        begin = match.end()
        note(begin)
    pieces.append(text[begin:])
    return Plain("".join(pieces).translate(_FOLD), text, tuple(plain_at), tuple(full_at))


@lru_cache(maxsize=1024)
def _shown(signs: str) -> str:
    """What is left of marks and of spaces after a space (nothing) or of a presentation form (its letters)."""
    if signs.isspace():
        return ""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", signs)) if len(signs) == 1 else ""


WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4)
def words_of(text: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and form of each word of a plain text; kept, as several finders ask for the same text."""
    return tuple([(*match.span(), match.group()) for match in WORD.finditer(text)])


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """The word, and what it may be without the clitics before it: and (و ف), by, to, like (ب ل ك), the (ال).

    The word itself comes first, then the shortest cut first. What is left has at least two letters.
    """
    return tuple(dict.fromkeys(_stems(word)))


def _stems(word: str) -> Iterator[str]:
    yield word
    bare = [word]
    if word[:1] in ("و", "ف") and len(word) > 3:
        bare.append(word[1:])
    for form in tuple(bare):
        if form.startswith("لل") and len(form) > 4:
            bare.append("ال" + form[2:])
            bare.append(form[2:])
            bare.append("ال" + form[1:])  # للجنة: the name's own l after the article's
        elif form[:1] in ("ب", "ل", "ك") and len(form) > 3:
            bare.append(form[1:])
    yield from bare[1:]
    for form in bare:
        if form.startswith("ال") and len(form) > 4:
            yield form[2:]


# -- which language ------------------------------------------------------------------------------------

_SAMPLE = 1200  # characters from the start; enough for any article
_ARABIC_SCRIPT = re.compile(r"[\u0620-\u064a\u066e-\u06d5\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER_SCRIPT = re.compile(
    r"[\u0400-\u04ff\u0590-\u05ff\u0900-\u0dff\u3040-\u9fff\uac00-\ud7af\u0370-\u03ff]"
)
_SORANI = re.compile(r"[ەێۆڕڵ]")
_URDU = re.compile(r"[ٹڈڑںے]")
_PERSIAN = re.compile(r"[پچژگکی]")
_PERSIAN_WORDS = frozenset(
    "است این را که های می شد شده کرد برای در با از آن بود ایران پایگاه حمله آمریکا آمریکایی به".split()
)
_ARABIC_ONLY = re.compile(r"[ةىأإؤ]|\bال\w|\bفي\b|\bمن\b|\bعلى\b")
_LATIN_WORDS = {
    "tr": "ve bir bu için ile olarak olan dedi göre saldırı saldırısı üssü üssüne roketli abd irak suriye",
    "fr": "le la les des une dans sur contre du au aux par est ont été avec selon attaque américaine en irak syrie",
    "ku": "û li ji ku bi di ser hat hatin êrîş êrîşa êrîşî dron bingeha emerîkî",
    "en": "the of and in to on at was were that with said by for attack base forces from near after us",
}
_WORDS_OF = {code: frozenset(words.split()) for code, words in _LATIN_WORDS.items()}
_LETTERS_OF = {
    "tr": re.compile(r"[ığşİĞŞ]"),
    "ku": re.compile(r"[êîûÊÎÛ]"),
    "fr": re.compile(r"[àâèéœÉÀ]|\b[ld]'"),
}


def language_told(text: str) -> str | None:
    """The language by script and small words: ar, fa, ckb, ur, en, tr, fr, ku, "other"; None where unclear."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return _in_latin_script(sample) if _LATIN.search(sample) else None
    arabic, latin = len(_ARABIC_SCRIPT.findall(sample)), len(_LATIN.findall(sample))
    other = len(_OTHER_SCRIPT.findall(sample))
    if other > arabic + latin:
        return "other"
    if arabic > latin:
        return _in_arabic_script(sample, arabic)
    return _in_latin_script(sample) if latin else None


def _in_arabic_script(sample: str, letters: int) -> str:
    if len(_SORANI.findall(sample)) * 40 > letters:
        return "ckb"
    if len(_URDU.findall(sample)) * 40 > letters:
        return "ur"
    persian, arabic = len(_PERSIAN.findall(sample)), len(_ARABIC_ONLY.findall(sample))
    if not persian and arabic > 3:
        return "ar"
    words = sum(word in _PERSIAN_WORDS for _, _, word in words_of(sample))
    if persian * 25 > letters and persian > arabic:
        return "fa"
    return "fa" if words * 8 > len(words_of(sample)) and words > arabic else "ar"


@lru_cache(maxsize=4)
def _in_latin_script(sample: str) -> str | None:
    told = Counter(map(str.lower, WORD.findall(sample)))
    counts = {code: sum([told[word] for word in known & told.keys()]) for code, known in _WORDS_OF.items()}
    for code, letters in _LETTERS_OF.items():
        if code == "fr" or not sample.isascii():  # the others look for letters beyond ASCII
            counts[code] += len(letters.findall(sample))
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > 1.5 * counts["en"] and counts[best] > 1 else "en" if counts["en"] else None
