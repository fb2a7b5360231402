"""Article in, Reading out: is it relevant and why, which attacks it tells of, which tallies it states.

`Reading.reason` is one of extract.rules.REASONS. The time is linear in the length of the text; nothing here
raises on any text.
"""

from __future__ import annotations

from dataclasses import replace

from extract.english_reports import read_english
from extract.filtering import written_in
from extract.knowledge import Knowledge
from extract.records import Article, Reading

# Some sixteen thousand words: more than any article or transcript. What goes on longer is a page that went
# wrong or was made to be slow.
READ_AT_MOST = 100_000


def read_article(article: Article, knowledge: Knowledge) -> Reading:
    """Everything the article says of attacks on US facilities; never raises on any text.

    Of a text longer than READ_AT_MOST characters the beginning is read.
    """
    if len(article.text) > READ_AT_MOST:
        article = replace(article, text=article.text[:READ_AT_MOST])
    if article.document.strip() and written_in(article) == "ar":
        from extract.arabic_reports import read_arabic

        return read_arabic(article, knowledge)
    return read_english(article, knowledge)
