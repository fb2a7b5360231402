"""Cheap refusals before a page is fetched or read; they only refuse what cannot be relevant.

A feed gives a headline and perhaps a summary. "Rockets fired at base" names no country, "Iraq: what we know"
no attack: so an entry is refused only where both are missing, and neither our people nor a place of ours is
named. What is kept by mistake costs one page; what is refused by mistake is lost for good.
"""

from __future__ import annotations

from extract.gate import gate_of
from extract.languages import ar_events
from extract.languages.arabic import language_told, plain
from extract.languages.en_events import ENGLISH_EVENTS
from extract.records import Article, FeedEntry, Rejection

SHORT = 1200  # characters
SAMPLE = 600  # characters that show in which language an article is
WORDS_APART = 80  # characters: in English one of its small words stands at least so often


def filter_entry(entry: FeedEntry, language: str = "en") -> Rejection | None:
    """Why the entry need not be fetched, or None; what is in a language not read yet is never refused."""
    if language.split("-")[0].lower() == "ar":
        return _off_topic(entry) if _is_off_topic_arabic(f"{entry.title}\n{entry.summary}") else None
    if language.split("-")[0].lower() != "en":
        return None
    text = f"{entry.title}\n{entry.summary}".lower()
    if not text.strip():
        return None
    gate = gate_of(ENGLISH_EVENTS)
    if any(terms.in_text(text) for terms in (gate.theatre, gate.attack, gate.us)):
        return None
    return _off_topic(entry)


def _off_topic(entry: FeedEntry) -> Rejection:
    return Rejection(
        subject=entry.entry_id, stage="filter", reason="off_topic", detail="names no place, attack or target"
    )


def _is_off_topic_arabic(text: str) -> bool:
    words = plain(text).text
    if not words.strip() or language_told(words) != "ar":
        return False
    gates = (ar_events.GATE_THEATRE, ar_events.GATE_ATTACK, ar_events.GATE_US)
    return not any(gate.search(words) for gate in gates)


def written_in(article: Article) -> str:
    """The language of the article: by its script, by what its source says, by its small words."""
    declared = (article.language or "").lower().replace("_", "-").split("-")[0]
    if declared in ("", "en") and _is_plainly_english(f"{article.title} {article.text[:SAMPLE]}"):
        return "en"
    told = language_told(f"{article.title}\n{article.text}")
    if told is None:
        return declared or "en"
    if told in ("ar", "fa", "ckb", "ur", "other"):
        return told  # the script cannot be mistaken, what a feed declares often is
    if declared in ("", "ar"):
        return told
    return declared


def _is_plainly_english(sample: str) -> bool:
    """Cheaply, for most texts are: Latin script, and English small words where they belong."""
    if len(sample.encode("utf-8", "surrogatepass")) > len(sample) * 1.05:
        return False
    small = sum(sample.count(word) for word in (" the ", " of ", " and ", " said "))
    return small * WORDS_APART >= len(sample)


def refuse_text(article: Article) -> str | None:
    """The reason slug for which the article need not be read through, or None.

    Unlike an entry the whole text is here: a report needs a place, an attack and somebody of ours in it.
    """
    if not article.text.strip() and not article.title.strip():
        return "empty"
    if written_in(article) != "en":
        return "language_not_read"
    lowered = f"{article.title}\n{article.text}".lower()
    # A whole story names the country; only a short one may name but the town.
    passes = gate_of(ENGLISH_EVENTS).passes(lowered, by_country=len(lowered) > SHORT)
    return None if passes else "no_attack"
