"""Killed and wounded: how many, whose, and where the text says that there were none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.casualties import Toll, find_casualties, toll_of
from extract.text import Document

Told = tuple[str, int | None, int | None, str]


def told(text: str) -> list[Told]:
    """Harm, bounds and whose, of each mention."""
    return [(m.harm, m.low, m.high, m.whose) for m in find_casualties(Document("", text))]


NUMBERS: dict[str, tuple[str, list[Told]]] = {
    "passive": ("Three American service members were killed.", [("killed", 3, 3, "us")]),
    "a number without people": (
        "Three US troops were killed and 34 wounded.",
        [("killed", 3, 3, "us"), ("wounded", 34, 34, "us")],
    ),
    "active": (
        "The drone killed three soldiers and wounded at least 25.",
        [("killed", 3, 3, "unknown"), ("wounded", 25, None, "unknown")],
    ),
    "one Iraqi": ("An Iraqi soldier was wounded.", [("wounded", 1, 1, "partner")]),
    "participle": ("It hit the base, killing a contractor.", [("killed", 1, 1, "contractor")]),
    "brain injuries": (
        "Eight service members suffered mild traumatic brain injuries.",
        [("wounded", 8, 8, "us")],
    ),
    "their own soldiers": (
        "Washington bombed them over a drone that killed three of its soldiers.",
        [("killed", 3, 3, "us")],
    ),
    "others' own soldiers": (
        "Baghdad said the blast killed three of its soldiers.",
        [("killed", 3, 3, "unknown")],
    ),
    "people of a force": (
        "Six fighters of the Syrian Democratic Forces were killed.",
        [("killed", 6, 6, "partner")],
    ),
    "Americans with others": (
        "Nine American and coalition personnel were hurt.",
        [("wounded", 9, 9, "coalition")],
    ),
    "the verb of a list of deeds": (
        "Rockets hit the base, which looks after fighters, and wounded a Nepali contractor.",
        [("wounded", 1, 1, "contractor")],
    ),
    "munitions in a list of people": (
        "Two fell on houses, wounding a man and two boys, and one inside the yard.",
        [("wounded", 1, 1, "unknown"), ("wounded", 2, 2, "civilian")],
    ),
    "harm before the answer": (
        "Two men were hurt and American helicopters then carried out strikes.",
        [("wounded", 2, 2, "unknown")],
    ),
    "under others' drones": (
        "Seven fighters were killed by Turkish drones.",
        [("killed", 7, 7, "attackers")],
    ),
    "a deed that is over": ("It was an answer to the killing of a general's aide.", []),
    "no number": ("The blast caused minor injuries.", [("wounded", None, None, "unknown")]),
    "a vague number": ("Several Iraqi troops were hurt.", [("wounded", None, None, "partner")]),
    "a list": (
        "Three US soldiers and an Iraqi contractor were wounded.",
        [("wounded", 3, 3, "us"), ("wounded", 1, 1, "contractor")],
    ),
    "headline": ("Rocket attack wounds five US personnel", [("wounded", 5, 5, "us")]),
    "headline without a verb": ("Two dead, six injured in Erbil", [("killed", 2, 2, "unknown"), ("wounded", 6, 6, "unknown")]),
    "rising": ("The number of wounded rose from 25 to 34.", [("wounded", 34, 34, "unknown")]),
    "a noun": ("The attack led to 21 injuries.", [("wounded", 21, 21, "unknown")]),
    "those a US strike hit": ("A US strike killed five militants.", [("killed", 5, 5, "attackers")]),
    "feared": ("Several soldiers may have been injured.", []),
    "intended": ("They were trying to kill Americans.", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS.values(), ids=NUMBERS.keys())
def test_numbers(text: str, expected: list[Told]) -> None:
    """Each mention with its bounds and people."""
    assert told(text) == expected


NONES = {
    "no casualties": ("There were no casualties.", (0, 0, 0, 0)),
    "reported": ("No casualties were reported.", (0, 0, 0, 0)),
    "nobody": ("Nobody was hurt, the official said.", (0, 0, 0, 0)),
    "without": ("The rockets fell without causing any casualties or damage.", (0, 0, 0, 0)),
    "did not cause": ("The attack did not cause casualties.", (0, 0, 0, 0)),
    "human losses": ("The shelling caused no human losses.", (0, 0, 0, 0)),
    "neither": ("Neither attack hurt anyone.", (0, 0, 0, 0)),
    "neither, nor": ("There were neither casualties nor damage.", (0, 0, 0, 0)),
    "a list": ("There were no structural damages, injuries or casualties.", (0, 0, 0, 0)),
    "its people": ("None of its people were harmed.", (0, 0, 0, 0)),
    "unharmed": ("All US personnel were unharmed.", (None, None, 0, 0)),
    "deaths or injuries": ("There were no deaths or injuries.", (0, 0, 0, 0)),
    "injuries alone": ("No injuries were reported.", (None, 0, None, 0)),
    "Americans alone": ("There were no US or coalition casualties.", (None, None, 0, 0)),
    "US personnel": ("No US personnel were injured.", (None, None, None, 0)),
    "not known": ("There were no immediate reports of casualties.", (None, None, None, None)),
    "unclear": ("It was unclear whether there were any casualties.", (None, None, None, None)),
    "somebody else": ("No Americans were hurt. One Iraqi guard was wounded.", (None, 1, 0, 0)),
}


def figures(toll: Toll) -> tuple[int | None, int | None, int | None, int | None]:
    """Killed, wounded, and of them Americans."""
    return toll.killed, toll.wounded, toll.us_killed, toll.us_wounded


@pytest.mark.parametrize(("text", "expected"), NONES.values(), ids=NONES.keys())
def test_none(text: str, expected: tuple[int | None, ...]) -> None:
    """Zero only where the text says so, and only for those it speaks of."""
    doc = Document("", text)
    assert figures(toll_of(doc, find_casualties(doc))) == expected


TOLLS = {
    "including": (
        "A contractor was killed and nine people were wounded, including two Americans.",
        (1, 9, None, 2),
    ),
    "one of them": ("Three US troops were injured, one critically.", (None, 3, None, 3)),
    "a part before the verb": ("Four Iraqi soldiers, including two officers, were wounded.", (None, 4, None, None)),
    "a list of parts": (
        "Nine people were injured, eight of them contractors and a US service member.",
        (None, 9, None, 1),
    ),
    "said at first": ("It initially said 25 US troops were hurt, but the number had risen to 34 wounded.", (None, 34, None, 34)),
    "none at first": ("He said that no Americans were harmed. A month later 109 US troops had been diagnosed with brain injuries.", (None, 109, None, 109)),
    "somewhere else": ("Two Americans and one from Britain were killed.", (3, None, 2, None)),
    "injuries to": ("The attack led to three injuries to US personnel.", (None, 3, None, 3)),
    "told twice": ("Two soldiers hurt\nTwo US soldiers were hurt on Friday. The two were flown out.", (None, 2, None, 2)),
    "revised": ("At least 25 US troops were wounded. The number of injured Americans has since risen to 34.", (None, 34, None, 34)),
    "running counts are another matter": ("One soldier was hurt. Some 66 US troops have been injured since Oct. 17.", (None, 1, None, None)),
    "later US strikes": ("Nobody was hurt. US airstrikes later killed 16 people.", (0, 0, 0, 0)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLLS.values(), ids=TOLLS.keys())
def test_toll(text: str, expected: tuple[int | None, ...]) -> None:
    """What the mentions add up to."""
    doc = Document("", text)
    assert figures(toll_of(doc, find_casualties(doc))) == expected


WORDS = [
    "three", "US", "troops", "were", "killed", "and", "34", "wounded", "no", "casualties", ".", "a", "contractor",
    "including", "injuring", "several", "of them", "the number of", "rose from 2 to 5", "suffered", "injuries", ",",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_text(text: str) -> None:
    """Never raises, and every span is in the text."""
    doc = Document(text[:30], text)
    mentions = find_casualties(doc)
    assert all(0 <= mention.start < mention.end <= len(doc.full) for mention in mentions)
    toll_of(doc, mentions)
