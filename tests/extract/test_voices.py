"""Copies of one text are one voice; another newsroom's words on the same attack are another."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.voices import fingerprint, same_text, text_groups, voice_of, voices_of
from tests.builders import reported

WIRE = (
    "Two armed drones approached Ain al-Asad air base in western Iraq shortly after three in the morning "
    "on Wednesday, two Iraqi security officials said. Air defences on the base shot down the first of "
    "them, the officials said, and the second came down near a fuel store and caused a small fire. A "
    "spokesman for the international coalition confirmed that its forces had engaged two drones and said "
    "that several soldiers had been treated for minor injuries. No group claimed responsibility at first. "
    "The base, some two hundred kilometres west of the capital, houses American and other foreign troops "
    "who advise the Iraqi army. It has been fired on many times since 2019, when tension between "
    "Washington and Tehran rose. The Iraqi prime minister ordered an inquiry and said that the security "
    "of diplomatic missions and advisers was the duty of his government. In the evening an armed faction "
    "published a statement on its channel in which it said that it had struck the base with two drones "
    "and had hit its target directly."
)
OTHER_NEWSROOM = (
    "American troops stationed in Iraq's Anbar governorate came under drone fire before dawn on "
    "Wednesday, the first such incident in more than a year. A US defence official told this newspaper "
    "that one of two unmanned aircraft was brought down by the base's defences while the other exploded "
    "close to a storage area. Some personnel suffered light wounds, the official said, without giving a "
    "number. Residents of the nearby town of al-Baghdadi said they heard two blasts and then sirens. The "
    "incident comes as militias allied with Iran have threatened to act against the American presence "
    "over the war in Gaza. Ain al-Asad air base was last attacked in July of last year. Parliament's "
    "defence committee is due to meet on Thursday to discuss the future of the foreign advisers, and "
    "several members have asked for a date by which they are to leave."
)
LEDE = (
    "Explosions shook the biggest base in the west of the country last night as the war next door "
    "threatened to spread. Witnesses spoke of flames."
)


def sentences(text: str) -> list[str]:
    return [part.strip(". ") + "." for part in text.split(". ")]


def with_changed_words(text: str, every: int) -> str:
    chooser = random.Random(7)  # noqa: S311 -- not for secrets
    return " ".join("anders" if chooser.randrange(every) == 0 else word for word in text.split())


COPIES = {
    "the same words": WIRE,
    "in capitals, without punctuation": WIRE.upper().replace(",", "").replace(".", ""),
    "with another lede": " ".join([LEDE, *sentences(WIRE)[2:]]),
    "cut to the first third": " ".join(sentences(WIRE)[:3]),
    "updated by three sentences at the top": " ".join([*sentences(OTHER_NEWSROOM)[-3:], WIRE]),
    "with one word in ten changed": with_changed_words(WIRE, 10),
    "with the furniture of a web page": "Home World Middle East Share this Print "
    + WIRE
    + " Read more Subscribe",
    "with another lede, and cut to half": " ".join([LEDE, *sentences(WIRE)[1:5]]),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_copies_are_one_text(copy: str) -> None:
    """What editors do to wire copy does not make it their own."""
    assert same_text(fingerprint(WIRE), fingerprint(copy))
    assert same_text(fingerprint(copy), fingerprint(WIRE))


DIFFERENT = {
    "another newsroom on the same attack": OTHER_NEWSROOM,
    "another newsroom that quotes a sentence": " ".join([OTHER_NEWSROOM, sentences(WIRE)[3]]),
    "the words in another order": " ".join(sorted(WIRE.split())),
    "too short to say": "Drones hit Iraqi base housing US forces",
    "nothing": "",
}


@pytest.mark.parametrize("other", DIFFERENT.values(), ids=DIFFERENT)
def test_other_texts_are_not(other: str) -> None:
    """The same attack, or the same words, are not the same text."""
    assert not same_text(fingerprint(WIRE), fingerprint(other))


def test_arabic_vowel_signs_do_not_count() -> None:
    """Outlets write them or leave them out."""
    plain = (
        "استهدفت طائرتان مسيرتان قاعدة عين الأسد الجوية غربي العراق"
        " فجر الأربعاء دون وقوع إصابات بحسب مصدر أمني عراقي"
    )
    assert same_text(fingerprint(plain), fingerprint(plain.replace("قاعدة", "قَاعِدَة")))


def test_a_fingerprint_is_short_and_plain() -> None:
    """It is stored with every article, however long."""
    long = fingerprint(" ".join(str(number) for number in range(20_000)))
    assert len(long) < 540
    assert long.isascii()


@pytest.mark.parametrize("strange", ["f-1", "12", "12.", "12.!!", "x.AAAA"])
def test_what_is_no_fingerprint_is_like_nothing(strange: str) -> None:
    """It may come from another program's file."""
    assert not same_text(strange, fingerprint(WIRE))
    assert not same_text(fingerprint(WIRE), strange)


