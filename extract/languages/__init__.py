"""The languages that the reader knows; each is a value made of tables and small functions."""

from __future__ import annotations

from extract.languages.base import Language
from extract.languages.en import ENGLISH

__all__ = ["ENGLISH", "Language", "language_of"]

_KNOWN = {language.code: language for language in (ENGLISH,)}


def language_of(code: str | None) -> Language:
    """The language of a code such as "en" or "en-GB"; English where it is not given or not known."""
    return _KNOWN.get((code or "en").lower().replace("_", "-").split("-")[0], ENGLISH)