@given(st.text(max_size=400))
def test_any_text_has_a_fingerprint(text: str) -> None:
    """No text is refused, and a text is like itself where it is long enough to say."""
    sketch = fingerprint(text)
    assert same_text(sketch, sketch) == bool(sketch)


# --- voices

HOUR = dt.timedelta(hours=1)
START = dt.datetime(2023, 10, 18, 6, tzinfo=dt.UTC)
WIRE_PRINT, OWN_PRINT = fingerprint(WIRE), fingerprint(OTHER_NEWSROOM)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({"family": "Group", "outlet": "Paper"}, "Group"),
        ({"family": "", "outlet": "Paper"}, "Paper"),
        ({"family": "", "outlet": "", "url": "https://www.news.example.org/a"}, "news.example.org"),
    ],
    ids=["the family", "else the outlet", "else the host"],
)
def test_who_speaks(given_: dict[str, str], expected: str) -> None:
    """A voice is a publisher family, not a feed."""
    assert voice_of(reported(**given_)) == expected


def test_copies_across_families_are_the_wires_voice() -> None:
    """Whoever prints it first, the wire wrote it."""
    reports = [
        reported(report_id="b-0", family="Paper", fingerprint=WIRE_PRINT, published_at=START),
        reported(
            report_id="a-0", family="Wire", kind="wire", fingerprint=WIRE_PRINT, published_at=START + HOUR
        ),
    ]
    assert voices_of(reports) == voices_of(reversed(reports)) == ("Wire",)


def test_without_a_wire_the_first_to_publish_is_the_voice() -> None:
    """A text belongs to who had it first."""
    later = reported(report_id="a-0", family="Later", fingerprint=WIRE_PRINT, published_at=START + HOUR)
    first = reported(report_id="b-0", family="First", fingerprint=WIRE_PRINT, published_at=START)
    assert voices_of([later, first]) == ("First",)


def test_a_family_with_words_of_its_own_is_a_voice() -> None:
    """It also printed the wire's copy, but it has asked somebody itself."""
    reports = [
        reported(report_id="a-0", family="Wire", kind="wire", fingerprint=WIRE_PRINT),
        reported(report_id="b-0", family="Paper", fingerprint=WIRE_PRINT),
        reported(report_id="c-0", family="Paper", fingerprint=OWN_PRINT),
    ]
    assert voices_of(reports) == ("Paper", "Wire")


def test_two_feeds_of_a_family_are_one_voice() -> None:
    """However different their words."""
    reports = [
        reported(report_id="a-0", family="Group", fingerprint=WIRE_PRINT),
        reported(report_id="b-0", family="Group", fingerprint=OWN_PRINT),
    ]
    assert voices_of(reports) == ("Group",)


def test_without_fingerprints_only_families_count() -> None:
    """An empty fingerprint is like nothing."""
    assert len(text_groups([reported(report_id="a-0"), reported(report_id="b-0")])) == 2
